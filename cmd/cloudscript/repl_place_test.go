package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestPlaceNameSaysWhereCallsGo(t *testing.T) {
	uk := profileSummary{name: "uk", servers: true, region: "uk"}
	both := profileSummary{name: "default", servers: true, lunaNode: true}
	machines := profileSummary{name: "machines", lunaNode: true}
	for want, test := range map[string]struct {
		options  worldOptions
		profiles []profileSummary
	}{
		"cloudscript":                {worldOptions{}, nil},
		"sim":                        {worldOptions{sim: true}, []profileSummary{uk}},
		"uk sim":                     {worldOptions{sim: true, profile: "uk"}, []profileSummary{uk}},
		"uk rackspace/uk":            {worldOptions{profile: "uk"}, []profileSummary{both, uk}},
		"uk rackspace/uk read-only":  {worldOptions{grantOptions: grantOptions{readOnly: true}}, []profileSummary{uk}},
		"default rackspace lunanode": {worldOptions{}, []profileSummary{both, uk}},
		"machines lunanode":          {worldOptions{profile: "machines"}, []profileSummary{both, machines}},
		"gone":                       {worldOptions{profile: "gone"}, []profileSummary{both}},
	} {
		if got := placeName(test.options, test.profiles); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestProfilesAreReadWithoutTheirKeys(t *testing.T) {
	file := filepath.Join(t.TempDir(), "credentials.toml")
	s := &streams{getenv: func(string) string { return "" }}
	options := worldOptions{credentials: file}
	if got := readProfiles(s, options); got != nil {
		t.Errorf("without a file: %v", got)
	}
	const text = `
[work.rackspace]
username = "mira"
api_key = "` + sentinel + `"
region = "uk"
[home.lunanode]
api_id = "x"
`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	want := []profileSummary{{name: "home", lunaNode: true}, {name: "work", servers: true, region: "uk"}}
	if got := readProfiles(s, options); !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if err := os.WriteFile(file, []byte("[broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := readProfiles(s, options); got != nil {
		t.Errorf("from a broken file: %v", got)
	}
}

func TestPromptUsesThePagerAndTheEditor(t *testing.T) {
	env := append(command(t).Env, "TERM=xterm", "NO_COLOR=1", "VISUAL=", "EDITOR=sed -i s/20/41/", "PAGER=sed s/^/paged:/")
	p, end := sitDownAt(t, env, 80, "repl", "--sim")
	ready := func() { t.Helper(); p.expect(atPrompt) }
	ready()
	p.keys("1 + 20" + enter)
	p.expect("\n21\r\n")
	ready()
	p.keys(":edit" + enter)
	p.expect("\n1 + 41\r\n42\r\n")
	ready()
	p.keys("for i = 1, 60 do print(i) end" + enter) // a script's output is not paged
	p.expect("\n60\r\n")
	ready()
	p.keys("?" + enter)
	p.expect("\npaged:  servers ")
	ready()
	p.keys(up + up + up + "x" + enter) // it reads keys again, and its history is whole
	p.expect("error: ")
	ready()
	p.keys(ctrlD)
	if code := end(); code != 0 {
		t.Errorf("it exits with %d", code)
	}
}

func TestPromptWithoutPagerAndEditor(t *testing.T) {
	env := append(command(t).Env, "TERM=xterm", "NO_COLOR=1", "VISUAL=", "EDITOR=no-such-editor", "PAGER=no-such-pager")
	p, end := sitDownAt(t, env, 80, "repl", "--sim")
	ready := func() { t.Helper(); p.expect(atPrompt) }
	ready()
	p.keys("?" + enter)
	p.expect("\n  servers ")
	ready()
	p.keys(":edit" + enter)
	p.expect(`the editor "no-such-editor" failed: exit status 127; $EDITOR names another one`)
	ready()
	p.keys(ctrlD)
	end()
}

// Colours are for terminals that want them.
func TestPromptColoursWhatIsTyped(t *testing.T) {
	env := append(command(t).Env, "TERM=xterm")
	p, end := sitDownAt(t, slices.DeleteFunc(env, func(v string) bool { return v == "NO_COLOR=1" }), 80, "repl", "--sim")
	p.expect(atPrompt)
	p.keys(`servers.list("x`)
	p.expect("\x1b[36mservers\x1b[0m.list(\x1b[32m\"x\x1b[0m")
	p.keys(ctrlC)
	p.expect("^C")
	p.expect(atPrompt)
	p.keys(ctrlD)
	end()
}
