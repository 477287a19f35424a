package lualib

import (
	"slices"
	"strings"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"
)

// benchmarks are scripts that return the function to measure.
var benchmarks = []struct{ name, script string }{
	{"gsub-10k-matches", `
		local s = ("x,"):rep(10000)
		return function() return (s:gsub(",", ";")) end`},
	{"gsub-function", `
		local s = ("word "):rep(1000)
		return function() return (s:gsub("%w+", function(w) return w end)) end`},
	{"pattern-mix", `
		local line = "2026-03-09T14:05:06Z web-01 sshd[1234]: Accepted publickey for root from 10.1.2.3 port 22"
		return function()
			local y, m, d = line:match("^(%d+)-(%d+)-(%d+)T")
			local ip = line:match("from ([%d%.]+)")
			local n = 0
			for w in line:gmatch("%a+") do n = n + #w end
			local key, value = ("name = web1  "):match("^(%w+)%s*=%s*(.-)%s*$")
			return line:gsub("%d+", "N"), y, m, d, ip, n, key, value
		end`},
	{"match-one", `
		local s = "key = value"
		return function() return s:match("(%w+) = (%w+)") end`},
	{"find-plain", `
		local s = ("a"):rep(100) .. "needle"
		return function() return s:find("needle", 1, true) end`},
	{"format", `
		return function()
			return string.format("%-10s %5d %8.2f %s %x", "web1", 42, 3.14159, "ACTIVE", 255)
		end`},
	{"format-d", `return function() return string.format("server-%d", 12345) end`},
	{"concat-2000", `
		local t = {}
		for i = 1, 2000 do t[i] = "item" .. i end
		return function() return table.concat(t, ", ") end`},
	{"concat-numbers", `
		local t = {}
		for i = 1, 1000 do t[i] = i * 1000 end
		return function() return table.concat(t, ",") end`},
	{"concat-long", `
		local t = {}
		for i = 1, 100 do t[i] = ("x"):rep(10000) end
		return function() return table.concat(t) end`},
	{"concat-3", `
		local t = {"web1", "web2", "web3"}
		return function() return table.concat(t, ",") end`},
	{"format-s", `return function() return string.format("%s/%s", "servers", "4711") end`},
	{"format-float", `return function() return string.format("%.2f %g", 3.14159, 0.1) end`},
	{"gsub-one", `
		local s = "a,b"
		return function() return (s:gsub(",", ";")) end`},
	{"gsub-captures", `
		local s = ("key=value, "):rep(100)
		return function() return (s:gsub("(%w+)=(%w+)", "%2=%1")) end`},
	{"gsub-table", `
		local s, t = ("$name is $state. "):rep(20), {name = "web1", state = "ACTIVE"}
		return function() return (s:gsub("%$(%w+)", t)) end`},
	{"gsub-none", `
		local s = ("word "):rep(100)
		return function() return (s:gsub("%d+", "")) end`},
	{"match-trim", `
		local s = "   some text with spaces   "
		return function() return s:match("^%s*(.-)%s*$") end`},
	{"match-none", `
		local s = ("word "):rep(100)
		return function() return s:match("%d+") end`},
	{"gmatch", `
		local s = ("key=value, "):rep(20)
		return function() local n = 0 for k, v in s:gmatch("(%w+)=(%w+)") do n = n + 1 end return n end`},
	{"nothing", `local s = "" return function() return string.len(s) end`}, // what any call costs
	{"unpack-5", `
		local source = {1, 2, 3, 4, 5}
		return function() return unpack(source) end`},
	{"unpack-5000", `
		local source = {}
		for i = 1, 10000 do source[i] = (i * 7919) % 10007 end
		return function() local t = {unpack(source, 1, 5000)} return t end`},
	{"sort-numbers", `
		local source = {}
		for i = 1, 10000 do source[i] = (i * 7919) % 10007 end
		return function() local t = {unpack(source, 1, 5000)} table.sort(t) return t end`},
	{"sort-strings", `
		local source = {}
		for i = 1, 5000 do source[i] = "name" .. (i * 7919) % 10007 end
		return function() local t = {unpack(source)} table.sort(t) return t end`},
	{"sort-function", `
		local source = {}
		for i = 1, 2000 do source[i] = {n = (i * 7919) % 10007} end
		return function() local t = {unpack(source)} table.sort(t, function(a, b) return a.n < b.n end) return t end`},
	{"tostring", `return function() return tostring(12345), tostring(0.1), tostring("x"), tostring(true) end`},
	{"tonumber", `return function() return tonumber("12345"), tonumber("1.5"), tonumber("0xff") end`},
	{"rep-sub-upper", `
		local s = "Hello, World"
		return function() return s:rep(10), s:sub(2, 5), s:upper(), s:lower(), s:byte(1), #s:reverse() end`},
	{"pairs-100", `
		local t = {}
		for i = 1, 100 do t["key" .. i] = i end
		return function() local n = 0 for _, v in pairs(t) do n = n + v end return n end`},
	{"ipairs-100", `
		local t = {}
		for i = 1, 100 do t[i] = i end
		return function() local n = 0 for _, v in ipairs(t) do n = n + v end return n end`},
	{"insert-remove", `
		local t = {}
		return function() for i = 1, 10 do table.insert(t, i) end for i = 1, 10 do table.remove(t) end end`},
	{"math", `return function() return math.floor(3.7) + math.max(1, 2, 3) + math.abs(-5) + math.random(10) end`},
}

