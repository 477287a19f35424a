package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var simNames = []string{
	"CLOUDSCRIPT_AUTH_URL", "CLOUDSCRIPT_USERNAME", "CLOUDSCRIPT_API_KEY",
	"CLOUDSCRIPT_LUNANODE_URL", "CLOUDSCRIPT_LUNANODE_API_ID", "CLOUDSCRIPT_LUNANODE_API_KEY",
}

// startSim starts cloudscript sim and returns the environment that it prints.
func startSim(t *testing.T, args ...string) (*process, []string) {
	t.Helper()
	sim := start(t, command(t, append([]string{"sim"}, args...)...))
	var env []string
	for _, name := range simNames {
		line := sim.line()
		value, ok := strings.CutPrefix(line, "export "+name+"=")
		if !ok || value == "" || strings.ContainsAny(value, " \t'\"$`\\;&|<>") {
			t.Fatalf("line %q is not %s=… in a shell's words", line, name)
		}
		env = append(env, name+"="+value)
	}
	return sim, env
}

func TestSimPrintsTheEnvironmentAndServes(t *testing.T) {
	sim, env := startSim(t, "--speed", "3600")
	if !strings.HasPrefix(env[0], "CLOUDSCRIPT_AUTH_URL=http://127.0.0.1:") {
		t.Errorf("%s is not on loopback", env[0])
	}
	if err := sim.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if code := sim.end(); code != 0 {
		t.Errorf("interrupted, it exits with %d", code)
	}
}

func TestSimCompressesForWhoAsks(t *testing.T) {
	_, env := startSim(t)
	account := map[string]string{}
	for _, variable := range env {
		name, value, _ := strings.Cut(variable, "=")
		account[name] = value
	}
	get := func(url string, header ...string) http.Header {
		req, err := http.NewRequest(http.MethodGet, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(header); i += 2 {
			req.Header.Set(header[i], header[i+1])
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		return resp.Header
	}
	session := get(account["CLOUDSCRIPT_AUTH_URL"], "X-Auth-User", account["CLOUDSCRIPT_USERNAME"], "X-Auth-Key", account["CLOUDSCRIPT_API_KEY"])
	answer := get(session.Get("X-Server-Management-Url")+"/flavors", "X-Auth-Token", session.Get("X-Auth-Token"), "Accept-Encoding", "gzip")
	if got := answer.Get("Content-Encoding"); got != "gzip" {
		t.Errorf("the answer's encoding is %q: %v", got, answer)
	}
}

func TestSimIsReproducible(t *testing.T) {
	_, first := startSim(t, "--seed-random", "7")
	_, second := startSim(t, "--seed-random", "7")
	_, other := startSim(t, "--seed-random", "8")
	for i, name := range simNames {
		if strings.HasSuffix(name, "_URL") {
			continue
		}
		if first[i] != second[i] {
			t.Errorf("%s differs under the same seed", name)
		}
		if strings.HasSuffix(name, "_KEY") && first[i] == other[i] {
			t.Errorf("%s is the same under another seed", name)
		}
	}
}

// calling runs cloudscript call with a simulator's environment.
func calling(t *testing.T, env []string, args ...string) *process {
	t.Helper()
	cmd := command(t, append([]string{"call"}, args...)...)
	cmd.Env = append(cmd.Env, env...)
	return start(t, cmd)
}

// A day passes in the simulator before the caller, whose clock signs the call, gets
// to speak.
func TestSimTakesSignedCallsAtAnySpeed(t *testing.T) {
	_, env := startSim(t, "--speed", "1000000")
	p := calling(t, env, "vm.list", "--json")
	if code := p.end(); code != 0 {
		t.Errorf("exit code %d: %s", code, p.stderr.String())
	}
}

func TestSimHoldsWhatItWasToldTo(t *testing.T) {
	seed := filepath.Join(t.TempDir(), "seed.toml")
	if err := os.WriteFile(seed, []byte("[[cloudservers.servers]]\nname = 'ledger-01'\nimageId = 112\nflavorId = 2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, env := startSim(t, "--seed", seed, "--limits", "--fault", "flavors.get status=501", "--fault", "images.get status=501")
	for _, test := range []struct{ verb, want string }{
		{"servers.list", `"name": "ledger-01"`},
		{"limits.get", `"URI": "*/servers"`},
		{"flavors.get flavor=1", `"status": 501`},
		{"images.get image=104", `"status": 501`},
	} {
		p := calling(t, env, append(strings.Fields(test.verb), "--json")...)
		var out strings.Builder
		if _, err := p.lines.WriteTo(&out); err != nil {
			t.Fatal(err)
		}
		p.end()
		if !strings.Contains(out.String(), test.want) {
			t.Errorf("%s says %s, want %s in it", test.verb, out.String(), test.want)
		}
	}
}
