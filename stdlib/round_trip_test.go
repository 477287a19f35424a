package stdlib

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/google/go-cmp/cmp"
)

// oddTexts are what some language of data takes for something else than text.
var oddTexts = []string{
	"", " ", "\t", "\n", "\r", "\r\n", "\x00", "\x01", "\x7f", "\u0085", "\u00a0", "\u2028", "\ufeff", "\ufffd", "\U0010ffff", "é", "e\u0301", "日本", "👨\u200d👩", "\u202e",
	"~", "null", "Null", "true", "False", "yes", "No", "on", "OFF", "y", "N", "nil", "none",
	"0", "-0", "+1", "1_000", "0x1F", "0o17", "017", "0b11", "1.", ".5", "1.10", "1e3", "1E400", "-1.5e-3", "1e", "e1", ".inf", "-.Inf", ".nan", "inf", "nan", "Infinity",
	"9007199254740993", "18446744073709551616", "1:30", "1:30:00.5", "190:20:30", "10.0.0.1", "1.2.3",
	"2020-01-02", "2020-1-2", "2020-01-02T03:04:05Z", "2020-01-02 03:04:05", "03:04:05",
	"-", "--", "---", "...", "--- a", "- a", "? a", "?", ":", "a:", ":a", "a: b", "a:b", "a #b", "#a", "a#", "<<", "=", "@a", "`a", "%a", "!a", "!!str a", "&a", "*a", "|", "|-", ">", ">+",
	"[", "]", "{", "}", "[]", "{}", ",", "a, b", "'", "''", `"`, `""`, `'''`, `"""`, `\`, `\n`, `\u0041`, "a\\", "a'b", `a"b`, "a=b", "a.b", "a b", "{{x}}", "[a]", "key: [a",
	" a", "a ", "a\tb", "\ta", "a\t", "a\nb", "a\nb\n", "a\nb\n\n", "\na\nb", "a\n\nb", "a\n b", " a\nb", "a\nb ", "a \nb", "a\n\tb", "a\n#b\n", "a\n- b", "a\r\nb\r\n", "a\n \nb", "a\n\n", "a\n...\nb", "a\n---\nb", "key: |\n  x\n",
}

// randomText is one of oddTexts, or several joined.
func randomText(r *rand.Rand) string {
	var text strings.Builder
	for range 1 + r.IntN(3)*r.IntN(3) {
		if r.IntN(8) == 0 {
			text.WriteString(strings.Repeat(string(rune('a'+r.IntN(26))), r.IntN(99)))
		}
		text.WriteString(oddTexts[r.IntN(len(oddTexts))])
	}
	return text.String()
}

// randomValue is a value of tables, texts, numbers and booleans in Go form. A table is not
// empty, as Lua has one kind of empty table.
func randomValue(r *rand.Rand, depth int) any {
	switch n := r.IntN(9); {
	case depth > 0 && n < 3:
		list := []any{}
		for range 1 + r.IntN(5) {
			list = append(list, randomValue(r, depth-1))
		}
		return list
	case depth > 0 && n < 6:
		m := map[string]any{}
		for range 1 + r.IntN(5) {
			m[randomText(r)] = randomValue(r, depth-1)
		}
		return m
	case n == 6:
		return r.IntN(2) == 0
	case n == 7:
		return []any{
			float64(r.IntN(100)), -float64(r.IntN(1e9)), r.Float64(), -r.NormFloat64() * 1e300, r.ExpFloat64() / 1e300, 0.0001, 1e15, 1e21, math.Ldexp(1, 53), math.Ldexp(1, 60),
		}[r.IntN(10)]
	}
	return randomText(r)
}

// What is written is read as it was: every text, as a value and as a key.
func TestDataIsReadAsItWasWritten(t *testing.T) {
	for _, language := range []struct{ name, encode, decode string }{
		{"json", "json.encode(v)", "json.decode(text)"},
		{"json, pretty", "json.pretty(v)", "json.decode(text)"},
		{"yaml", "yaml.encode(v)", "yaml.decode(text)"},
		{"toml", "toml.encode({v = v})", "toml.decode(text).v"},
	} {
		t.Run(language.name, func(t *testing.T) {
			back := evaluator(t, `local v = sample() local text = `+language.encode+` return `+language.decode+`, text`)
			same := func(v any) {
				t.Helper()
				values, err := back(v)
				if err != nil && strings.HasSuffix(err.Error(), "TOML text cannot hold an empty name at a list of tables and other values, or in one") {
					return
				}
				if err != nil {
					t.Fatalf("%#v: %v", v, err)
				}
				if diff := cmp.Diff(v, values[0]); diff != "" {
					t.Fatalf("(-written +read)\n%s\n%s", diff, values[1])
				}
			}
			for _, text := range oddTexts {
				for _, v := range []any{text, []any{text, text}, map[string]any{text: "x", "y": map[string]any{text: text}}, map[string]any{text: []any{map[string]any{text: []any{[]any{text}}}}}} {
					same(v)
				}
			}
			r := rand.New(rand.NewPCG(9, 10))
			for n := range 400 {
				same(randomValue(r, n/100+1))
			}
		})
	}
}

// The numbers that no Lua number holds keep their digits.
func TestYAMLKeepsLongNumbers(t *testing.T) {
	values, err := evaluator(t, `
local text = "a: 9007199254740993\nb: [-18446744073709551616, +123456789012345678901234567890]\nc: &x 99999999999999999999\nd: 0x1FFFFFFFFFFFFFFFFF\ne: *x\n" ..
	"f: \"18446744073709551616\"\ng: 18446744073709551616x\nh: '-'\ni: 0o7777777777777777777777777\n"
local v = yaml.decode(text)
return v, yaml.decode(yaml.encode(v)), yaml.decode("18446744073709551616")`)(nil)
	if err != nil {
		t.Fatal(err)
	}
	n := func(digits string) any { return json.Number(digits) }
	want := map[string]any{
		"a": n("9007199254740993"), "b": []any{n("-18446744073709551616"), n("123456789012345678901234567890")}, "c": n("99999999999999999999"),
		"d": n("590295810358705651711"), "e": n("99999999999999999999"), "f": "18446744073709551616", "g": "18446744073709551616x", "h": "-", "i": n("37778931862957161709567"),
	}
	if diff := cmp.Diff([]any{want, want, n("18446744073709551616")}, values); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// Keys are text: 1.10 is another one than 1.1.
func TestYAMLKeysAreAsWritten(t *testing.T) {
	check(t, `
local t = yaml.decode("1.10: a\n0x1: b\n~: c\n.inf: d\nYes: e\nTrue: f\n2020-01-02: g\n\"1\": h\n007: i\n2: {1.50: k}\nm: {1_000: l}\n")
	for key, value in pairs({["1.10"] = "a", ["0x1"] = "b", ["~"] = "c", [".inf"] = "d", Yes = "e", True = "f", ["2020-01-02"] = "g", ["1"] = "h", ["007"] = "i"}) do
	assert(t[key] == value, key, value, t)
end
assert(t["2"]["1.50"] == "k" and t.m["1_000"] == "l", t)`)
}

func TestYAMLKeepsTabs(t *testing.T) {
	check(t, `local t = yaml.decode("a\tb: c\td e\nf: ['\tg', h\ti]\n") assert(t["a\tb"] == "c\td e" and t.f[1] == "\tg" and t.f[2] == "h\ti", t)`)
}

func TestYAMLAsPeopleWriteIt(t *testing.T) {
	values, err := evaluator(t, `return yaml.encode(sample())`)(map[string]any{
		"name": "web 1", "hosts": []any{"10.0.0.1", "http://example.org:80/x?y=1#z", "it's"}, "empty": []any{}, "ok": true, "no": "no",
		"date": "2030-01-02", "time": "2030-01-02T03:04:05Z", "size": 1.5, "port": 8080.0,
		"run": "#!/bin/sh\nset -e\n\nif true; then\n\techo \"hi\"\nfi\n", "last": "a\nb", "list": []any{[]any{1.0, []any{2.0}}, map[string]any{"a": "b", "c": map[string]any{"d": "e\nf\n"}}, "x\ny\n"},
	})
	if err != nil {
		t.Fatal(err)
	}
	const want = `date: "2030-01-02"
empty: []
hosts:
- 10.0.0.1
- http://example.org:80/x?y=1#z
- it's
last: |-
  a
  b
list:
- - 1
  - - 2
- a: b
  c:
    d: |
      e
      f
- |
  x
  y
name: web 1
"no": "no"
ok: true
port: 8080
run: |
  #!/bin/sh
  set -e

  if true; then
  	echo "hi"
  fi
size: 1.5
time: "2030-01-02T03:04:05Z"
`
	if diff := cmp.Diff(want, values[0]); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestDataIsUTF8(t *testing.T) {
	for _, language := range []string{"yaml", "toml"} {
		for value, at := range map[string]string{
			`{v = "\255"}`: ".v", `{a = {b = {"x", "\255"}}, c = "\255"}`: ".a.b[2]", `{v = {["b\255"] = 1}}`: ".v.b\ufffd, a key",
			`{l = {{["the value"] = "\255"}}}`: ".l[1].the value", `{[("k"):rep(1e6)] = "\255"}`: "." + strings.Repeat("k", 100) + "…",
		} {
			refused(t, language+`.encode(`+value+`)`, runtime.BadRequest, fmt.Sprintf("%s text must be UTF-8; encode binary data with base64 first (at %s)", strings.ToUpper(language), at))
		}
	}
	refused(t, `yaml.encode("\255")`, runtime.BadRequest, "(at the value)")
}
