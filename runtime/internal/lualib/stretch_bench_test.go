package lualib

import (
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"
)

// A stretchHost measures the longest time between two looks at the budget.
type stretchHost struct {
	*testHost
	last    time.Time
	longest time.Duration
}

func (h *stretchHost) Charge(L *lua.LState, work int64) {
	now := time.Now()
	h.longest = max(h.longest, now.Sub(h.last))
	h.last = now
}

func (h *stretchHost) Reserve(L *lua.LState, bytes int64) { h.Charge(L, 0) }

// BenchmarkLongestStretch reports for how long calls on large inputs work
// without asking the host, which is how late they notice a cancellation.
func BenchmarkLongestStretch(b *testing.B) {
	for _, bench := range []struct{ name, prepare, script string }{
		{"rep", ``, `return ("x"):rep(2^27)`},
		{"upper", `s = ("x"):rep(1e8)`, `return s:upper()`},
		{"find-plain", `s = ("x"):rep(1e8)`, `return s:find("xy", 1, true)`},
		{"find-class", `s = ("x"):rep(1e8)`, `return s:find("%d")`},
		{"find-anchored", `s = ("x"):rep(1e8)`, `return s:find("^[%w_]*$")`},
		{"gsub", `s = ("x"):rep(1e7)`, `return s:gsub("x", "yz")`},
		{"gsub-one", `s = ("x"):rep(1e8)`, `return s:gsub("^x*$", "%0")`},
		{"quote", `s = ("x"):rep(1e8)`, `return string.format("%q", s)`},
		{"format", `s = ("x"):rep(6e7)`, `return string.format("%s%s", s, s)`},
		{"concat-large", `t = {("x"):rep(6e7), ("y"):rep(6e7)}`, `return table.concat(t)`},
		{"concat-many", `t = {} for i = 1, 1e6 do t[i] = "item" end`, `return table.concat(t, ",")`},
		{"sort-numbers", `t = {} for i = 1, 1e6 do t[i] = math.random() end`, `table.sort(t)`},
		{"sort-strings", `t = {} for i = 1, 1e6 do t[i] = tostring(math.random(1e9)) end`, `table.sort(t)`},
		{"insert-front", `t = {} for i = 1, 1e6 do t[i] = i end`, `for i = 1, 10 do table.insert(t, 1, i) end`},
		{"maxn", `t = {} for i = 1, 1e6 do t["k" .. i] = i end`, `return table.maxn(t)`},
	} {
		b.Run(bench.name, func(b *testing.B) {
			host := &stretchHost{testHost: newTestHost()}
			L := newState(b, host)
			if err := L.DoString(bench.prepare); err != nil {
				b.Fatal(err)
			}
			fn, err := L.LoadString(bench.script)
			if err != nil {
				b.Fatal(err)
			}
			var longest time.Duration
			for b.Loop() {
				host.last, host.longest = time.Now(), 0
				L.Push(fn)
				L.Call(0, 0)
				host.Charge(L, 0)
				longest = max(longest, host.longest)
			}
			b.ReportMetric(float64(longest.Microseconds())/1000, "ms-longest")
			b.ReportMetric(0, "ns/op")
		})
	}
}
