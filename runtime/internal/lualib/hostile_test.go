package lualib

import (
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

// hostile scripts try to take all time or memory in few calls. Each must end
// with the error beside it under a small budget.
var hostile = []struct{ name, script, want string }{
	{"rep of a trillion", `string.rep("x", 1e12)`, "resulting string too large"},
	{"rep beyond integers", `string.rep("xy", math.huge)`, "resulting string too large"},
	{"rep of 100 MB", `("x"):rep(1e8)`, "out of memory"},
	{"rep with separator", `("x"):rep(1e7, ("y"):rep(1e5))`, "resulting string too large"},
	{"rep of rep", `local s = "x" while true do s = s:rep(2) end`, "out of memory"},
	{"gsub with a large replacement", `(("x"):rep(1e5)):gsub("x", ("y"):rep(1e5))`, "out of memory"},
	{"gsub with captures doubled", `local s = "xx" while true do s = s:gsub("(.+)", "%1%1%1%1") end`, "out of memory"},
	{"gsub of every byte", `local s = ("x"):rep(1e6) for i = 1, 1e6 do s:gsub(".", "%0") end`, "out of"},
	{"gsub that calls itself", `local function f(s) return (s:gsub(".", f)) end f("x")`, "stack overflow"},
	{"exponential pattern", `string.find(("a"):rep(30), ("a-"):rep(30) .. "b")`, "out of steps"},
	{"exponential optional pattern", `string.find(("a"):rep(40), ("a?"):rep(40) .. ("a"):rep(40) .. "b")`, "out of steps"},
	{"many stars", `string.match(("a"):rep(1000), ("a*"):rep(20) .. "b")`, "out of steps"},
	{"quadratic scan", `string.match(("a"):rep(1e5), ".-b")`, "out of steps"},
	{"quadratic balance", `string.match(("("):rep(1e5), "%b()")`, "out of steps"},
	{"quadratic back reference", `string.find(("a"):rep(1e5), "(a+)%1b")`, "out of steps"},
	{"quadratic find of frontiers", `string.find(("a"):rep(1e5), "a*%f[b]")`, "out of steps"},
	{"a million captures", `string.find("x", ("("):rep(1e6))`, "pattern too long"},
	{"a million sets", `string.find("x", ("[a]"):rep(1e6))`, "pattern too long"},
	{"deep pattern", `string.find(("a"):rep(5000), ("a?"):rep(5000))`, "pattern too complex"},
	{"gmatch of a bad pattern", `for i = 1, 1e9 do for w in (("a"):rep(1e4)):gmatch(".-b") do end end`, "out of steps"},
	{"unpack of nothing", `unpack({}, 1, 1e8)`, "too many results to unpack"},
	{"unpack beyond integers", `unpack({}, -math.huge, math.huge)`, "too many results to unpack"},
	{"bytes of a long string", `string.byte(("x"):rep(1e6), 1, -1)`, "string slice too long"},
	{"concat of large strings", `local s, t = ("x"):rep(1e6), {} for i = 1, 1e3 do t[i] = s end table.concat(t)`, "resulting string too large"},
	{"concat with a large separator", `local t = {} for i = 1, 100 do t[i] = "" end table.concat(t, ("x"):rep(1e6))`, "out of memory"},
	{"concat of a range", `table.concat({}, "", 1, 1e15)`, "invalid value (nil) at index 1"},
	{"concat again and again", `local t = {} for i = 1, 1e4 do t[i] = "" end while true do table.concat(t) end`, "out of steps"},
	{"format with a wide field", `string.format("%1000000d", 1)`, "width or precision too long"},
	{"format of large strings", `local s = ("x"):rep(1e6) string.format(("%s"):rep(100), unpack((function() local t = {} for i = 1, 100 do t[i] = s end return t end)()))`, "out of memory"},
	{"format of many fields", `string.format(("%99d"):rep(7000):rep(100), 1)`, "bad argument #3 to 'format' (no value)"},
	{"quote of a large string", `local s = ("\0"):rep(1e6) while true do s = string.format("%q", s) end`, "out of"},
	{"upper again and again", `local s = ("x"):rep(1e6) while true do s = s:upper() end`, "out of"},
	{"reverse again and again", `local s = ("x"):rep(1e6) while true do s = s:reverse() end`, "out of"},
	{"number of ten million digits", `assert(tonumber(("1"):rep(1e7)))`, "assertion failed"},
	{"insert far away", `table.insert({}, 67108862, 1)`, "position out of bounds"},
	{"insert in front", `local t = {} for i = 1, 1e9 do table.insert(t, 1, i) end`, "out of steps"},
	{"remove in front", `local t = {} for i = 1, 2e5 do t[i] = i end while t[1] do table.remove(t, 1) end`, "out of steps"},
	{"rawset far away", `rawset({}, 6e7, 1)`, "out of memory"},
	{"sort of many numbers", `local t = {} for i = 1, 1e5 do t[i] = (i * 7919) % 10007 end for i = 1, 1e9 do table.sort(t) end`, "out of"},
	{"sort that calls itself", `local t = {3, 2, 1} local function f() table.sort(t, f) end f()`, "stack overflow"},
	{"__lt that sorts", `local t, mt = {}, {} mt.__lt = function() table.sort(t) end for i = 1, 3 do t[i] = setmetatable({}, mt) end table.sort(t)`, "stack overflow"},
	{"__tostring that calls itself", `tostring(setmetatable({}, {__tostring = function(t) return tostring(t) end}))`, "stack overflow"},
	{"ids for many objects", `while true do tostring({}) end`, "out of memory"},
	{"date of a long format", `os.date(("%c"):rep(2e6))`, "out of"},
	{"date beyond time", `os.date("%c", 1e300)`, "time out of range"},
	{"time beyond dates", `os.time({year = 1e300, month = 1, day = 1})`, "field 'year' is out of range"},
	{"metatable of strings", `setmetatable("", {})`, "table expected, got string"},
	{"methods of strings", `getmetatable("").__index.upper = nil`, "attempt to index"},
	{"library functions", `string.upper = nil`, "the table 'string' is read-only"},
	{"library functions by rawset", `rawset(string, "upper", nil)`, "the table 'string' is read-only"},
	{"library functions by sort", `table.sort(string)`, "the table 'string' is read-only"},
	{"library functions by remove", `table.remove(math, 1)`, "the table 'math' is read-only"},
}

// maxSlice is the most work that may be charged at once, in units: what bounds
// the time between two looks at the run's cancellation, to about a millisecond.
const maxSlice = 1 << 17

type slicingHost struct {
	*testHost
	largest int64
}

func (h *slicingHost) Charge(L *lua.LState, work int64) {
	h.largest = max(h.largest, work)
	h.testHost.Charge(L, work)
}

func TestHostileScriptsEndWithAnError(t *testing.T) {
	for _, tt := range hostile {
		t.Run(tt.name, func(t *testing.T) {
			host := newTestHost()
			host.limited, host.work, host.memory = true, 1<<18, 16<<20
			slices := &slicingHost{testHost: host}
			L := newState(t, slices)
			fn, err := L.Load(strings.NewReader(tt.script), "hostile.lua")
			if err != nil {
				t.Fatal(err)
			}
			L.Push(fn)
			err = scriptError(L.PCall(0, 0, nil))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got error %v, want %q", err, tt.want)
			}
			if slices.largest > maxSlice {
				t.Errorf("charged %d units at once", slices.largest)
			}
		})
	}
}
