package main

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/cloudscript/cloudscript/apiclient/credentials"
)

// A profileSummary is what the prompt says of a profile. It holds no key.
type profileSummary struct {
	name     string
	servers  cloudSummary
	lunaNode cloudSummary
}

// A cloudSummary is where the calls of a cloud go. The zero value: nowhere.
type cloudSummary struct {
	known bool
	at    string // a region, or the host of an address that is not the usual one
}

// describe is the cloud for the prompt: "rackspace/uk".
func (c cloudSummary) describe(name string) string { return strings.TrimSuffix(name+"/"+c.at, "/") }

// readProfiles lists the profiles of the credentials file. What is wrong with the
// file the first call says; here there is no profile then.
func readProfiles(s *streams, o worldOptions) []profileSummary {
	path, err := credentials.New(credentials.Config{Path: o.credentials, Getenv: s.getenv}).Path()
	if err != nil {
		return nil
	}
	var file map[string]struct {
		Rackspace *struct {
			Region  string `toml:"region"`
			AuthURL string `toml:"auth_url"`
		} `toml:"rackspace"`
		LunaNode *struct {
			URL string `toml:"url"`
		} `toml:"lunanode"`
	}
	if _, err := toml.DecodeFile(path, &file); err != nil {
		return nil
	}
	var out []profileSummary
	for name, p := range file {
		summary := profileSummary{name: name}
		if p.Rackspace != nil {
			summary.servers = cloudSummary{true, cmp.Or(hostOf(p.Rackspace.AuthURL), p.Rackspace.Region, usualRegion)}
		}
		if p.LunaNode != nil {
			summary.lunaNode = cloudSummary{true, hostOf(p.LunaNode.URL)}
		}
		out = append(out, summary)
	}
	slices.SortFunc(out, func(a, b profileSummary) int { return strings.Compare(a.name, b.name) })
	return out
}

// usualRegion is that of an account of which nothing else is known.
const usualRegion = "us"

// hostOf is the host of an address, "" if there is no address. A region may stand for
// one. What is neither may hold a secret.
func hostOf(address string) string {
	switch address {
	case "", "us", "uk":
		return address
	}
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return "?"
}

// override is what the environment says of a cloud, beside the profile or instead of it.
func (c *cloudSummary) override(getenv func(string) string, usual, name, key, address string) (account bool) {
	hasName, hasKey := getenv(name) != "", getenv(key) != ""
	if hasName && hasKey && !c.known {
		*c = cloudSummary{true, usual}
	}
	if host := hostOf(getenv(address)); host != "" {
		c.at = host
	}
	return hasName || hasKey
}

// placeName says where calls go: "work rackspace/uk lunanode read-only". A
// rehearsal reaches no profile's cloud, so it says "sim". Accounts that the
// environment names are "env", clouds at the same address that address.
func placeName(o worldOptions, profiles []profileSummary, getenv func(string) string) string {
	var parts []string
	switch {
	case o.sim:
		parts = append(parts, o.profile, "sim")
	case o.replay != "":
		parts = append(parts, o.profile, "replay")
	default:
		parts = cloudParts(o.profile, profiles, getenv)
	}
	if o.readOnly {
		parts = append(parts, "read-only")
	}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " ")
}

// runHere is the command that runs the script in a file where the prompt is.
func runHere(o worldOptions, file string) string {
	words := []string{"cloudscript", "run"}
	flag := func(given bool, name string, value ...string) {
		if given {
			words = append(append(words, name), value...)
		}
	}
	flag(o.sim, "--sim")
	flag(o.simSeed != "", "--sim-seed", shellWord(o.simSeed))
	flag(o.profile != "", "--profile", shellWord(o.profile))
	flag(o.credentials != "", "--credentials", shellWord(o.credentials))
	flag(o.readOnly, "--read-only")
	flag(o.replay != "", "--replay", shellWord(o.replay))
	return strings.Join(append(words, shellWord(file)), " ")
}

// ofEnvironment is how the prompt calls accounts that the environment names.
const ofEnvironment = "env"

func cloudParts(profile string, profiles []profileSummary, getenv func(string) string) []string {
	want := cmp.Or(profile, "default")
	if profile == "" && len(profiles) == 1 {
		want = profiles[0].name
	}
	p := profileSummary{name: profile}
	if i := slices.IndexFunc(profiles, func(p profileSummary) bool { return p.name == want }); i >= 0 {
		p = profiles[i]
	}
	ofServers := p.servers.override(getenv, usualRegion, credentials.EnvUsername, credentials.EnvAPIKey, credentials.EnvAuthURL)
	ofLunaNode := p.lunaNode.override(getenv, "", credentials.EnvLunaNodeAPIID, credentials.EnvLunaNodeAPIKey, credentials.EnvLunaNodeURL)
	if ofServers || ofLunaNode {
		p.name = strings.TrimPrefix(p.name+"+"+ofEnvironment, "+")
	}
	switch {
	case p.servers.known && p.servers == p.lunaNode:
		return []string{p.name, p.servers.at}
	case p.servers.known && p.lunaNode.known:
		return []string{p.name, p.servers.describe("rackspace"), p.lunaNode.describe("lunanode")}
	case p.servers.known:
		return []string{p.name, p.servers.describe("rackspace")}
	case p.lunaNode.known:
		return []string{p.name, p.lunaNode.describe("lunanode")}
	}
	return []string{cmp.Or(p.name, "cloudscript")}
}
