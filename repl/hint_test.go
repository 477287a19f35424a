package repl

import (
	"testing"

	"github.com/cloudscript/cloudscript/internal/columns"
)

func TestHintOfWhatIsTyped(t *testing.T) {
	p := prompt(t, "s = servers.list()[1]", "function tidy(list, age) end", "n = 1")
	for before, want := range map[string]string{
		"":                             "",
		"servers.reboot":               "",
		"servers.reboot(":              "servers.reboot(… server …)  server (2 known, as of now): 1001 web1, 1002 数据库",
		"servers.reboot(7, ":           "servers.reboot(server, [type])  type: SOFT | HARD",
		"servers.reboot(7, 'H":         "servers.reboot(server, [type])  type: SOFT | HARD",
		"servers.reboot(7, 'HARD')":    "",
		"servers.reboot(7, 'HARD', ":   "servers.reboot(server, [type])",
		"x = servers.reboot((1 + (2":   "servers.reboot(server, [type])  server (2 known, as of now): id, required",
		"servers.create{":              "servers.create{name=, flavor=, [size=]}",
		"servers.create{name = ":       "servers.create{name=, flavor=, [size=]}  name: string, required",
		"servers.create{name='x', fl":  "servers.create{name=, flavor=, [size=]}",
		"servers.create{name = {1, ":   "servers.create{name=, flavor=, [size=]}  name: string, required",
		"s:reboot(":                    "server:reboot([type])  type: SOFT | HARD",
		"print(servers.get(":           "servers.get(id)  id (2 known, as of now): 1001 web1, 1002 数据库",
		"servers.get(100":              "servers.get(id)  id (2 known, as of now): 1001 web1, 1002 数据库",
		"servers.get{id = '1002":       "servers.get(id)  id (2 known, as of now): 1002 数据库",
		"servers.get(5":                "servers.get(id)  id (2 known, as of now): id, required",
		"servers.get(1001 + 1":         "servers.get(id)  id (2 known, as of now): id, required",
		"tidy(":                        "tidy(list, age)",
		"n(":                           "",
		"nothing.known(":               "",
		"servers.get(function() x()":   "",
		"servers.get(function() x( ":   "",
		"servers.get(7 -- why":         "",
		":save servers.get(":           "",
		"servers.get(1)\nservers.get(": "servers.get(id)  id (2 known, as of now): 1001 web1, 1002 数据库",
	} {
		if got := p.Hint(before, 80); got != want {
			t.Errorf("%q: got  %q\nwant %q", before, got, want)
		}
	}
}

func TestHintFitsTheTerminal(t *testing.T) {
	p := prompt(t)
	for width, want := range map[int]string{
		66: "servers.create{name=, flavor=, [size=]}  name: string, required",
		60: "servers.create{… name …}  name: string, required",
		40: "name: string, required",
		12: "name: stri…",
	} {
		got := p.Hint("servers.create{name = ", width)
		if got != want || columns.Of(got) >= width {
			t.Errorf("%d columns: got %q, want %q", width, got, want)
		}
	}
	p.Color = true
	want := "\x1b[2mservers.reboot(server, [\x1b[0;1mtype\x1b[0m\x1b[2m])  type: SOFT | HARD\x1b[0m"
	if got := p.Hint("servers.reboot(1, ", 80); got != want {
		t.Errorf("in colour: got %q, want %q", got, want)
	}
}
