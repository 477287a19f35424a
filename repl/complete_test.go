package repl

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
)

// prompt is a prompt at which entries have been typed.
func prompt(t *testing.T, entries ...string) *Prompt {
	t.Helper()
	var screen bytes.Buffer
	p := &Prompt{Open: open(t, &screen), Lines: &typist{screen: &screen}, Out: &screen, Err: &screen}
	p.Profiles = func() []string { return []string{"uk", "work"} }
	if err := p.visit(""); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.leave)
	for _, entry := range entries {
		if err := p.evaluate(t.Context(), entry); err != nil {
			t.Fatalf("%s: %v\n%s", entry, err, screen.String())
		}
	}
	return p
}

func TestCompletion(t *testing.T) {
	p := prompt(t, "list = servers.list()", "s = list[1]", `made = servers.create{name = "api", flavor = 1}`,
		"rules = {limit = 3, check = function() end, ['no name'] = 1}", "settings = {deep = {deeper = {x = 1}}}",
		"account = setmetatable({due = 'now'}, {__index = {pay = function() end}})")
	tests := map[string]struct {
		want  []string
		typed int
	}{
		"ser":                              {[]string{"servers."}, 3},
		"x = servers.cr":                   {[]string{"create{"}, 2},
		"servers.":                         {[]string{"create{", "find(", "get(", "list(", "reboot("}, 0},
		"print(#servers.l":                 {[]string{"list("}, 1},
		"servers.list()[1]:re":             {[]string{"reboot("}, 2},
		"s:re":                             {[]string{"reboot("}, 2},
		"rules:":                           {[]string{"check("}, 0},
		"nobody:re":                        {[]string{"reboot("}, 2},
		"account:":                         {[]string{"pay("}, 0},
		"account.":                         {[]string{"due", "pay("}, 0},
		"account.due:up":                   {[]string{"upper("}, 2},
		"nobody.":                          {nil, 0},
		"s.":                               {[]string{"id", "name", "status"}, 0},
		"list[1].st":                       {[]string{"status"}, 2},
		"made.a":                           {nil, 1},
		"rules.":                           {[]string{"check(", "limit"}, 0},
		"settings.deep.d":                  {[]string{"deeper"}, 1},
		"se":                               {[]string{"select(", "servers.", "setmetatable(", "settings"}, 2},
		"whi":                              {[]string{"while"}, 3},
		"servers.create{":                  {[]string{"name = ", "flavor = ", "size = "}, 0},
		"servers.create{ na":               {[]string{"name = "}, 2},
		"servers.create({fl":               {[]string{"flavor = "}, 2},
		"servers.create{name = 'x', ":      {[]string{"flavor = ", "size = "}, 0},
		"servers.create{name = s.na":       {[]string{"name"}, 2},
		"servers.create{size = ":           {[]string{`"small"`, `"large"`}, 0},
		`servers.create{size = "la`:        {[]string{`large"`}, 2},
		`servers.create{size = 'LA`:        {[]string{`large'`}, 2},
		`servers.create{name = "`:          {nil, 0},
		`s:reboot("`:                       {[]string{`SOFT"`, `HARD"`}, 0},
		`servers.reboot(1001, "H`:          {[]string{`HARD"`}, 1},
		`servers.reboot(`:                  {[]string{"1001", "1002", "1003"}, 0},
		`servers.get(10`:                   {[]string{"1001", "1002", "1003"}, 2},
		`x = 10`:                           {nil, 2},
		`servers.find("`:                   {[]string{`api"`, `web1"`, `数据库"`}, 0},
		`servers.find"w`:                   {[]string{`web1"`}, 1},
		`print("ser`:                       {nil, 0},
		"x = 1 -- ser":                     {nil, 0},
		"x = [[ser":                        {nil, 0},
		"function servers.create(":         {nil, 0},
		"?servers.li":                      {[]string{"list("}, 2},
		":":                                {[]string{"calls", "help ", "history ", "json", "load ", "profile ", "reset", "save ", "table", "time ", "vars"}, 0},
		":lo":                              {[]string{"load "}, 2},
		":profile w":                       {[]string{"work"}, 1},
		":help servers.l":                  {[]string{"servers.list"}, 9},
		":time servers.l":                  {[]string{"list("}, 1},
		":history 1":                       {nil, 0},
		"":                                 {nil, 0},
		"x = ":                             {nil, 0},
		"for _, one in ipairs(list) do on": {nil, 2},
	}
	calls := len(p.watch.calls)
	for line, test := range tests {
		got, typed := p.Complete(line)
		if !slices.Equal(got, test.want) || typed != test.typed {
			t.Errorf("%q: got %q, %d; want %q, %d", line, got, typed, test.want, test.typed)
		}
	}
	if len(p.watch.calls) != calls {
		t.Errorf("completing called %v", p.watch.calls[calls:])
	}
}

