package runtime

import (
	"context"
	goruntime "runtime"
	"testing"
)

// What is measured is about what the heap grows by: enough to tell a run that takes
// its limit from one that takes a tenth of it.
func TestMeasuringAgreesWithTheHeap(t *testing.T) {
	if raceDetector {
		t.Skip("objects have other sizes under the detector")
	}
	for name, source := range map[string]string{
		"long strings":      `x = {} for i = 1, 100 do x[i] = ("x"):rep(1e5) .. i end`,
		"short strings":     `x = {} for i = 1, 50000 do x[i] = "number " .. i end`,
		"a shared string":   `local s = ("x"):rep(4e6) x = {} for i = 1, 10000 do x[i] = s end`,
		"tables":            `x = {} for i = 1, 50000 do x[i] = {} end`,
		"hash parts":        `x = {} for i = 1, 20000 do x["key" .. i] = i end`,
		"records":           `x = {} for i = 1, 10000 do x[i] = {id = i, name = "n", ok = true} end`,
		"numbers":           `x = {} for i = 1, 200000 do x[i] = i + 0.5 end`,
		"deleted keys":      `x = {} for i = 1, 20000 do x["key" .. i] = i end for i = 1, 20000 do x["key" .. i] = nil end`,
		"closures":          `x = {} for i = 1, 50000 do x[i] = function() return i end end`,
		"a shared upvalue":  `local s = ("x"):rep(4e6) x = {} for i = 1, 100 do x[i] = function() return s end end`,
		"wrapped coroutine": `x = coroutine.wrap(function() local t = {} for i = 1, 50000 do t[i] = {} end coroutine.yield() return t end) x()`,
		"iterators":         `x = {} for i = 1, 100 do x[i] = (("x"):rep(1e5) .. i):gmatch(".") end`,
		"rows":              `x = servers.list(20000)`,
		"code":              `x = {} for i = 1, 300 do x[i] = loadstring("return function() " .. ("y = 1 "):rep(500) .. "end") end`,
	} {
		t.Run(name, func(t *testing.T) {
			rt := newCloud(t)
			s, err := rt.NewSession(RunOptions{})
			if err != nil {
				t.Fatal(err)
			}
			before := collectedHeap()
			base := s.run.measure(t.Context(), 1<<40)
			if _, err := s.Eval(context.Background(), "test", source); err != nil {
				t.Fatal(err)
			}
			grown := collectedHeap() - before
			m := s.run.measure(t.Context(), 1<<40)
			measured := m.bytes - base.bytes
			if !m.sure || measured < grown/2 || measured > grown*2 {
				t.Errorf("measured %d bytes (sure: %v), the heap has grown by %d", measured, m.sure, grown)
			}
			goruntime.KeepAlive(s)
		})
	}
}

func collectedHeap() int64 {
	goruntime.GC()
	goruntime.GC() // what pools have kept
	return memoryBytes()
}

// Measuring ends when it knows enough, when there is too much, and with its context.
func TestMeasuringEnds(t *testing.T) {
	rt := newCloud(t)
	s, err := rt.NewSession(RunOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Eval(context.Background(), "test", `x = {} for i = 1, 600000 do x[i] = {} end`); err != nil {
		t.Fatal(err)
	}
	if m := s.run.measure(t.Context(), 1<<20); !m.sure || m.bytes < 1<<20 || m.bytes > 20<<20 {
		t.Errorf("more than enough: %+v", m)
	}
	if m := s.run.measure(t.Context(), 1<<40); m.sure || m.bytes < measureObjects*tableBytes {
		t.Errorf("too much: %+v", m)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if m := s.run.measure(ctx, 1<<40); m.sure {
		t.Errorf("cancelled: %+v", m)
	}
}
