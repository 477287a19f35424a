package credentials

import (
	"fmt"
	"strings"
	"testing"
)

func TestCloudServersGetsItsAccount(t *testing.T) {
	for profile, want := range map[string]string{
		"default": "https://auth.api.rackspacecloud.com/v1.0",
		"london":  "https://lon.auth.api.rackspacecloud.com/v1.0",
		"private": "https://auth.example.test/v1.0",
	} {
		s := source(t, both, profile)
		c, err := s.Rackspace().Credentials(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if c.AuthURL != want || c.Username == "" || c.APIKey == "" || c.Origin != "profile "+profile+" in "+s.config.Path {
			t.Errorf("profile %s: got %+v, want the service %s", profile, c, want)
		}
		if text := fmt.Sprintf("%v %+v %#v", c, c, c); strings.Contains(text, secret) {
			t.Errorf("printing the credentials shows the key: %s", text)
		}
	}
}

func TestAddressThatIsNone(t *testing.T) {
	s := source(t, both, "default", EnvAuthURL+"=auth.example.test/v1.0")
	_, err := s.Rackspace().Credentials(t.Context())
	want := `the authentication URL "auth.example.test/v1.0" is neither a region ("us" or "uk") nor an http:// or https:// address (profile default in DIR/credentials.toml, with CLOUDSCRIPT_AUTH_URL)
correct auth_url, or CLOUDSCRIPT_AUTH_URL`
	if got := complaint(t, s, err); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
