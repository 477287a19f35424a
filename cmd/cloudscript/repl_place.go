package main

import (
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/cloudscript/cloudscript/apiclient/credentials"
)

// A profileSummary is what the prompt says of a profile. It holds no key.
type profileSummary struct {
	name     string
	servers  bool
	region   string // of Cloud Servers
	lunaNode bool
}

// readProfiles lists the profiles of the credentials file. What is wrong with the
// file the first call says; here there is no profile then.
func readProfiles(s *streams, o worldOptions) []profileSummary {
	path, err := credentials.New(credentials.Config{Path: o.credentials, Getenv: s.getenv}).Path()
	if err != nil {
		return nil
	}
	var file map[string]struct {
		Rackspace *struct {
			Region string `toml:"region"`
		} `toml:"rackspace"`
		LunaNode *struct{} `toml:"lunanode"`
	}
	if _, err := toml.DecodeFile(path, &file); err != nil {
		return nil
	}
	var out []profileSummary
	for name, p := range file {
		summary := profileSummary{name: name, lunaNode: p.LunaNode != nil, servers: p.Rackspace != nil}
		if p.Rackspace != nil {
			summary.region = p.Rackspace.Region
		}
		out = append(out, summary)
	}
	slices.SortFunc(out, func(a, b profileSummary) int { return strings.Compare(a.name, b.name) })
	return out
}

// placeName says where calls go: "work rackspace/uk lunanode read-only". A
// rehearsal reaches no profile's cloud, so it says "sim".
func placeName(o worldOptions, profiles []profileSummary) string {
	var parts []string
	if o.profile != "" {
		parts = append(parts, o.profile)
	}
	want := o.profile
	if want == "" {
		if want = "default"; len(profiles) == 1 {
			want = profiles[0].name
		}
	}
	i := slices.IndexFunc(profiles, func(p profileSummary) bool { return p.name == want })
	switch {
	case o.sim:
		parts = append(parts, "sim")
	case i >= 0:
		p := profiles[i]
		if o.profile == "" {
			parts = append(parts, p.name)
		}
		if p.servers {
			parts = append(parts, strings.TrimSuffix("rackspace/"+p.region, "/"))
		}
		if p.lunaNode {
			parts = append(parts, "lunanode")
		}
	case len(parts) == 0:
		parts = append(parts, "cloudscript")
	}
	if o.readOnly {
		parts = append(parts, "read-only")
	}
	return strings.Join(parts, " ")
}
