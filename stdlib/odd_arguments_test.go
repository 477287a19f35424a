package stdlib

import (
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
)

// What looks like an empty list, and is none, is a mistake that nothing else would tell.
func TestTablesThatAreNoLists(t *testing.T) {
	for _, call := range []string{
		`list.map({a = 1}, print)`, `list.filter({a = 1}, print)`, `list.find({[2.5] = 1}, print)`, `list.pluck({a = 1}, "x")`, `list.group_by({a = 1}, "x")`, `list.sort_by({a = 1}, "x")`,
		`list.unique({a = 1})`, `parallel.map({a = 1}, print)`, `parallel.each({a = 1}, print)`, `parallel.race({a = print})`, `csv.encode({a = {1}})`,
	} {
		refused(t, call, runtime.Usage, "expected a list, got a table with names as keys; list.keys makes a list of them")
	}
	check(t, `assert(#list.map({}, print) == 0 and csv.encode({}) == "" and #list.unique(json.decode("[]")) == 0 and #list.map({1, 2, n = 2}, tostring) == 2)`)
	for _, value := range []string{"nil", "1", "true", "'a'", "print", "json.null"} {
		refused(t, `list.keys(`+value+`)`, runtime.Usage, "table")
	}
	refused(t, `csv.encode({{a = 1}, 2}, {"a"})`, runtime.BadRequest, "row 2: expected a table, got a number")
	refused(t, `csv.encode({"a"})`, runtime.BadRequest, "row 1: expected a table, got a string")
}

// Bytes that are no UTF-8 are not read as other characters.
func TestDataThatIsNoUTF8(t *testing.T) {
	refused(t, `json.decode('\n"\255"')`, runtime.BadRequest, `json.decode: line 2: JSON text must be UTF-8; the byte \255 is not`)
	refused(t, `yaml.decode("a: \233t\233")`, runtime.BadRequest, `yaml.decode: line 1: YAML text must be UTF-8; the byte \233 is not`)
	refused(t, `toml.decode("a = '\255'")`, runtime.BadRequest, "line 1: invalid UTF-8 byte: 0xff")
	refused(t, `json.decode('["' .. ("é"):rep(2e5) .. '\195' .. '"]')`, runtime.BadRequest, `the byte \195 is not`)
	check(t, `
for shift = 0, 4 do
	local s = ("x"):rep(shift) .. ("😀"):rep(70000) .. "\239\191\189"
	assert(json.decode('"' .. s .. '"') == s)
end`)
}

func TestWhatIsWrongWithEncodedText(t *testing.T) {
	for call, want := range map[string]string{
		`base64.decode("aGkh\naGk")`:          "illegal base64 data at input byte 5: the text ends within a group of four; is its padding, =, missing?",
		`base64.decode("aGkhaG_-")`:           "illegal base64 data at input byte 6; for the alphabet of addresses put + for - and / for _ first",
		`base64.decode("aGkh?Gk=")`:           "illegal base64 data at input byte 4",
		`hex.decode("686")`:                   "3 digits, and each byte takes two",
		`hex.decode("68é68")`:                 `"\xc3" at input byte 2 is no hexadecimal digit`,
		`hex.decode(("ab"):rep(2e5) .. "ax")`: `"x" at input byte 400001 is no hexadecimal digit`,
		`yaml.decode("a: 1\n---\nb: 2\n")`:    "line 3: a second document begins, and one is read; text.split can part them at the lines ---",
		`toml.encode({a = {1, json.null}})`:   "toml.encode",
	} {
		refused(t, call, runtime.BadRequest, want)
	}
	for text, want := range map[string]string{"!!binary |\n  aGk=\n  aGk=\n": `is not what the tag !!binary says`, `!!timestamp x`: `"x" is not what the tag !!timestamp says`, `!!binary "?"`: `"?" is not what the tag !!binary says`, `[!!int x]`: `"x" is not what the tag !!int says`, `!!int &a x`: `"x" is not what the tag !!int says`, "a: !!binary &b |\n  ?\n": `is not what the tag !!binary says`, `a: !!float 'y'`: `"y" is not what the tag !!float says`} {
		refused(t, `yaml.decode([==[`+text+`]==])`, runtime.BadRequest, want)
	}
	for _, call := range []string{
		`yaml.decode("!!int " .. ("x"):rep(6e4))`, `csv.decode(("x"):rep(6e4) .. "," .. ("x"):rep(6e4))`, `csv.decode("", {separator = ("x"):rep(6e4)})`, `csv.encode({}, {("x"):rep(6e4), ("x"):rep(6e4)})`,
	} {
		check(t, `local _, e = pcall(function() `+call+` end) assert(e.message:find("x", 1, true) and #e.message < 300, #e.message)`)
	}
	refused(t, `yaml.decode("a: &x b\nc: !!int *x\n")`, runtime.BadRequest, "line 2: an alias has no tag of its own")
	check(t, `local v = yaml.decode("[!!str 1.10, !!str 0x1f, !!str &a ~, !!str true, *a]\n") assert(v[1] == "1.10" and v[2] == "0x1f" and v[3] == "~" and v[4] == "true" and v[5] == "~", v)`)
	check(t, `local v = yaml.decode("[!!binary aGk=, !!int '7', !!str 8, !!float 9, !other x, !!timestamp 2030-01-02]") assert(v[6] == "2030-01-02T00:00:00Z" and v[1] == "hi" and v[2] == 7 and v[3] == "8" and v[4] == 9 and v[5] == "x", v)`)
	refused(t, `text.split("a", {limit = 3})`, runtime.Usage, `parameter "limit" needs a separator`)
	check(t, `
assert(yaml.decode("---\na: 1\n---\n").a == 1 and yaml.decode("%YAML 1.2\n---\na: 1\n...\n").a == 1 and yaml.decode("# nothing\n---\n") == nil)
assert(toml.encode({a = json.null, b = 1}) == "b = 1\n")
assert(csv.encode({{1234567890123456, 1/3, 1e21, -5, 0.1, -1/0}}) == "1234567890123456,0.3333333333333333,1e+21,-5,0.1,-inf\n", csv.encode({{1234567890123456, 1/3, 1e21, -5, 0.1, -1/0}}))`)
}
