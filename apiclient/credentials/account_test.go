package credentials

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cloudscript/cloudscript/apiclient"
)

const both = `
[default.rackspace]
username = "mira"
api_key = "` + secret + `"

[default.lunanode]
api_id = "LNID000000000001"
api_key = "` + secret + `"

[london.rackspace]
username = "mira-uk"
api_key = "uk-key"
region = "uk"

[private.rackspace]
username = "ops"
api_key = "private-key"
auth_url = "https://auth.example.test/v1.0"
`

func TestAccountComesFromProfileAndEnvironment(t *testing.T) {
	const inFile = " in DIR/credentials.toml"
	tests := map[string]struct {
		text    string
		profile string
		env     []string
		cloud   cloud
		want    account
	}{
		"default profile": {text: both, cloud: cloudRackspace,
			want: account{name: "mira", key: secret, region: "us", origin: "profile default" + inFile}},
		"named profile": {text: both, profile: "london", cloud: cloudRackspace,
			want: account{name: "mira-uk", key: "uk-key", region: "uk", origin: "profile london" + inFile}},
		"any service": {text: both, profile: "private", cloud: cloudRackspace,
			want: account{name: "ops", key: "private-key", url: "https://auth.example.test/v1.0", origin: "profile private" + inFile}},
		"other cloud": {text: both, cloud: cloudLunaNode,
			want: account{name: "LNID000000000001", key: secret, origin: "profile default" + inFile}},
		"the only profile": {text: "[work.lunanode]\napi_id='i'\napi_key='k'\nurl='http://ln.test/api'", cloud: cloudLunaNode,
			want: account{name: "i", key: "k", url: "http://ln.test/api", origin: "profile work" + inFile}},
		"environment alone": {text: "nonsense", cloud: cloudRackspace, env: []string{"CLOUDSCRIPT_USERNAME=u", "CLOUDSCRIPT_API_KEY=k"},
			want: account{name: "u", key: "k", region: "us", origin: "the environment variables CLOUDSCRIPT_USERNAME and CLOUDSCRIPT_API_KEY"}},
		"environment with address": {text: "nonsense", cloud: cloudRackspace,
			env:  []string{"CLOUDSCRIPT_USERNAME=u", "CLOUDSCRIPT_API_KEY=k", "CLOUDSCRIPT_AUTH_URL=http://127.0.0.1:1/v1.0"},
			want: account{name: "u", key: "k", url: "http://127.0.0.1:1/v1.0", origin: "the environment variables CLOUDSCRIPT_USERNAME, CLOUDSCRIPT_API_KEY and CLOUDSCRIPT_AUTH_URL"}},
		"environment of the other cloud": {text: "nonsense", cloud: cloudLunaNode,
			env:  []string{"CLOUDSCRIPT_LUNANODE_API_ID=i", "CLOUDSCRIPT_LUNANODE_API_KEY=k", "CLOUDSCRIPT_LUNANODE_URL=http://127.0.0.1:1/api"},
			want: account{name: "i", key: "k", url: "http://127.0.0.1:1/api", origin: "the environment variables CLOUDSCRIPT_LUNANODE_API_ID, CLOUDSCRIPT_LUNANODE_API_KEY and CLOUDSCRIPT_LUNANODE_URL"}},
		"environment overrides the key": {text: both, cloud: cloudRackspace, env: []string{"CLOUDSCRIPT_API_KEY=k"},
			want: account{name: "mira", key: "k", region: "us", origin: "the environment variable CLOUDSCRIPT_API_KEY"}},
		"environment overrides the name": {text: both, cloud: cloudRackspace, env: []string{"CLOUDSCRIPT_USERNAME=u"},
			want: account{name: "u", key: secret, region: "us", origin: "profile default" + inFile + ", with CLOUDSCRIPT_USERNAME"}},
		"environment overrides the region": {text: both, profile: "london", cloud: cloudRackspace, env: []string{"CLOUDSCRIPT_AUTH_URL=http://127.0.0.1:1/v1.0"},
			want: account{name: "mira-uk", key: "uk-key", url: "http://127.0.0.1:1/v1.0", origin: "profile london" + inFile + ", with CLOUDSCRIPT_AUTH_URL"}},
		"empty variables are unset": {text: both, cloud: cloudRackspace, env: []string{"CLOUDSCRIPT_USERNAME=", "CLOUDSCRIPT_API_KEY="},
			want: account{name: "mira", key: secret, region: "us", origin: "profile default" + inFile}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := source(t, test.text, test.profile, test.env...)
			got, err := s.account(t.Context(), test.cloud)
			if err != nil {
				t.Fatal(err)
			}
			got.origin = strings.ReplaceAll(got.origin, strings.TrimSuffix(s.config.Path, "/credentials.toml"), "DIR")
			if got.key.Reveal() != test.want.key.Reveal() {
				t.Errorf("another key")
			}
			got.key, test.want.key = "", ""
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(account{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestKeyRegeneratedInTheFileIsSeen(t *testing.T) {
	s := source(t, both, "")
	if _, err := s.account(t.Context(), cloudRackspace); err != nil {
		t.Fatal(err)
	}
	write(t, s.config.Path, strings.ReplaceAll(both, secret, "regenerated"), 0o600)
	a, err := s.account(t.Context(), cloudRackspace)
	if err != nil {
		t.Fatal(err)
	}
	if a.key != apiclient.Secret("regenerated") {
		t.Error("the old key is still used")
	}
}
