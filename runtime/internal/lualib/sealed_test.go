package lualib

import (
	"sync"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

func TestSealedTablesReadLikeTables(t *testing.T) {
	expect(t, printed(t, newTestHost(), `
		print(string.rep == rawget(string, "rep"), ("x").rep == string.rep)
		print(next(math), next(math, "abs"))
		local names = {}
		for name, fn in pairs(os) do names[#names + 1] = name .. " " .. type(fn) end
		print(table.concat(names, ", "))
		print(getmetatable(string), string.nonsense, table.maxn(string), rawlen(string))`),
		"true\ttrue\n"+
			"abs\tacos\tfunction: 0x00000001\n"+
			"clock function, date function, difftime function, time function\n"+
			"false\tnil\t0\t0\n")
}

func TestSealedTablesCannotBeChanged(t *testing.T) {
	for _, tt := range []struct{ script, want string }{
		{`string.upper = 1`, "test.lua:1: the table 'string' is read-only: it cannot be given a field 'upper'"},
		{`math[1] = 1`, "test.lua:1: the table 'math' is read-only: it cannot be given a field '1'"},
		{`os[true] = 1`, "test.lua:1: the table 'os' is read-only: it cannot be given a field 'true'"},
		{`os[{}] = 1`, "test.lua:1: the table 'os' is read-only: it cannot be given a field 'table'"},
		{`rawset(table, "x", 1)`, "test.lua:1: the table 'table' is read-only"},
		{`table.insert(table, 1)`, "test.lua:1: the table 'table' is read-only"},
		{`table.remove(table)`, "test.lua:1: the table 'table' is read-only"},
		{`table.sort(table)`, "test.lua:1: the table 'table' is read-only"},
		{`setmetatable(os, nil)`, "test.lua:1: cannot change a protected metatable"},
	} {
		if _, err := run(t, newTestHost(), tt.script); err == nil || err.Error() != tt.want {
			t.Errorf("%s\n\tgot  %v\n\twant %s", tt.script, err, tt.want)
		}
	}
}

// TestLazyTablesAreFilledFirst marks a metatable as a host does and checks that
// each function that works without metamethods sees the table filled.
func TestLazyTablesAreFilledFirst(t *testing.T) {
	for _, tt := range []struct{ script, want string }{
		{`for k, v in pairs(row) do print(k, v) end`, "1\tfirst\nname\tweb1\n"},
		{`print(next(row))`, "1\tfirst\n"},
		{`for i, v in ipairs(row) do print(i, v) end`, "1\tfirst\n"},
		{`print(rawget(row, "name"))`, "web1\n"},
		{`print(rawlen(row), table.getn(row), table.maxn(row))`, "1\t1\t1\n"},
		{`rawset(row, "name", "mine") print(rawget(row, "name"))`, "mine\n"},
		{`print(unpack(row))`, "first\n"},
		{`print(table.concat(row))`, "first\n"},
		{`table.insert(row, 1, "zeroth") print(table.concat(row, ","))`, "zeroth,first\n"},
		{`print(table.remove(row), #row)`, "first\t0\n"},
		{`table.insert(row, "a") table.sort(row) print(table.concat(row, ","))`, "a,first\n"},
		{`table.foreach(row, print)`, "1\tfirst\nname\tweb1\n"},
		{`table.foreachi(row, print)`, "1\tfirst\n"},
		{`print(("$name"):gsub("%$(%w+)", row))`, "web1\t1\n"},
	} {
		host := newTestHost()
		L := newState(t, host)
		lazy, full := L.NewTable(), L.NewTable()
		lazy.RawSetInt(1, &lua.LUserData{Metatable: lua.LNil})
		fills := 0
		host.materialize = func(t *lua.LTable) {
			if t.Metatable == lazy {
				t.Metatable = full
				t.RawSetInt(1, lua.LString("first"))
				t.RawSetString("name", lua.LString("web1"))
				fills++
			}
		}
		lazy.RawSetString("__index", L.NewFunction(func(L *lua.LState) int {
			host.Materialize(L.CheckTable(1))
			L.Push(L.CheckTable(1).RawGet(L.Get(2)))
			return 1
		}))
		row := L.NewTable()
		row.Metatable = lazy
		L.SetGlobal("row", row)
		if err := L.DoString(tt.script); err != nil {
			t.Errorf("%s: %v", tt.script, err)
		}
		if got := host.printed.String(); got != tt.want || fills != 1 {
			t.Errorf("%s\n\tgot  %q after %d fills\n\twant %q", tt.script, got, fills, tt.want)
		}
	}
}

// TestStatesShareALibrary runs many states of one library at once; the race
// detector watches.
func TestStatesShareALibrary(t *testing.T) {
	lib := New(Config{})
	var group sync.WaitGroup
	for range 8 {
		group.Add(1)
		go func() {
			defer group.Done()
			host := newTestHost()
			L := lua.NewState(lua.Options{SkipOpenLibs: true})
			defer L.Close()
			lib.Open(L, host)
			err := L.DoString(`
				local t = {}
				for i = 1, 200 do t[i] = ("%d"):format(math.random(100)):rep(2):gsub("%d", "x%0") end
				table.sort(t)
				for name in pairs(string) do t[#t + 1] = name end
				print(#table.concat(t, ","), string, os.date("!%c"))`)
			if err != nil {
				t.Error(err)
			}
			if host.printed.Len() == 0 {
				t.Error("nothing was printed")
			}
		}()
	}
	group.Wait()
}

func TestHostsExtendTheLibrary(t *testing.T) {
	constant := func(text string) lua.LGFunction {
		return func(L *lua.LState) int { L.Push(lua.LString(text)); return 1 }
	}
	lib := New(Config{Extra: []Function{
		{"os.getenv", constant("from the host")},
		{"os.time", constant("replaced")},
		{"fs.read", constant("new table")},
		{"hello", constant("new global")},
	}})
	host := newTestHost()
	L := newState(t, host)
	lib.Open(L, host)
	if err := L.DoString(`print(os.getenv("HOME"), os.time(), fs.read(), hello(), os.clock())`); err != nil {
		t.Fatal(err)
	}
	expect(t, host.printed.String(), "from the host\treplaced\tnew table\tnew global\t1.5\n")
}
