package credentials

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript"
)

func TestExampleFileIsAccepted(t *testing.T) {
	s := source(t, string(cloudscript.CredentialsExample), "")
	write(t, filepath.Join(filepath.Dir(s.config.Path), "lunanode.key"), secret, 0o600)
	for _, c := range []cloud{cloudRackspace, cloudLunaNode} {
		if _, err := s.account(t.Context(), c); err != nil {
			t.Errorf("%s: %v", c, err)
		}
	}
	s.config.Profile = "uk"
	if _, err := s.load(); err != nil {
		t.Error(err)
	}
}

// Every key and every variable is shown, in a comment at least, and every
// commented line is accepted as well.
func TestExampleFileIsComplete(t *testing.T) {
	text := string(cloudscript.CredentialsExample)
	for _, c := range []cloud{cloudRackspace, cloudLunaNode} {
		for _, key := range c.keys() {
			if !regexp.MustCompile(`(?m)^(# )?` + key + ` +=`).MatchString(text) {
				t.Errorf("%s is not shown for %s", key, c)
			}
		}
	}
	for _, name := range []string{EnvFile, EnvAuthURL, EnvUsername, EnvAPIKey, EnvLunaNodeURL, EnvLunaNodeAPIID, EnvLunaNodeAPIKey} {
		if !strings.Contains(text, name) {
			t.Errorf("%s is not explained", name)
		}
	}
	active := regexp.MustCompile(`(?m)^(api_key|api_key_file|region) .*$`).ReplaceAllString(text, "")
	commented := regexp.MustCompile(`(?m)^# ((?:api_key_command|auth_url|url) +=)`).ReplaceAllString(active, "$1")
	if _, err := source(t, commented, "").load(); err != nil {
		t.Errorf("with the commented lines instead: %v", err)
	}
}
