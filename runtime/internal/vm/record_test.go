package vm

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

// fields is a table as text: its keys in order, with their values.
func fields(t *lua.LTable) string {
	var list []string
	for k, v := t.Next(lua.LNil); k != lua.LNil; k, v = t.Next(k) {
		list = append(list, fmt.Sprintf("%v=%v", k, v))
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

// taker is a Go function that says what it was called with.
func taker(records *int) lua.LGFunction {
	return func(L *lua.LState) int {
		if r := RecordAt(L, L.GetTop()); r != nil {
			*records++
			L.Push(lua.LString(fields(r.Table())))
			r.Release()
		} else {
			L.Push(lua.LString(fields(L.CheckTable(L.GetTop()))))
		}
		return 1
	}
}

func TestRecordsAreWhatTheTableWouldBe(t *testing.T) {
	for _, test := range []struct {
		args    string // of a call of f, as it stands after the name
		want    string
		records int
	}{
		{`{a = 1, b = "x"}`, "a=1 b=x", 1},
		{`{a = 1; b = 2,}`, "a=1 b=2", 1},
		{`{a = nil, b = false}`, "b=false", 1},
		{`({a = 1})`, "a=1", 0},
		{`{}`, "", 0},
		{`{a = 1, 5, 6, b = 2}`, "1=5 2=6 a=1 b=2", 0},
		{`{7, a = 1}`, "1=7 a=1", 0},
		{`{a = 1, ["b c"] = 2}`, "a=1 b c=2", 0},
		{`{a = 1, a = 2, b = 3}`, "a=2 b=3", 0},
		{`{a = 1, a = nil}`, "", 0},
		{`{a = 1, two()}`, "1=1 2=2 a=1", 0},
		{`{a = 1, ...}`, "1=8 2=9 a=1", 0},
		{`{a = two(), b = ..., c = (two())}`, "a=1 b=8 c=1", 1},
		{`{a = f{b = f{c = 1}}}`, "a=b=c=1", 3},
		{`{a = 1 > 2, b = yes and 1 or 2, c = not yes}`, "a=false b=2 c=true", 1},
		{`{a1=1,a2=1,a3=1,a4=1,a5=1,a6=1,a7=1,a8=1,a9=1,b1=1,b2=1,b3=1,b4=1,b5=1,b6=1,b7=1}`, "a1=1 a2=1 a3=1 a4=1 a5=1 a6=1 a7=1 a8=1 a9=1 b1=1 b2=1 b3=1 b4=1 b5=1 b6=1 b7=1", 1},
		{`{a1=1,a2=1,a3=1,a4=1,a5=1,a6=1,a7=1,a8=1,a9=1,b1=1,b2=1,b3=1,b4=1,b5=1,b6=1,b7=1,b8=1}`, "a1=1 a2=1 a3=1 a4=1 a5=1 a6=1 a7=1 a8=1 a9=1 b1=1 b2=1 b3=1 b4=1 b5=1 b6=1 b7=1 b8=1", 0},
		{`{a = coroutine.yield(1)}`, "a=back", 1},
	} {
		records := 0
		m := newMachine(t, Options{})
		m.Globals().RawSetString("f", NewRecordFunction(taker(&records)))
		m.Globals().RawSetString("plain", m.Main().NewFunction(taker(new(int))))
		out, err := m.run("x", `
local function two() return 1, 2 end
local o = {f = f}
local callable = setmetatable({}, {__call = function(_, t) return plain(t) end})
local function all(...)
  local function lua(t) return plain(t) end
  print(f`+test.args+`)
  print(o:f`+test.args+`)
  print(plain`+test.args+`, lua`+test.args+`, callable`+test.args+`)
  return f`+test.args+`
end
local co = coroutine.wrap(function(...) print(all(...)) end)
co(8, 9)
for i = 1, 6 do pcall(co, "back") end`, CallOptions{})
		if err != nil {
			t.Fatalf("%s: %v", test.args, err)
		}
		want := strings.Repeat(test.want+"\n", 2) + strings.Join([]string{test.want, test.want, test.want}, "\t") + "\n" + test.want + "\n"
		if out != want {
			t.Errorf("%s\ngot  %q\nwant %q", test.args, out, want)
		}
		inner := 3 * max(test.records-1, 0) // nested calls are records whoever is called around them
		if got := records; got != 3*test.records+inner {
			t.Errorf("%s: %d records, want %d", test.args, got, 3*test.records+inner)
		}
		if len(m.records) == 0 && test.records > 0 {
			t.Errorf("%s: no record was given back", test.args)
		}
		for _, r := range m.records {
			if len(r.values) > 0 || slices.ContainsFunc(r.values[:cap(r.values)], func(v lua.LValue) bool { return v != nil }) {
				t.Errorf("%s: a record that was given back holds %v", test.args, r.values[:cap(r.values)])
			}
		}
	}
}

func TestARecordNestedDeepIsATable(t *testing.T) {
	m := newMachine(t, Options{})
	src := `local function f(t) return t.a end print(` + strings.Repeat("f{a = ", 90) + "7" + strings.Repeat("}", 90) + ")"
	if out, err := m.run("x", src, CallOptions{}); err != nil || out != "7\n" {
		t.Errorf("printed %q, %v", out, err)
	}
}

func TestCallsOfNothingWithARecordNameWhatIsCalled(t *testing.T) {
	for src, want := range map[string]string{
		`nothing{a = 1}`:                           "x:1: attempt to call a nil value (global 'nothing')",
		`local t = {} t.nothing{a = 1}`:            "x:1: attempt to call a nil value (field 'nothing')",
		`local t = {} t:nothing{a = 1}`:            "x:1: attempt to call a nil value (method 'nothing')",
		"local t\nprint{\n  a = 1,\n  b = t.x,\n}": "x:4: attempt to index a nil value (local 't')",
	} {
		_, err := newMachine(t, Options{}).run("x", src, CallOptions{})
		if err == nil || err.Error() != want {
			t.Errorf("%s\ngot  %v\nwant %s", src, err, want)
		}
	}
}
