package lualib

import (
	"errors"
	"strings"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"
)

// A testHost has a budget like a run's and records what it is asked.
type testHost struct {
	work, memory int64 // left, if limited
	limited      bool

	charged, reserved int64
	printed           strings.Builder
	seed              uint64
	now               time.Time
	materialize       func(t *lua.LTable)
}

func newTestHost() *testHost {
	return &testHost{seed: 42, now: time.Date(2026, 3, 9, 14, 5, 6, 0, time.UTC)}
}

func (h *testHost) Charge(L *lua.LState, work int64) {
	h.charged += work
	if h.limited && h.charged > h.work {
		L.RaiseError("budget: out of steps")
	}
}

func (h *testHost) Reserve(L *lua.LState, bytes int64) {
	h.reserved += bytes
	if h.limited && h.reserved > h.memory {
		L.RaiseError("budget: out of memory")
	}
}

func (h *testHost) Print(L *lua.LState, text string) { h.printed.WriteString(text) }
func (h *testHost) BeforeStore(L *lua.LState, t *lua.LTable, position int) {
	if gap := position - t.Len(); gap > 4096 && position < lua.MaxArrayIndex {
		h.Reserve(L, int64(gap)*slotSize)
	}
}
func (h *testHost) Brief(v lua.LValue, _ int) string { return v.String() }
func (h *testHost) RandomSeed(L *lua.LState) uint64  { return h.seed }
func (h *testHost) Now(L *lua.LState) time.Time      { return h.now }
func (h *testHost) CPU(L *lua.LState) time.Duration  { return 1500 * time.Millisecond }
func (h *testHost) Memory(L *lua.LState) int64       { return 2048 }
func (h *testHost) Materialize(t *lua.LTable) {
	if h.materialize != nil {
		h.materialize(t)
	}
}

// newState opens the library in a fresh state. The VM's own functions that test
// scripts need are gopher-lua's.
func newState(t testing.TB, host Host) *lua.LState {
	t.Helper()
	L := lua.NewState(lua.Options{SkipOpenLibs: true, RegistrySize: 1024, RegistryMaxSize: 1 << 20, RegistryGrowStep: 4096})
	t.Cleanup(L.Close)
	L.Push(L.NewFunction(lua.OpenBase))
	L.Call(0, 0)
	New(Config{}).Open(L, host)
	return L
}

// run executes a script and returns what it printed.
func run(t testing.TB, host *testHost, source string) (string, error) {
	t.Helper()
	L := newState(t, host)
	fn, err := L.Load(strings.NewReader(source), "test.lua")
	if err != nil {
		t.Fatal(err)
	}
	L.Push(fn)
	err = L.PCall(0, lua.MultRet, nil)
	return host.printed.String(), scriptError(err)
}

// scriptError is the message that the script ended with, without gopher-lua's
// traceback.
func scriptError(err error) error {
	var api *lua.ApiError
	if !errors.As(err, &api) {
		return err
	}
	if s, ok := api.Object.(lua.LString); ok {
		return errors.New(string(s))
	}
	return err
}