func TestNamesAreOfferedWhereTheyWillDo(t *testing.T) {
	p := prompt(t, "servers.list()")
	verb := p.place.Runtime.Verb("servers.get")
	for byName, want := range map[bool][]string{
		false: {"1001", "1002"},
		true:  {"1001", "1002", "web1", "数据库"},
	} {
		if got := p.texts(verb, runtime.Param{Name: "server", Type: runtime.ID, ByName: byName}, '"'); !slices.Equal(got, want) {
			t.Errorf("by name %t: %q, want %q", byName, got, want)
		}
	}
}

// A name is offered as Lua reads it, whatever is in it.
func TestNamesAreOfferedAsLuaReadsThem(t *testing.T) {
	p := prompt(t)
	for name, want := range map[string]string{
		"web1":                `"web1"`,
		`a "b" \ 'c'`:         `"a \"b\" \\ 'c'"`,
		"数据 👩\u200d👧 e\u0301": "\"数据 👩\u200d👧 e\u0301\"",
		"a\nb\x1b[31m1":       `"a\010b\027[31m1"`,
		"\u202egnp\xff":       `"\226\128\174gnp\255"`,
	} {
		if got := quoted(name, '"'); got != want {
			t.Errorf("%q: got %s, want %s", name, got, want)
		}
		for _, quote := range []byte(`"'`) {
			if err := p.evaluate(t.Context(), quoted(name, quote)); err != nil || p.results[0].Go() != name {
				t.Errorf("%s is %q: %v", quoted(name, quote), p.results[0].Go(), err)
			}
		}
	}
	if got := printable("a\u202eb\x1b"); got != "ab" {
		t.Errorf("a hint shows %q", got)
	}
}

// A value can have code behind its fields. Looking at it must not act.
func TestCompletionCallsNoVerb(t *testing.T) {
	p := prompt(t, `trap = setmetatable({}, {__index = function() return servers.list() end})`,
		`endless = setmetatable({}, {__index = function() while true do end end})`)
	for _, line := range []string{"trap.x.", "trap.x:", "endless.x."} {
		p.Complete(line)
	}
	if len(p.watch.calls) != 0 {
		t.Errorf("completing called %v", p.watch.calls)
	}
	if err := p.evaluate(t.Context(), "trap.x"); err != nil || len(p.watch.calls) != 1 {
		t.Errorf("calls are refused after completing: %v", err)
	}
}

func TestCompletionKnowsTheLinesBefore(t *testing.T) {
	p := prompt(t)
	p.pending = "servers.create{\n  name = 'x',\n"
	if got, _ := p.Complete("  fl"); !slices.Equal(got, []string{"flavor = "}) {
		t.Errorf("got %q", got)
	}
	if got, _ := p.Complete(":lo"); got != nil {
		t.Errorf("a command within an entry: %q", got)
	}
}

func TestCompletionOfFiles(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"reboot.lua", "resize.lua", ".hidden"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "rest"), 0o700); err != nil {
		t.Fatal(err)
	}
	p := prompt(t)
	for typed, want := range map[string][]string{
		"/re": {"reboot.lua", "resize.lua", "rest/"}, "/.h": {".hidden"}, "/": {"reboot.lua", "resize.lua", "rest/"}, "/none/x": nil,
	} {
		if got, n := p.Complete(":load " + dir + typed); !slices.Equal(got, want) || want != nil && n != len(typed)-1 {
			t.Errorf("%s: got %q, %d; want %q", typed, got, n, want)
		}
	}
}

func TestCompletionBeforeThePromptIsOpen(t *testing.T) {
	if got, _ := new(Prompt).Complete("ser"); got != nil {
		t.Errorf("got %q", got)
	}
}

func TestCompleterGivesEndings(t *testing.T) {
	p := prompt(t)
	var offered []string
	c := completer{p.Complete, func(candidates []string) { offered = candidates }}
	endings := func(line string) []string {
		var out []string
		found, _ := c.Do([]rune(line), len([]rune(line)))
		for _, ending := range found {
			out = append(out, string(ending))
		}
		return out
	}
	for line, want := range map[string][]string{
		"servers.cr":           {"eate{"},
		"é = servers.cr":       {"eate{"},
		"":                     {"  "},
		"   ":                  {"  "},
		marked("if x then\n "): {"  "},
		marked("x = 1\nser"):   {"vers."},
		"servers.nonsense":     nil,
		"print(servers.list":   {"("},
	} {
		if got := endings(line); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", line, got, want)
		}
	}
	if endings("servers.re"); !slices.Equal(offered, []string{"reboot("}) {
		t.Errorf("room is made for %q", offered)
	}
	if got, _ := (completer{}).Do([]rune("x"), 1); got != nil {
		t.Errorf("without Complete: %q", got)
	}
}

func TestCompletionOffersNoSecret(t *testing.T) {
	p := prompt(t, `made = servers.create{name = "api", flavor = 1}`)
	for _, line := range []string{"made.", "made.admin", "_.", "servers.create{", `servers.find("`, "servers.reboot("} {
		got, _ := p.Complete(line)
		if text := strings.Join(got, " "); strings.Contains(text, "adminPass") || strings.Contains(text, sentinel) {
			t.Errorf("%s: %s", line, text)
		}
	}
}
