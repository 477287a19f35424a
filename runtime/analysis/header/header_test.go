package header

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/google/go-cmp/cmp"
)

const full = `#!/usr/bin/env cloudscript
-- Copyright notices and the like may come first.

--- Reboots servers. All of them,
--- one after another.
---
--- @param prefix string "the start of their \"names\""
--- @param region dfw|ord|lon "where" = ord
---@param limit? integer
--- @param ratio number = 0.5
--- @param force boolean "do not ask"
--- @param wait duration "how long" = "10m"
--- @param names list = a,b
--- @param note? string = ""
--- @diagnostic disable: unused-local
-- and this is no part of it
local x = 1
--- @param nor string "this"
`

func TestParse(t *testing.T) {
	h, err := Parse("x.lua", []byte(full))
	if err != nil {
		t.Fatal(err)
	}
	want := &Header{Doc: "Reboots servers. All of them,\none after another.", Params: []Param{
		{Name: "prefix", Type: String, Doc: `the start of their "names"`, Required: true, Line: 7, Column: 12},
		{Name: "region", Type: Enum, Values: []string{"dfw", "ord", "lon"}, Doc: "where", Default: "ord", Line: 8, Column: 12},
		{Name: "limit", Type: Integer, Line: 9, Column: 11},
		{Name: "ratio", Type: Number, Default: 0.5, Line: 10, Column: 12},
		{Name: "force", Type: Boolean, Doc: "do not ask", Default: false, Line: 11, Column: 12},
		{Name: "wait", Type: Duration, Doc: "how long", Default: 600.0, Line: 12, Column: 12},
		{Name: "names", Type: List, Default: []string{"a", "b"}, Line: 13, Column: 12},
		{Name: "note", Type: String, Default: "", Line: 14, Column: 12},
	}}
	if diff := cmp.Diff(want, h); diff != "" {
		t.Error(diff)
	}
	var forms []string
	for _, p := range h.Params {
		forms = append(forms, p.Form()+"="+p.DefaultText())
	}
	if got := strings.Join(forms, " "); got != "string= dfw|ord|lon=ord integer= number=0.5 boolean=false duration=10m list=a,b string=" {
		t.Error(got)
	}
}

// What is no header.
func TestNoHeader(t *testing.T) {
	for name, src := range map[string]string{
		"empty":                  "",
		"a function's comment":   "--- Adds.\n--- @param a number \"one\"\nlocal function add(a) return a end",
		"a global function's":    "--- @param a number \"one\"\r\nfunction add(a) return a end",
		"behind code":            "local x = 1\n--- @param a number",
		"in a long comment":      "--[[\n--- @param a number\n]]",
		"a ruler":                "-----------------\n-- @param a number\n-----------------\nx = 1",
		"ordinary comments":      "-- @param a number \"one\"",
		"a shebang further down": "\n#--- @param a number",
	} {
		h, err := Parse("x.lua", []byte(src))
		if err != nil || len(h.Params) > 0 || h.Doc != "" {
			t.Errorf("%s: %v %+v", name, err, h)
		}
	}
}

func TestMistakes(t *testing.T) {
	for src, want := range map[string]string{ // where it is, what it is, what to do
		`@param`:                               `: this is not a declaration of a parameter; ` + howTo,
		`@param region`:                        `: this is not a declaration of a parameter; ` + howTo,
		`@param 2nd string`:                    `2nd string: "2nd" is not a name; a name has letters, digits and _, and does not begin with a digit`,
		`@param plan-id string`:                `plan-id string: "plan-id" is not a name; write plan_id; on the command line --plan-id does`,
		`@param region: string`:                `region: string: "region:" is not a name; write it without the colon: region`,
		`@param end string`:                    `end string: "end" is a word of Lua, so no script can say params.end; choose another name`,
		`@param region string where it is`:     `where it is: what the parameter is has to stand in quotes; write @param region string "where it is"`,
		`@param region string 'where'`:         `'where': what the parameter is has to stand in quotes; write @param region string "where"`,
		`@param region string "where`:          `"where: the text in quotes is not closed properly; ` + howTo,
		`@param region string "the "where""`:   `where"": "where\"\"" follows the text in quotes; behind it may stand = DEFAULT; quotes inside it are written \"`,
		`@param region string = dfw "where"`:   `"where": the text in quotes stands behind the default; write it before = dfw`,
		`@param n int`:                         `int: there is no type "int"; it is called integer`,
		`@param n string?`:                     `string?: there is no type "string?"; for a parameter that may be left out write @param n? string`,
		`@param n string|nil`:                  `nil: "string|nil" is a choice between words, of which one is nil; for a parameter that may be left out write @param n? TYPE`,
		`@param n dfw | ord`:                   `dfw | ord: the values of a choice are written without blanks; such as dfw|ord`,
		`@param n dfw| ord`:                    `dfw| ord: the values of a choice are written without blanks; such as dfw|ord`,
		`@param n ord|dfw|ORD`:                 `ORD: "ord|dfw|ORD" has the value "ORD" twice; values are told apart whatever their case`,
		`@param n list = a,,b`:                 `a,,b: the default of "n": expected texts with a comma between two, got "a,,b", of which one is empty; give a default that the parameter takes`,
		`@Param n integer`:                     `@Param n integer: unknown tag @Param; parameters are declared with @param`,
		`@param region string "wh\ere"`:        `"wh\ere": the text in quotes is not closed properly; ` + howTo,
		`@param n strin`:                       `strin: there is no type "strin"; did you mean string?`,
		`@param n table`:                       `table: there is no type "table"; the types are string, integer, number, boolean, duration, list, and VALUE|VALUE`,
		`@param n a||b`:                        `|b: "a||b" has an empty value; write the values with | between them, such as dfw|ord`,
		`@param n integer = many`:              `many: the default of "n": expected a whole number, got "many"; give a default that the parameter takes`,
		`@parm n integer`:                      `@parm n integer: unknown tag @parm; parameters are declared with @param`,
		"@param n string\n--- @param n string": `n string: the parameter "n" is declared twice; keep one of them`,
	} {
		_, err := Parse("x.lua", []byte("--- "+src))
		var e *runtime.Error
		if !errors.As(err, &e) {
			t.Errorf("%s: got %v", src, err)
			continue
		}
		if got := e.Source[e.Position.Column-1:] + ": " + e.Message + "; " + e.Hint; got != want {
			t.Errorf("%s:\n got %s\nwant %s", src, got, want)
		}
		if e.Kind != runtime.Syntax {
			t.Errorf("%s: %+v", src, e)
		}
	}
}

