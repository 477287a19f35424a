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
