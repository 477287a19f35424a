package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestPlaceNameSaysWhereCallsGo(t *testing.T) {
	us, ukRegion, here := cloudSummary{true, "us"}, cloudSummary{true, "uk"}, cloudSummary{true, "127.0.0.1:1"}
	usual := cloudSummary{known: true}
	uk := profileSummary{name: "uk", servers: ukRegion}
	both := profileSummary{name: "default", servers: us, lunaNode: usual}
	machines := profileSummary{name: "machines", lunaNode: usual}
	private := profileSummary{name: "private", servers: here, lunaNode: usual}
	account := []string{"CLOUDSCRIPT_USERNAME=u", "CLOUDSCRIPT_API_KEY=k"}
	machinesAccount := []string{"CLOUDSCRIPT_LUNANODE_API_ID=i", "CLOUDSCRIPT_LUNANODE_API_KEY=k"}
	simulator := slices.Concat(account, machinesAccount, []string{
		"CLOUDSCRIPT_AUTH_URL=http://127.0.0.1:1/v1.0", "CLOUDSCRIPT_LUNANODE_URL=http://127.0.0.1:1/api"})
	for want, test := range map[string]struct {
		options  worldOptions
		profiles []profileSummary
		env      []string
	}{
		"cloudscript":                   {},
		"sim":                           {worldOptions{sim: true}, []profileSummary{uk}, simulator},
		"uk sim":                        {worldOptions{sim: true, profile: "uk"}, []profileSummary{uk}, nil},
		"uk replay":                     {worldOptions{profile: "uk", recordOptions: recordOptions{replay: "x"}}, []profileSummary{uk}, nil},
		"uk rackspace/uk":               {worldOptions{profile: "uk"}, []profileSummary{both, uk}, nil},
		"uk rackspace/uk read-only":     {worldOptions{grantOptions: grantOptions{readOnly: true}}, []profileSummary{uk}, nil},
		"default rackspace/us lunanode": {worldOptions{}, []profileSummary{both, uk}, nil},
		"machines lunanode":             {worldOptions{profile: "machines"}, []profileSummary{both, machines}, nil},
		"gone":                          {worldOptions{profile: "gone"}, []profileSummary{both}, nil},

		"private rackspace/127.0.0.1:1 lunanode":    {worldOptions{profile: "private"}, []profileSummary{both, private}, nil},
		"env 127.0.0.1:1":                           {worldOptions{}, nil, simulator},
		"uk+env 127.0.0.1:1":                        {worldOptions{profile: "uk"}, []profileSummary{uk}, simulator},
		"env rackspace/us":                          {worldOptions{}, []profileSummary{private, uk}, account},
		"env rackspace/us lunanode":                 {worldOptions{}, nil, slices.Concat(account, machinesAccount)},
		"uk+env rackspace/uk":                       {worldOptions{profile: "uk"}, []profileSummary{uk}, account[1:]},
		"default rackspace/uk lunanode":             {worldOptions{}, []profileSummary{both, uk}, []string{"CLOUDSCRIPT_AUTH_URL=uk"}},
		"default rackspace/us lunanode/127.0.0.1:9": {worldOptions{}, []profileSummary{both, uk}, []string{"CLOUDSCRIPT_LUNANODE_URL=http://u:" + sentinel + "@127.0.0.1:9/api"}},
	} {
		getenv := func(name string) string {
			for _, variable := range test.env {
				if value, ok := strings.CutPrefix(variable, name+"="); ok {
					return value
				}
			}
			return ""
		}
		if got := placeName(test.options, test.profiles, getenv); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestRunHereReachesThePlaceOfThePrompt(t *testing.T) {
	for want, options := range map[string]worldOptions{
		"cloudscript run 'my script.lua'":                                                    {},
		"cloudscript run --sim --sim-seed 'my seed.toml' 'my script.lua'":                    {sim: true, simSeed: "my seed.toml"},
		"cloudscript run --profile uk --credentials ~/keys.toml --read-only 'my script.lua'": {profile: "uk", credentials: "~/keys.toml", grantOptions: grantOptions{readOnly: true}},
		"cloudscript run --replay calls.json 'my script.lua'":                                {recordOptions: recordOptions{replay: "calls.json"}},
	} {
		if got := runHere(options, "my script.lua"); got != want {
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
url = "https://lunanode.example/api"
[odd.lunanode]
url = "user:` + sentinel + `@lunanode.example/api"
[private.rackspace]
auth_url = "https://user:` + sentinel + `@auth.example:81/v1.0"
`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	want := []profileSummary{{name: "home", lunaNode: cloudSummary{true, "lunanode.example"}},
		{name: "odd", lunaNode: cloudSummary{true, "?"}},
		{name: "private", servers: cloudSummary{true, "auth.example:81"}}, {name: "work", servers: cloudSummary{true, "uk"}}}
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
	end()
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
	p.expect(`the editor "no-such-editor" failed: exit status 127; $EDITOR names`)
	ready()
	p.keys(ctrlD)
	end()
}

// Who leaves the editor without writing has thought better of it.
func TestEditorThatWritesNothing(t *testing.T) {
	env := append(command(t).Env, "TERM=xterm", "NO_COLOR=1", "VISUAL=", "EDITOR=true")
	p, end := sitDownAt(t, env, 80, "repl", "--sim")
	ready := func() { t.Helper(); p.expect(atPrompt) }
	ready()
	p.keys("n = (n or 0) + 1" + enter)
	ready()
	p.keys(":edit" + enter)
	p.expect("error: the editor wrote nothing, so nothing is run")
	ready()
	p.keys("n" + enter)
	p.expect("\n1\r\n")
	ready()
	p.keys(ctrlD)
	end()
}

func TestGreetingNamesWhereCallsGo(t *testing.T) {
	file := filepath.Join(t.TempDir(), "credentials.toml")
	if err := os.WriteFile(file, []byte("[work.lunanode]\napi_id = \"x\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	account := map[string]string{"CLOUDSCRIPT_USERNAME": "mira", "CLOUDSCRIPT_API_KEY": sentinel}
	for _, test := range []struct {
		options worldOptions
		env     map[string]string
		want    string
	}{
		{worldOptions{sim: true}, account, "a simulator, in virtual time"},
		{worldOptions{recordOptions: recordOptions{replay: "tape"}}, account, "a recording, so nothing is sent"},
		{worldOptions{credentials: file}, nil, "the clouds of your credentials file"},
		{worldOptions{credentials: file}, account, "the clouds of your credentials file"},
		{worldOptions{credentials: file + "x"}, account, "the clouds that the environment names"},
		{worldOptions{credentials: file + "x"}, nil, "no cloud: cloudscript auth status tells why"},
	} {
		s := &streams{getenv: func(name string) string { return test.env[name] }}
		if got := greeting(s, test.options); !strings.Contains(got, "talking to "+test.want+". :help") {
			t.Errorf("%+v: got %q, want %q in it", test.options, got, test.want)
		}
	}
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

func TestRowsOfATextAtATerminal(t *testing.T) {
	for text, want := range map[string]int{
		"":                             0,
		"one\ntwo\n":                   2,
		"\n\n":                         2,
		"no line end":                  2,
		strings.Repeat("x", 10) + "\n": 1,
		strings.Repeat("x", 21) + "\n": 3,
		strings.Repeat("東", 6) + "\n":  2,
		"\x1b[32m" + strings.Repeat("x", 10) + "\x1b[0m\n": 1,
	} {
		if got := rowsOf(text, 10); got != want {
			t.Errorf("%q takes %d rows, want %d", text, got, want)
		}
	}
}
