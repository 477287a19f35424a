package stdlib

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
)

func TestTemplate(t *testing.T) {
	for source, want := range map[string]string{
		`"{{.name}} {{.tags.env}}", {name = "web1", tags = {env = "prod"}}`:                                                                "web1 prod",
		`"{{range $i, $s := .list}}{{$i}}={{$s.id}};{{end}}", {list = {{id = 7}, {id = 1000000}}}`:                                         "0=7;1=1000000;",
		`"{{range .list}}x{{else}}none{{end}}", {list = {}}`:                                                                               "none",
		`"{{if .on}}a{{else}}b{{end}}{{with .n}}{{.}}{{end}}", {on = false, n = 2.5}`:                                                      "b2.5",
		`"{{define \"row\"}}<{{.}}>{{end}}{{range .l}}{{template \"row\" .}}{{end}}", {l = {1, 2}}`:                                        "<1><2>",
		`"{{range 5}}{{if eq . 3}}{{break}}{{end}}{{if eq . 1}}{{continue}}{{end}}{{.}}{{end}}"`:                                           "02",
		`"{{printf \"%05d %-4s|%q\" .n .s .s}}", {n = 42, s = "a"}`:                                                                        `00042 a   |"a"`,
		`"{{print 1 \"a\" true}} {{html .s}} {{js .s}} {{urlquery .s}}", {s = "<&"}`:                                                       `1atrue &lt;&amp; \u003C\u0026 %3C%26`,
		`"{{printf \"100%% of 1000 and %d items\" 3}}"`:                                                                                    "100% of 1000 and 3 items",
		`"{{index .l 1}} {{len .l}}", {l = {"a", "b"}}`:                                                                                    "b 2",
		`"{{define \"t\"}}{{.v}}{{with .sub}}{{template \"t\" .}}{{end}}{{end}}{{template \"t\" .}}", {v = 1, sub = {v = 2, sub = false}}`: "12",
		`""`: "",
	} {
		out, err := run(t, "print(text.template("+source+"))")
		if out != want+"\n" {
			t.Errorf("%s: %q, %s, want %q", source, out, rendered(err), want)
		}
	}
}

// inventory is a value of the host's that tells no script of its field.
type inventory struct{ token string }

// What a template names is the script's wish; what it writes of whole tables, and says of
// them in errors, has no secret in it, and of the host's values only what they say.
func TestTemplatesKeepSecrets(t *testing.T) {
	machines := runtime.Module{Name: "machines", Objects: []runtime.ObjectType{{Name: "machine", Fields: []runtime.Field{{Name: "password", Type: runtime.String, Secret: true}}}}}
	rt, err := runtime.New(runtime.Config{Modules: append(Modules(Config{}), machines), Values: map[string]any{"inventory": &inventory{"pw"}, "epoch": epoch}})
	if err != nil {
		t.Fatal(err)
	}
	for source, want := range map[string]string{
		`{{.m}}`: "map[id:1 password:[secret]]",
		`{{range .list}}{{.}}{{end}}{{$x := .list}}{{$x}}`: "map[password:[secret]][map[password:[secret]]]",
		`{{define "t"}}{{.}}{{end}}{{template "t" .m}}`:    "map[id:1 password:[secret]]",
		`{{with .m}}{{if true}}{{or . 1}}{{end}}{{end}}`:   "map[id:1 password:[secret]]",
		`{{.m.password}} {{with .m}}{{.password}}{{end}}`:  "pw pw",
		`{{.null}} {{.inventory}} {{print .inventory}}`:    "<no value> userdata userdata",
		`{{.epoch}}`:             epoch.String(),
		`{{eq .m .m}}`:           "a table cannot be compared",
		`{{ne .list 1}}`:         "a table cannot be compared",
		`{{.inventory.token}}`:   "can't evaluate field token",
		`{{.long}}`:              "the table is too long to be written whole",
		`{{range .text}}{{end}}`: "range can't iterate over",
	} {
		p, err := runtime.Compile("test.lua", fmt.Appendf(nil, `local fields = {m = {id = 1, password = "pw"}, list = {{password = "pw"}},
  null = json.null, inventory = inventory, epoch = epoch, long = {("x"):rep(2e6)}, text = ("x"):rep(2e6)}
return text.template([==[%s]==], fields)`, source))
		if err != nil {
			t.Fatal(err)
		}
		result, err := rt.Run(t.Context(), p, runtime.RunOptions{})
		got := rendered(err)
		if err == nil {
			got = result.Values[0].(string)
		}
		if !strings.Contains(got, want) || err != nil && (strings.Contains(got, "pw") || len(got) > 20_000) {
			t.Errorf("%s: got %.300s, want %s", source, got, want)
		}
	}
}

func TestTemplatesCompare(t *testing.T) {
	for source, want := range map[string]string{
		`{{eq .n 3}} {{eq .n 4 3}} {{ne .n 3}} {{eq .half 0.5}} {{eq .s "a"}} {{eq .yes true}}`: "true true false true true true",
		`{{eq .null .s}} {{eq .big 9007199254740993}} {{ne .big 9007199254740992}}`:             "false true true",
		`{{eq .s 1}}`: "incompatible types for comparison",
		`{{ne .s 1}}`: "incompatible types for comparison",
		`{{eq .s}}`:   "missing argument for comparison",
	} {
		out, err := run(t, `print(text.template([==[`+source+`]==], {n = 3, half = 0.5, s = "a", yes = true, null = json.null, big = json.decode("9007199254740993")}))`)
		if got := out + rendered(err); !strings.Contains(got, want) {
			t.Errorf("%s: %s, want %s", source, got, want)
		}
	}
}

