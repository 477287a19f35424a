package repl

import (
	"bytes"
	"strings"
	"testing"
)

// shades writes colours so that a person can read them.
var shades = strings.NewReplacer("\x1b[0m", ">", "\x1b[1m", "<bold ", "\x1b[31m", "<red ", "\x1b[32m", "<green ", "\x1b[33m", "<yellow ", "\x1b[34m", "<blue ", "\x1b[35m", "<magenta ")

func TestValuesHaveColours(t *testing.T) {
	var screen bytes.Buffer
	p := prompt(t)
	p.Out = &screen
	for entry, want := range map[string]string{
		`"text"`:                               `<green "text">`,
		`-7.5`:                                 `-<yellow 7.5>`,
		`true`:                                 `<magenta true>`,
		`nil`:                                  `<magenta nil>`,
		`"ACTIVE"`:                             `<green "ACTIVE">`,
		`print`:                                `function: 0x00000001`,
		`{1, name = "web1", status = "ERROR"}`: `{<yellow 1>, <blue name> = <green "web1">, <blue status> = <red "ERROR">}`,
		`{["a b"] = {c = false}}`:              `{[<green "a b">] = {<blue c> = <magenta false>}}`,
		`servers.list()`: "<bold ID    NAME    STATUS>\n" +
			"1001  web1    <green ACTIVE>\n" +
			"1002  数据库  <yellow BUILD>",
		`servers.create{name = "ACTIVE", flavor = 1}`: "<bold server>\n  <blue id>         1003\n  <blue name>       ACTIVE\n" +
			"  <blue status>     <yellow BUILD>\n  <blue adminPass>  [secret]",
	} {
		p.Color = false
		screen.Reset()
		if err := p.evaluate(t.Context(), entry); err != nil {
			t.Fatal(err)
		}
		plain := screen.String()
		p.Color = true
		screen.Reset()
		_ = p.evaluate(t.Context(), entry)
		if got := shades.Replace(screen.String()); got != want+"\n" {
			t.Errorf("%s: got\n%swant\n%s", entry, got, want)
		}
		if bare := escapes.ReplaceAllString(screen.String(), ""); bare != plain {
			t.Errorf("%s: without the colours it is %q, not %q", entry, bare, plain)
		}
	}
}

func TestAValueBelowItsFieldHasNoColour(t *testing.T) {
	const record = "server\n  status             ACTIVE\n  addresses.public\n    198.51.100.1"
	const want = "<bold server>\n  <blue status>             <green ACTIVE>\n  <blue addresses.public>\n    198.51.100.1"
	if got := shades.Replace(colourRecord(record)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
