package stdlib

import (
	"errors"
	"io"
	"log/slog"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
)

// Verbs whose work or results grow with their arguments end with a limit: none of
// these may take the machine's memory or go on for ever. What takes steps alone is
// ended by them; they are so many that memory comes first where it is taken.
func TestVerbsStayWithinTheirLimits(t *testing.T) {
	limits := runtime.Limits{Memory: 16 << 20, Steps: 3_000_000}
	if raceDetector {
		limits.Steps /= 10 // under which a step takes ten times as long
	}
	rt, err := runtime.New(runtime.Config{Policy: runtime.AllowAll(), Modules: Modules(Config{Log: slog.New(slog.NewTextHandler(io.Discard, nil))}), Clock: runtime.NewVirtualClock(epoch),
		Limits: limits})
	if err != nil {
		t.Fatal(err)
	}
	const shared = `local t = {} for i = 1, 60 do t = {a = t, b = t} end `
	const same = `local s, t = ("x"):rep(1e6), {} for i = 1, 1e4 do t[i] = s end `
	for _, source := range []string{
		shared + `json.encode(t)`,
		shared + `json.pretty(t)`,
		shared + `yaml.encode(t)`,
		shared + `toml.encode(t)`,
		shared + `log.info("x", t)`,
		same + `json.encode(t)`,
		same + `yaml.encode(t)`,
		same + `toml.encode({a = t})`,
		same + `csv.encode({t})`,
		same + `log.info("x", {a = t})`,
		`text.split(("a,"):rep(5e6), ",")`,
		`text.split(("a "):rep(5e6))`,
		`text.lines(("a\n"):rep(5e6))`,
		`text.replace(("a"):rep(1e6), "a", ("b"):rep(100))`,
		`text.fill(("{{a}}"):rep(1e5), {a = ("x"):rep(1e4)})`,
		`csv.decode(("a,"):rep(5e5) .. "\n" .. (("a,"):rep(1e5) .. "\n"):rep(30), {header = false})`,
		`while true do hash.sha256(("a"):rep(1e6)) end`,
		`local t = {} for i = 1, 1e5 do t[i] = 1 end for i = 1, 50 do list.unique(t) end`,
		`local t = {} for i = 1, 1e5 do t[i] = 1 end for i = 1, 50 do list.pluck(t, "x") end`,
		`local t = {} for i = 1, 1e5 do t[i] = {x = i % 7} end for i = 1, 9 do list.sort_by(t, "x") end`,
		`local t = {1} for i = 1, 7 do t = {t, t, t, t, t, t, t, t} end show(t)`,
		`return json.decode(("9"):rep(1e6)) .. ("x"):rep(16e6)`,
		`local t = {} for i = 1, 1e4 do t[i] = {a = i} end t = list.keys(t) while true do tostring(t) end`,
		shared + `while true do pcall(assert, false, "m", t, t, t) end`,
		`while true do base64.encode(("a"):rep(1e6)) hex.encode("a") end`,
	} {
		p, err := runtime.Compile("hostile.lua", []byte(source))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := rt.Run(t.Context(), p, runtime.RunOptions{}); !errors.Is(err, &runtime.Error{Kind: runtime.Limit}) {
			t.Errorf("%s\nended with %v, want a limit", source, err)
		}
	}
}

// Work in pieces gives what work at once gives.
func TestLongTextsAreWrittenWhole(t *testing.T) {
	check(t, `
local s = ("abcdefg"):rep(100001)
assert(hex.decode(hex.encode(s)) == s)
assert(base64.decode(base64.encode(s)) == s)
assert(hash.md5(("a"):rep(1e6)) == "7707d6ae4e027c70eea2a935c2296f21")
assert(hash.sha256(("a"):rep(1e6)) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
assert(text.replace(s, "bc", "-") == (s:gsub("bc", "-")))
assert(#text.split(s, "d") == 100002 and text.split(s, "d")[100002] == "efg")
assert(table.concat(text.split("a,b,c,d", ",", {limit = 2}), "|") == "a|b,c,d")
assert(#text.split("a,b", ",", {limit = 1}) == 1 and #text.split("", ",") == 1)
assert(text.replace("", "a", "b") == "" and text.replace("aaa", "aa", "b") == "ba")
assert(#text.lines("") == 0 and #text.lines("a\r\n\nb") == 3)`)
}

func TestWordsOfLongTexts(t *testing.T) {
	check(t, `
local blanks, word = (" \t\227\128\128"):rep(50000), ("é"):rep(70001)
local words = text.split(blanks .. word .. blanks .. "x" .. blanks)
assert(#words == 2 and words[1] == word and words[2] == "x")
assert(#text.split(blanks) == 0 and text.split(word)[1] == word and #text.split("") == 0)`)
}