// One after another, templates are not in one another.
func TestATemplateMayBeIncludedOften(t *testing.T) {
	check(t, `assert(text.template('{{define "t"}}x{{end}}{{range 1000}}{{template "t"}}{{end}}') == ("x"):rep(1000))`)
}

func TestMistakesInTemplates(t *testing.T) {
	for source, want := range map[string]string{
		`"a\nb{{.x", {}`:                 "the template, line 2: unclosed action",
		`"\n\n{{.x}}", {y = 1}`:          `the template, line 3:2: executing "template" at <.x>: map has no entry for key "x"`,
		`"{{nofunction}}"`:               `the template, line 1: function "nofunction" not defined`,
		`"{{template \"other\"}}"`:       `template "other" not defined`,
		`"{{range 1}}{{end}}{{end}}"`:    "the template, line 1: unexpected {{end}}",
		`"{{print .}}", {a = 1}`:         "a table has no text",
		`"{{printf \"%v\" .}}", {a = 1}`: "a table has no text",
		`"{{printf \"%100d\" 1}}"`:       "longer than 2 digits",
		`"{{printf \"%.100f\" 1.5}}"`:    "longer than 2 digits",
		`"{{printf \"%*d\" 5 1}}"`:       "longer than 2 digits, or *",
		`"{{define \"t\"}}{{template \"t\"}}{{end}}{{template \"t\"}}"`: "includes templates more than 100 deep",
		`("{{if true}}"):rep(102) .. ("{{end}}"):rep(102)`:              "blocks more than 100 deep",
	} {
		refused(t, "text.template("+source+")", runtime.BadRequest, want)
	}
	refused(t, `text.template(("x"):rep(65537))`, runtime.Usage, "expected at most 65536 bytes, got 65537")
}

// hostileTemplates would take all time or memory.
var hostileTemplates = map[string]string{
	"silent loop":             `{{range 1000000000000}}{{end}}`,
	"nested loops":            `{{range 1000000}}{{range 1000000}}{{if false}}{{end}}{{end}}{{end}}`,
	"loop with continue":      `{{range 1000000000000}}{{continue}}{{end}}`,
	"output":                  `{{range 1000000000000}}some text that goes on and on{{end}}`,
	"doubling":                `{{$x := "x"}}{{range 100}}{{$x = print $x $x}}{{end}}`,
	"doubling by js":          `{{$x := "\\"}}{{range 100}}{{$x = js $x}}{{end}}`,
	"one argument many times": `{{$x := "x"}}{{range 100}}{{$x = printf "%[1]s%[1]s%[1]s" $x}}{{end}}`,
	"branching":               `{{define "0"}}{{end}}` + branching(60) + `{{template "60"}}`,
}

// branching are n templates of which each includes the one before it twice.
func branching(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{{define "%d"}}{{template "%d"}}{{template "%d"}}{{end}}`, i+1, i, i)
	}
	return b.String()
}

func TestHostileTemplatesEnd(t *testing.T) {
	rt, err := runtime.New(runtime.Config{Modules: Modules(Config{})})
	if err != nil {
		t.Fatal(err)
	}
	for name, source := range hostileTemplates {
		t.Run(name, func(t *testing.T) {
			p, err := runtime.Compile("test.lua", fmt.Appendf(nil, "while true do pcall(text.template, [==[%s]==]) end", source))
			if err != nil {
				t.Fatal(err)
			}
			_, err = rt.Run(context.Background(), p, runtime.RunOptions{Limits: runtime.Limits{Steps: 200_000, Memory: 32 << 20}})
			if !errors.Is(err, &runtime.Error{Kind: runtime.Limit}) {
				t.Errorf("ended with %s", rendered(err))
			}
		})
	}
}

// What a function of a template makes is accounted for before it is there.
func TestTemplateFunctionsReserve(t *testing.T) {
	rt, err := runtime.New(runtime.Config{Modules: Modules(Config{})})
	if err != nil {
		t.Fatal(err)
	}
	for _, pipe := range []string{`print .s .s .s .s`, `println .s .s .s .s`, `html .s`, `js .s`, `urlquery .s .s`,
		`printf "%[1]s%[1]s%[1]s%[1]s" .s`} {
		p, err := runtime.Compile("test.lua", fmt.Appendf(nil, `pcall(text.template, '{{$x := %s}}', {s = ("<"):rep(2e6)})`, pipe))
		if err != nil {
			t.Fatal(err)
		}
		_, err = rt.Run(context.Background(), p, runtime.RunOptions{Limits: runtime.Limits{Memory: 7 << 20}})
		if got := rendered(err); !strings.Contains(got, "at once") {
			t.Errorf("%s: ended with %s", pipe, got)
		}
	}
}

func TestATemplateEndsWithItsRun(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	rt, err := runtime.New(runtime.Config{Modules: append(Modules(Config{}), runtime.Module{Verbs: []runtime.Verb{{
		Name: "interrupt", Func: func(context.Context, *runtime.Call) (any, error) { return nil, nil },
	}}}), OnCall: func(e runtime.CallEvent) {
		if e.Verb == "interrupt" {
			go cancel()
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	p, err := runtime.Compile("test.lua", []byte(`interrupt() text.template("{{range 1000000000000}}{{end}}")`))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := rt.Run(ctx, p, runtime.RunOptions{}); !errors.Is(err, &runtime.Error{Kind: runtime.Cancelled}) {
		t.Errorf("ended with %s", rendered(err))
	}
}
