package runtime

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"
)

// benchModules have verbs that do nothing, so that what remains is the door.
func benchModules() []Module {
	params := []Param{{Name: "id", Type: ID, Required: true}, {Name: "type", Type: String, Enum: []string{"SOFT", "HARD"}, Default: "SOFT"}}
	rows := Rows{Type: "row"}
	for i := range 1000 {
		rows.Raw = append(rows.Raw, fmt.Appendf(nil, `{"id": %d, "name": "server-%d", "status": "ACTIVE", "flavorId": 1, "imageId": 2, "hostId": "e4d909c290d0fb1ca068ffaddf22cbd0", "progress": 100, "addresses": {"public": ["192.0.2.1"], "private": ["10.0.0.1"]}, "metadata": {"role": "web"}}`, i, i))
	}
	return []Module{{
		Name:    "bench",
		Objects: []ObjectType{{Name: "row", Fields: []Field{{Name: "id", Type: ID}}}},
		Verbs: []Verb{
			{Name: "bench.inline", Effect: Read, Params: params, Inline: func(context.Context, *Call) (any, error) { return nil, nil }},
			{Name: "bench.func", Effect: Read, Params: params, Func: func(context.Context, *Call) (any, error) { return nil, nil }},
			{Name: "bench.rows", Effect: Read, Inline: func(context.Context, *Call) (any, error) { return rows, nil }},
		},
	}}
}

// loop runs body b.N times inside one run.
func loop(b *testing.B, body string) {
	rt, err := New(Config{Policy: AllowAll(), Modules: benchModules(), Limits: Limits{Steps: 1 << 60, Calls: 1 << 60}})
	if err != nil {
		b.Fatal(err)
	}
	p, err := Compile("bench.lua", []byte("local inline, func, rows = bench.inline, bench.func, bench.rows for i = 1, params.n do "+body+" end"))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.ResetTimer()
	if _, err := rt.Run(context.Background(), p, RunOptions{Params: map[string]any{"n": b.N}}); err != nil {
		b.Fatal(err)
	}
}

// One verb call through the whole door with two arguments to check. Inline verbs
// keep the interpreter, others hand it over. The reference is a raw gopher-lua
// function of two arguments in the same loop.
func BenchmarkVerbCall(b *testing.B) {
	b.Run("inline", func(b *testing.B) { loop(b, `inline(7, "HARD")`) })
	b.Run("func", func(b *testing.B) { loop(b, `func(7, "HARD")`) })
	b.Run("named", func(b *testing.B) { loop(b, `inline{id = 7, type = "HARD"}`) })
	b.Run("raw", func(b *testing.B) {
		L := lua.NewState()
		defer L.Close()
		L.SetGlobal("inline", L.NewFunction(func(L *lua.LState) int {
			_, _ = L.CheckNumber(1), L.CheckString(2)
			return 0
		}))
		L.SetGlobal("n", lua.LNumber(b.N))
		b.ReportAllocs()
		b.ResetTimer()
		if err := L.DoString(`local inline = inline for i = 1, n do inline(7, "HARD") end`); err != nil {
			b.Fatal(err)
		}
	})
}

// A list of 1,000 rows handed to Lua, which reads two fields of each.
func BenchmarkRows(b *testing.B) {
	b.Run("hand over", func(b *testing.B) { loop(b, `rows()`) })
	b.Run("read two fields", func(b *testing.B) {
		loop(b, `local n = 0 for _, s in ipairs(rows()) do if s.status == "ACTIVE" then n = n + #s.name end end`)
	})
}

func BenchmarkRunEmpty(b *testing.B) {
	for _, test := range []struct {
		name    string
		modules []Module
	}{{"plain", nil}, {"with verbs", cloud()}} {
		b.Run(test.name, func(b *testing.B) {
			rt, err := New(Config{Policy: AllowAll(), Modules: test.modules, Limits: Limits{Steps: 1e6, Calls: 100, Output: 1000}})
			if err != nil {
				b.Fatal(err)
			}
			p, err := Compile("bench.lua", nil)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := rt.Run(context.Background(), p, RunOptions{ID: "bench"}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A short rule with every limit on and a module of its own: what a service runs
// for each request.
func BenchmarkRunRule(b *testing.B) {
	rt, err := New(Config{Policy: AllowAll(), Modules: cloud(),
		Limits:  Limits{Steps: 1e6, Calls: 100, Output: 1000, Memory: 64 << 20, Time: time.Minute, Tasks: 10},
		Require: func(string) (string, []byte, error) { return "ages.lua", []byte(`return {limit = 3600}`), nil }})
	if err != nil {
		b.Fatal(err)
	}
	for name, source := range map[string]string{
		"rule": `
local old = {}
for i, age in ipairs(params.ages) do
  if age > 3600 then old[#old + 1] = "server " .. i end
end
local server = servers.get(7)
return server.name .. ": " .. table.concat(old, ", ")`,
		"require": `return require("ages").limit`,
	} {
		p, err := Compile("rule.lua", []byte(source))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := rt.Run(context.Background(), p, RunOptions{Params: map[string]any{"ages": []int{10, 7200, 30, 86400}}}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A clean interpreter for a run, beside a new gopher-lua state with its libraries.
func BenchmarkLease(b *testing.B) {
	b.Run("leased", func(b *testing.B) {
		rt, err := New(Config{Policy: AllowAll(), Modules: cloud()})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportAllocs()
		for b.Loop() {
			in, err := rt.lease(nil)
			if err != nil {
				b.Fatal(err)
			}
			rt.release(in, nil)
		}
	})
	b.Run("gopher-lua", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			lua.NewState().Close()
		}
	})
}

// Tasks that sleep 10 ms inside pcall on the machine's clock, beside goroutines
// that sleep as long; an operation is one task.
func BenchmarkTasks(b *testing.B) {
	rt, err := New(Config{Policy: AllowAll(), Modules: cloud()})
	if err != nil {
		b.Fatal(err)
	}
	p, err := Compile("bench.lua", []byte(`
local items = {}
for i = 1, params.n do items[i] = i end
local ended = 0
try.each(items, function() pcall(function() try.sleep(0.01) ended = ended + 1 end) end, {limit = params.limit})
assert(ended == params.n)`))
	if err != nil {
		b.Fatal(err)
	}
	for _, limit := range []int{100, 10_000} {
		b.Run(fmt.Sprintf("limit=%d", limit), func(b *testing.B) {
			b.ReportAllocs()
			if _, err := rt.Run(context.Background(), p, RunOptions{Params: map[string]any{"n": b.N, "limit": limit}}); err != nil {
				b.Fatal(err)
			}
		})
		b.Run(fmt.Sprintf("goroutines/limit=%d", limit), func(b *testing.B) {
			var wg sync.WaitGroup
			turn := make(chan struct{}, limit)
			for range b.N {
				turn <- struct{}{}
				wg.Go(func() { time.Sleep(10 * time.Millisecond); <-turn })
			}
			wg.Wait()
		})
	}
}
