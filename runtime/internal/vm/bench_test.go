package vm

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"
)

var benchmarks = map[string]string{
	"less":   `local n, i = 50000, 0 while i < n do i = i + 1 end return i`,
	"texts":  `local a, b, n = "server-alpha", "server-beta", 0 for i = 1, 50000 do if a < b then n = n + 1 end end return n`,
	"fib":    `local function fib(n) if n < 2 then return n end return fib(n-1) + fib(n-2) end return fib(20)`,
	"loop":   `local s = 0 for i = 1, 100000 do s = s + i * 2 end return s`,
	"table":  `local t = {} for i = 1, 20000 do t[i] = i end local s = 0 for i, v in ipairs(t) do s = s + v end return s`,
	"concat": `local s for i = 1, 20000 do s = "a" .. i .. "b" end return s`,
	"modulo": `local s = 0 for i = 1, 50000 do s = s + i % 7 end return s`,
	"swap":   `local a, b = 1, 2 for i = 1, 50000 do a, b = b, a end return a`,
}

// BenchmarkRun compares this package with gopher-lua as it is: without a
// context, and with a context that has a timeout. The three take turns, and the
// lower quartile of each counts, because other work on the machine moves single
// figures more than the difference between them.
func BenchmarkRun(b *testing.B) {
	for _, name := range slices.Sorted(maps.Keys(benchmarks)) {
		b.Run(name, func(b *testing.B) {
			src := benchmarks[name]
			ctx, cancel := context.WithTimeout(b.Context(), time.Hour)
			defer cancel()
			runs := []func(){stockRun(b, src, nil), stockRun(b, src, ctx), vmRun(b, src)}
			times := make([][]time.Duration, len(runs))
			for b.Loop() {
				for i, run := range runs {
					start := time.Now()
					run()
					times[i] = append(times[i], time.Since(start))
				}
			}
			quartile := func(i int) float64 {
				slices.Sort(times[i])
				return float64(times[i][len(times[i])/4])
			}
			b.ReportMetric(quartile(2)/1e3, "µs-vm")
			b.ReportMetric(quartile(2)/quartile(0), "x-stock")
			b.ReportMetric(quartile(2)/quartile(1), "x-timeout")
		})
	}
}

func vmRun(b *testing.B, src string) func() {
	m := newMachine(b, Options{})
	p, err := Compile("bench", []byte(src), CompileOptions{})
	if err != nil {
		b.Fatal(err)
	}
	fn := m.Load(p, nil)
	budget := NewBudget(BudgetOptions{Steps: 1 << 60, MaxAlloc: 1 << 30})
	return func() {
		if _, err := m.Call(CallOptions{Budget: budget}, fn); err != nil {
			b.Fatal(err)
		}
	}
}

func stockRun(b *testing.B, src string, ctx context.Context) func() {
	L := lua.NewState()
	b.Cleanup(L.Close)
	if ctx != nil {
		L.SetContext(ctx)
	}
	fn, err := L.LoadString(src)
	if err != nil {
		b.Fatal(err)
	}
	return func() {
		L.Push(fn)
		L.Call(0, 0)
	}
}

func stock(b *testing.B, src string) {
	run := stockRun(b, src, nil)
	for b.Loop() {
		run()
	}
}

// BenchmarkPcall is a protected call that succeeds, one that fails, and a
// coroutine, in loops of 1,000.
func BenchmarkPcall(b *testing.B) {
	sources := map[string]string{
		"ok":        `local function f() end for i = 1, 1000 do pcall(f) end`,
		"fail":      `local function f() error("x") end for i = 1, 1000 do pcall(f) end`,
		"resume":    `local co = coroutine.wrap(function() while true do coroutine.yield() end end) for i = 1, 1000 do co() end`,
		"coroutine": `for i = 1, 1000 do coroutine.wrap(function() end)() end`,
	}
	for name, src := range sources {
		b.Run(name+"/stock", func(b *testing.B) { stock(b, src) })
		b.Run(name+"/vm", func(b *testing.B) {
			m := newMachine(b, Options{})
			p, _ := Compile(name, []byte(src), CompileOptions{})
			fn := m.Load(p, nil)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := m.Call(CallOptions{}, fn); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkCompile compiles 1,000 lines.
func BenchmarkCompile(b *testing.B) {
	var src strings.Builder
	for i := range 250 {
		fmt.Fprintf(&src, "local function f%d(a, b, ...)\n  if a > %d and b.x[%d] then return g(a, \"s%d\") .. a else a, b = b, a end\n  for i, v in ipairs({a, b, x = %d}) do print(i, v) end\nend\n", i%150, i, i, i, i)
		if i%150 == 149 {
			src.WriteString("do end ")
		}
	}
	text := strings.ReplaceAll(src.String(), "local function", "function")
	b.Run("stock", func(b *testing.B) {
		L := lua.NewState()
		defer L.Close()
		b.ReportAllocs()
		for b.Loop() {
			if _, err := L.LoadString(text); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("vm", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := Compile("bench", []byte(text), CompileOptions{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkState makes a state with the VM's own functions.
func BenchmarkState(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		s, err := New(Options{})
		if err != nil {
			b.Fatal(err)
		}
		s.OpenBase()
	}
}