// Each mistake is told, and what can be read is there.
func TestAllMistakes(t *testing.T) {
	h, err := Parse("x.lua", []byte("--- @param a int\n---\t@param b string \"ü\" nonsense\n--- @param c string\n--- @parm d string\n"))
	var mistakes Mistakes
	if !errors.As(err, &mistakes) {
		t.Fatal(err)
	}
	var at []string
	for _, e := range mistakes {
		at = append(at, fmt.Sprintf("%d:%d", e.Position.Line, e.Position.Column))
	}
	if got := strings.Join(at, " "); got != "1:14 2:26 4:5" || strings.Join(h.Names(), " ") != "c" {
		t.Error(got, h.Names())
	}
	if got := strings.Count(err.Error(), "\n"); got != 2 {
		t.Errorf("%v", err)
	}
}

func TestValues(t *testing.T) {
	h, err := Parse("x.lua", []byte(full))
	if err != nil {
		t.Fatal(err)
	}
	got, err := h.Values(map[string]any{"prefix": "web", "region": "LON", "limit": "3", "ratio": "1e-1", "force": "yes", "wait": "90", "names": "a, b ,c"})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"prefix": "web", "region": "lon", "limit": int64(3), "ratio": 0.1, "force": true, "wait": 90.0, "names": []string{"a", "b", "c"}, "note": ""}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	got, err = h.Values(map[string]any{"prefix": ""})
	want = map[string]any{"prefix": "", "region": "ord", "ratio": 0.5, "force": false, "wait": 600.0, "names": []string{"a", "b"}, "note": ""}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Error(err, diff)
	}
	free := &Header{Doc: "No parameters are declared."}
	if got, err := free.Values(map[string]any{"a": "1"}); err != nil || got["a"] != "1" {
		t.Errorf("%v %v", got, err)
	}
}

func TestDurationText(t *testing.T) {
	for seconds, want := range map[float64]string{0: "0s", 10: "10s", 90: "1m30s", 1200: "20m", 3600: "1h", 36000: "10h", 5400: "1h30m", 0.5: "500ms"} {
		if got := durationText(seconds); got != want {
			t.Errorf("%v seconds are %s, not %s", seconds, want, got)
		}
	}
}

func TestWrongValues(t *testing.T) {
	h, err := Parse("x.lua", []byte(full))
	if err != nil {
		t.Fatal(err)
	}
	for given, want := range map[string]string{
		"":                       `prefix: missing (string): the start of their "names"; `,
		"regoin=x":               "regoin: the script declares no such parameter; did you mean region?",
		"x=x":                    "x: the script declares no such parameter; it takes prefix, region, limit, ratio, force, wait, names, note",
		"region=odr":             `region: expected one of dfw, ord, lon, got "odr"; did you mean ord?`,
		"region=mars":            `region: expected one of dfw, ord, lon, got "mars"; `,
		"limit=1.5":              `limit: expected a whole number, got "1.5"; `,
		"limit=9007199254740993": `limit: expected a whole number of at most 9007199254740992, got "9007199254740993"; `,
		"limit=9e9":              `limit: expected a whole number, got "9e9"; `,
		"names=a,":               `names: expected texts with a comma between two, got "a,", of which one is empty; `,
		"ratio=inf":              `ratio: expected a number, got "inf"; `,
		"force=maybe":            `force: expected true or false, got "maybe"; `,
		"wait=-1s":               `wait: expected a duration such as 90s, 10m or 1h30m, got "-1s"; `,
		"wait=tonight":           `wait: expected a duration such as 90s, 10m or 1h30m, got "tonight"; `,
	} {
		texts := map[string]any{}
		if name, text, ok := strings.Cut(given, "="); ok {
			texts["prefix"], texts[name] = "web", text
		}
		_, err := h.Values(texts)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%s: got %v", given, err)
		} else if got := e.Error() + "; " + e.Hint; got != want {
			t.Errorf("%s:\n got %s\nwant %s", given, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(full))
	f.Fuzz(func(t *testing.T, src []byte) {
		h, err := Parse("x.lua", src)
		if err != nil {
			return
		}
		for _, p := range h.Params {
			if p.Default == nil {
				continue
			}
			if _, err := p.Value(p.DefaultText()); err != nil {
				t.Errorf("a default is not a value: %v", err)
			}
		}
	})
}
