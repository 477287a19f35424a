package lualib

import (
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

// printed runs a script that must succeed and returns what it printed.
func printed(t *testing.T, host *testHost, source string) string {
	t.Helper()
	out, err := run(t, host, source)
	if err != nil {
		t.Fatalf("%v\nprinted: %s", err, out)
	}
	return out
}

func expect(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestToStringGivesSequentialIDs(t *testing.T) {
	const script = `
		local a, b, f = {}, {}, function() end
		print(a, b, a)
		print(f, print, f)
		print(tostring(b) == tostring(b), tostring(a) == tostring(b))
		print(("%s"):format(a))`
	const want = "table: 0x00000001\ttable: 0x00000002\ttable: 0x00000001\n" +
		"function: 0x00000003\tfunction: 0x00000004\tfunction: 0x00000003\n" +
		"true\tfalse\n" +
		"table: 0x00000001\n"
	expect(t, printed(t, newTestHost(), script), want)
	expect(t, printed(t, newTestHost(), script), want) // the same in every run
}

func TestToStringOfUserdataAndThreads(t *testing.T) {
	host := newTestHost()
	L := newState(t, host)
	ud := L.NewUserData()
	ud.Value = struct{ Secret string }{"hunter2"}
	expect(t, ToString(L, ud), "userdata: 0x00000001")
	expect(t, ToString(L, L), "thread: 0x00000002")
	meta := L.NewTable()
	meta.RawSetString("__tostring", L.NewFunction(func(L *lua.LState) int {
		L.Push(lua.LString("server web1"))
		return 1
	}))
	ud.Metatable = meta
	expect(t, ToString(L, ud), "server web1")
}

func TestFormatNeverShowsGoValues(t *testing.T) {
	host := newTestHost()
	L := newState(t, host)
	ud := L.NewUserData()
	ud.Value = struct{ Secret string }{"hunter2"}
	L.SetGlobal("ud", ud)
	err := L.DoString(`
		print(string.format("%s", ud))
		for _, verb in ipairs{"d", "v", "+v", "#v", "T", "p", "x", "q", "g", "c", "U", "b", "t"} do
			print(verb, select(2, pcall(string.format, "%" .. verb, ud)))
		end`)
	if err != nil {
		t.Fatal(err)
	}
	if out := host.printed.String(); strings.Contains(out, "hunter2") || strings.Contains(out, "struct") {
		t.Errorf("a Go value is shown: %s", out)
	}
}

func TestRebindStartsAgain(t *testing.T) {
	first := newTestHost()
	L := newState(t, first)
	const script = `print({}) print(math.random(1e6))`
	if err := L.DoString(script); err != nil {
		t.Fatal(err)
	}
	second := newTestHost()
	Rebind(L, second)
	if err := L.DoString(script); err != nil {
		t.Fatal(err)
	}
	if second.printed.Len() == 0 {
		t.Error("the new host is not used")
	}
	expect(t, second.printed.String(), first.printed.String())
}

func TestPrint(t *testing.T) {
	expect(t, printed(t, newTestHost(), `
		print()
		print(nil, 1, "x", true, 0.1)
		print(setmetatable({}, {__tostring = function() print("inner") return "outer" end}))
		print("a\0b")`),
		"\nnil\t1\tx\ttrue\t0.1\ninner\nouter\na\x00b\n")
}

func TestToStringMustBeTextForOutput(t *testing.T) {
	for _, script := range []string{`print(t)`, `string.format("%s", t)`} {
		_, err := run(t, newTestHost(), `t = setmetatable({}, {__tostring = function() return {} end}) `+script)
		if err == nil || err.Error() != "test.lua:1: '__tostring' must return a string, not table" {
			t.Errorf("%s: %v", script, err)
		}
	}
}

func TestRandomNumbersBelongToTheRun(t *testing.T) {
	const script = `local t = {} for i = 1, 5 do t[i] = math.random(1000) end print(table.concat(t, " "))`
	const want = "336 878 87 77 702\n"
	expect(t, printed(t, newTestHost(), script), want)
	other := newTestHost()
	other.seed = 43
	if printed(t, other, script) == want {
		t.Error("the host's seed is not used")
	}
	expect(t, printed(t, newTestHost(), `
		math.randomseed(1) local a = math.random()
		math.randomseed(1) print(a == math.random())
		math.randomseed(2) print(a == math.random())`), "true\nfalse\n")
}

func TestCollectGarbageCountsTheHostsMemory(t *testing.T) {
	expect(t, printed(t, newTestHost(), `print(collectgarbage("count"))`), "2\n")
}

func TestIterationOrderIsStable(t *testing.T) {
	expect(t, printed(t, newTestHost(), `
		local t = {z = 1, a = 2, "first", m = 3}
		t[true] = 4
		t[2] = "second"
		for k, v in pairs(t) do print(k, v) end`),
		"1\tfirst\n2\tsecond\nz\t1\na\t2\nm\t3\ntrue\t4\n")
}

func TestAssertPassesErrorValues(t *testing.T) {
	expect(t, printed(t, newTestHost(), `
		local e = {kind = "not_found"}
		local ok, got = pcall(function() assert(nil, e) end)
		print(ok, got == e)
		print(assert(1, "two", 3))`),
		"false\ttrue\n1\ttwo\t3\n")
}
