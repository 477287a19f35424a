package runtime

import (
	"context"
	goruntime "runtime"
	"testing"
)

func heapNow() uint64 {
	goruntime.GC()
	var m goruntime.MemStats
	goruntime.ReadMemStats(&m)
	return m.HeapAlloc
}

// A task that waits costs its Lua stack, and one more for each pcall around it.
// Its goroutine's stack, 4 or 8 KB, is not in the figures.
func TestATaskThatWaitsTakesLittleMemory(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector takes memory for itself")
	}
	const tasks = 1000
	for _, test := range []struct {
		body  string
		bytes uint64
	}{
		{`try.gate()`, 7 << 10},
		{`pcall(function() try.gate() end)`, 12 << 10},
	} {
		var before, during uint64
		waiting, all := 0, make(chan struct{})
		gate := Verb{Name: "try.gate", Inline: func(_ context.Context, c *Call) (any, error) {
			if waiting++; waiting == tasks {
				during = heapNow()
				close(all)
			}
			c.Block(func() { <-all })
			return nil, nil
		}}
		start := Verb{Name: "try.start", Inline: func(context.Context, *Call) (any, error) {
			before = heapNow()
			return nil, nil
		}}
		rt := newCloud(t, func(c *Config) {
			c.Clock = nil
			c.Modules = append(c.Modules, Module{Name: "try", Verbs: []Verb{gate, start}})
		})
		p, err := Compile("test.lua", []byte(`
local items = {}
for i = 1, params.n do items[i] = i end
try.start()
try.each(items, function() `+test.body+` end, {limit = params.n})`))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := rt.Run(context.Background(), p, RunOptions{Params: map[string]any{"n": tasks}}); err != nil {
			t.Fatal(err)
		}
		if each := (during - before) / tasks; during < before || each > test.bytes {
			t.Errorf("%s: a task takes %d bytes, want at most %d", test.body, int64(during-before)/tasks, test.bytes)
		} else {
			t.Logf("%s: %d bytes", test.body, each)
		}
	}
}