// BenchmarkLibrary measures the library and the one that gopher-lua ships by
// turns. It reports the lower quartile of the turns, which what else the machine
// does hardly changes; x-stock is how many times as fast the library is.
func BenchmarkLibrary(b *testing.B) {
	for _, bench := range benchmarks {
		b.Run(bench.name, func(b *testing.B) {
			stock := lua.NewState(lua.Options{RegistrySize: 256 * 20, RegistryMaxSize: 1 << 20, RegistryGrowStep: 4096})
			defer stock.Close()
			ours, theirs := scriptFunction(b, newState(b, newTestHost()), bench.script), scriptFunction(b, stock, bench.script)
			calls := 1 + int(200*time.Microsecond/ours(1)) // a turn takes 0.2 ms or one call
			var own, reference []time.Duration
			for b.Loop() {
				own = append(own, ours(calls))
				reference = append(reference, theirs(calls))
			}
			perCall := func(turns []time.Duration) float64 {
				slices.Sort(turns)
				return float64(turns[len(turns)/4]) / float64(calls)
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(perCall(own), "ns-own")
			b.ReportMetric(perCall(reference), "ns-stock")
			b.ReportMetric(perCall(reference)/perCall(own), "x-stock")
		})
	}
}

// scriptFunction runs a script and returns what calls the function that the
// script returns, n times, and tells how long that took.
func scriptFunction(b *testing.B, L *lua.LState, script string) func(n int) time.Duration {
	if err := L.DoString(script); err != nil {
		b.Fatal(err)
	}
	fn := L.Get(-1)
	L.Pop(1)
	return func(n int) time.Duration {
		start := time.Now()
		for range n {
			L.Push(fn)
			L.Call(0, 0)
		}
		return time.Since(start)
	}
}

func measureScript(b *testing.B, L *lua.LState, script string) {
	if err := L.DoString(script); err != nil {
		b.Fatal(err)
	}
	fn := L.Get(-1)
	L.Pop(1)
	b.ReportAllocs()
	for b.Loop() {
		L.Push(fn)
		L.Call(0, 0)
	}
}

func BenchmarkOpen(b *testing.B) {
	host := newTestHost()
	lib := New(Config{})
	b.Run("state-only", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			bareState().Close()
		}
	})
	b.Run("state-and-library", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			L := bareState()
			lib.Open(L, host)
			L.Close()
		}
	})
	b.Run("new-library", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			New(Config{})
		}
	})
}

func bareState() *lua.LState {
	return lua.NewState(lua.Options{SkipOpenLibs: true, RegistrySize: 256, MinimizeStackMemory: true, CallStackSize: 200})
}

// BenchmarkUnits measures what stands behind the costs in host.go: how much of
// each kind of work takes as long as one VM instruction.
func BenchmarkUnits(b *testing.B) {
	text := strings.Repeat("a", 1<<16)
	for _, unit := range []struct{ name, script string }{
		{"instructions-3e5", `return function() for i = 1, 1e5 do local x = i + 1 end end`},
		{"rep-65536-bytes", `return function() return ("0123456789abcdef"):rep(4096) end`},
		{"span-65536-bytes", `return function() return text:find("^[%w_]*$") end`},
		{"backtrack-65536-steps", `local s = text:sub(1, 361) return function() return s:find(".-b") end`},
		{"upper-65536-bytes", `return function() return text:upper() end`},
		{"concat-65536-slots", `local t = {} for i = 1, 65536 do t[i] = "" end return function() return table.concat(t) end`},
	} {
		b.Run(unit.name, func(b *testing.B) {
			L := newState(b, newTestHost())
			L.SetGlobal("text", lua.LString(text))
			measureScript(b, L, unit.script)
		})
	}
}
