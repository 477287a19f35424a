package lualib

import (
	"runtime"
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

// TestReserveCoversAllocations compares what calls with large results allocate
// with what they reserved.
func TestReserveCoversAllocations(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector allocates too")
	}
	for _, script := range []string{
		`string.rep("x", 1e7)`,
		`string.rep("ab", 3e6, ",")`,
		`text:upper()`,
		`text:reverse()`,
		`text:gsub("a", "bc")`,
		`text:gsub(".", {a = "xyz"})`,
		`string.format("%s%s", text, text)`,
		`string.format("%q", text)`,
		`table.concat(list, ", ")`,
		`table.sort(list)`,
		`table.sort(numbers)`,
		`os.date(("%c"):rep(1e5))`,
	} {
		t.Run(script, func(t *testing.T) {
			host := newTestHost()
			L := newState(t, host)
			L.SetGlobal("text", lua.LString(strings.Repeat("a", 1<<20)))
			list, numbers := L.CreateTable(1<<16, 0), L.CreateTable(1<<16, 0)
			for i := range 1 << 16 {
				list.Append(lua.LString(strings.Repeat("x", i%32)))
				numbers.Append(lua.LNumber(i % 1000))
			}
			L.SetGlobal("list", list)
			L.SetGlobal("numbers", numbers)
			fn, err := L.Load(strings.NewReader(script), "reserve.lua")
			if err != nil {
				t.Fatal(err)
			}
			var before, after runtime.MemStats
			host.reserved = 0
			runtime.ReadMemStats(&before)
			L.Push(fn)
			L.Call(0, 0)
			runtime.ReadMemStats(&after)
			const overhead = 64 << 10
			if took := int64(after.TotalAlloc - before.TotalAlloc); took > host.reserved*5/4+overhead {
				t.Errorf("took %d bytes, reserved %d", took, host.reserved)
			}
		})
	}
}

// TestWorkIsCharged holds what calls charge to about what they cost, so that a
// budget bounds time.
func TestWorkIsCharged(t *testing.T) {
	for _, tt := range []struct {
		script string
		least  int64
	}{
		{`text:find("b", 1, true)`, 1 << 20 / 16 / patternsPerUnit},
		{`text:find("%d")`, 1 << 20 / patternsPerUnit},
		{`text:find("^a*$")`, 1 << 20 / patternsPerUnit},
		{`("a"):rep(800):find("^a*$")`, 100},
		{`text:gsub("a", "b")`, 1 << 20 / patternsPerUnit},
		{`("a"):gsub("b", ("%%"):rep(1e6))`, 1e6*2/bytesPerUnit + 1e6/patternsPerUnit - 4096},
		{`("a"):gsub("a", ("%%"):rep(1e6))`, 1e6*3/bytesPerUnit + 2e6/patternsPerUnit - 4096},
		{`text:rep(8)`, 7 << 20 / bytesPerUnit},
		{`text:upper()`, 1 << 20 / slotsPerUnit},
		{`text:reverse()`, 1 << 20 / slotsPerUnit},
		{`("%q"):format(text)`, 1 << 20 / slotsPerUnit},
		{`("%s"):format(text)`, 1 << 20 / bytesPerUnit},
		{`text:byte(1, 8000)`, 8000 / slotsPerUnit},
		{`table.concat(list)`, 1 << 16},
		{`table.concat(list, "", 1, 1000)`, 1000},
		{`table.concat({text, text})`, 2 << 20 / bytesPerUnit},
		{`table.sort(list)`, 1 << 17},
		{`table.sort({text:rep(4) .. "b", text:rep(4) .. "a"})`, 4 << 20 / bytesPerUnit * 2},
		{`("%%"):rep(1e5):format()`, 1e5 - conversionsPerCharge},
		{`table.insert(list, 1, "")`, 1 << 16 / 8 / slotsPerUnit},
		{`table.remove(list, 1)`, 1000},
		{`table.maxn(list)`, 1 << 16 / slotsPerUnit},
		{`unpack(list, 1, 8000)`, 8000 / slotsPerUnit},
		{`os.date(("%c"):rep(1e5))`, 2e5},
		{`text:sub(1, 5000):match(("a"):rep(5000))`, 2500},
	} {
		host := newTestHost()
		L := newState(t, host)
		L.SetGlobal("text", lua.LString(strings.Repeat("a", 1<<20)))
		list := L.CreateTable(1<<16, 0)
		for i := range 1 << 16 {
			list.Append(lua.LString(strings.Repeat("x", i%3)))
		}
		L.SetGlobal("list", list)
		if err := L.DoString("return " + tt.script); err != nil {
			t.Fatal(err)
		}
		if host.charged < tt.least {
			t.Errorf("%s: charged %d units, want %d", tt.script, host.charged, tt.least)
		}
	}
}

func TestOutputsHaveALimit(t *testing.T) {
	L := newState(t, newTestHost())
	L.SetGlobal("grow", L.NewFunction(func(L *lua.LState) int {
		out := instanceOf(L).take(L)
		out.bytes = make([]byte, maxString-1, maxString)
		out.writeByte('x')
		out.writeByte('x')
		return 0
	}))
	err := scriptError(L.DoString(`grow()`))
	if err == nil || err.Error() != "<string>:1: resulting string too large" {
		t.Errorf("got %v", err)
	}
}

func TestThePatternCacheIsBounded(t *testing.T) {
	L := newState(t, newTestHost())
	if err := L.DoString(`
		for i = 1, 1000 do ("x"):find("^" .. i) for _ in ("x"):gmatch("^" .. i) do end end
		("x"):find("x+" .. ("y"):rep(1000))`); err != nil {
		t.Fatal(err)
	}
	cache := instanceOf(L).patterns
	if n, m := len(cache.anchored), len(cache.literal); n == 0 || m == 0 || n > cachedPatterns || m > cachedPatterns {
		t.Errorf("%d and %d patterns are cached", n, m)
	}
	for text := range cache.anchored {
		if len(text) > cachedPatternLength {
			t.Errorf("a pattern of %d bytes is cached", len(text))
		}
	}
}
