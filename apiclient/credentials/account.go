package credentials

import (
	"context"
	"fmt"

	"github.com/cloudscript/cloudscript/apiclient"
)

// An account is what one cloud's table says after the environment had its say.
type account struct {
	name   string // username, or api_id
	key    apiclient.Secret
	url    string // "" for the public service
	region string // "us" or "uk"; "" if url says where
	origin string // where the key came from, in words
}

// account looks one cloud's account up.
func (s *Source) account(ctx context.Context, c cloud) (account, error) {
	a, err := s.lookUp(ctx, c)
	if err != nil {
		return account{}, public(err)
	}
	return a, nil
}

func (s *Source) lookUp(ctx context.Context, c cloud) (account, error) {
	env := s.environment(c)
	if env.complete() {
		return account{name: env.name, key: env.key, url: env.url, region: env.region(c), origin: env.origin()}, nil
	}
	f, p, t, err := s.table(c)
	if err != nil {
		return account{}, env.explain(err)
	}
	a, err := t.account(f, p, c)
	if err != nil {
		return account{}, err
	}
	if env.key != "" {
		a.key, a.origin = env.key, "the environment variable "+env.keyName
	} else if a.key, err = key(ctx, f, p, c, t); err != nil {
		return account{}, err
	}
	if env.name != "" {
		a.name = env.name
	}
	if env.url != "" {
		a.url, a.region = env.url, ""
	}
	a.origin = env.overridden(a.origin)
	return a, nil
}

// account is the table without its key.
func (t table) account(f *file, p profile, c cloud) (account, error) {
	nameKey, urlKey := "username", "auth_url"
	if c == cloudLunaNode {
		nameKey, urlKey = "api_id", "url"
	}
	a := account{
		name:   t.values[nameKey].text,
		url:    t.values[urlKey].text,
		region: t.values["region"].text,
		origin: fmt.Sprintf("profile %s in %s", p.name, f.path),
	}
	if a.name == "" {
		return account{}, problem{path: f.path, line: t.line, message: fmt.Sprintf("[%s.%s] has no %s", p.name, string(c), nameKey),
			hint: fmt.Sprintf(`add %s = "…"`, nameKey)}
	}
	if c == cloudLunaNode {
		return a, nil
	}
	region := t.values["region"]
	switch {
	case a.url != "" && a.region != "":
		return account{}, problem{path: f.path, line: region.line, message: fmt.Sprintf("[%s.%s] has both region and auth_url", p.name, string(c)), hint: "keep one of them"}
	case a.region != "" && a.region != "us" && a.region != "uk":
		return account{}, problem{path: f.path, line: region.line, message: fmt.Sprintf("there is no region %q", a.region), hint: "the regions are us and uk; any other service is named with auth_url"}
	case a.url == "" && a.region == "":
		a.region = defaultRegion
	}
	return a, nil
}

// Most accounts were opened in the United States.
const defaultRegion = "us"
