package vm

import (
	"strings"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/lualib"
)

// A machine is a state with the script's library, whose output is kept.
type machine struct {
	*State
	out strings.Builder
}

func newMachine(t testing.TB, opts Options) *machine {
	t.Helper()
	s, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	m := &machine{State: s}
	lualib.New(lualib.Config{}).Open(s.Main(), m)
	s.OpenBase()
	return m
}

// A machine is the library's host.

func (m *machine) Charge(L *lua.LState, work int64)   { Charge(L, work) }
func (m *machine) Reserve(L *lua.LState, bytes int64) { Reserve(L, bytes) }
func (m *machine) Print(_ *lua.LState, text string)   { m.out.WriteString(text) }
func (m *machine) Materialize(*lua.LTable)            {}
func (m *machine) RandomSeed(*lua.LState) uint64      { return 1 }
func (m *machine) Now(*lua.LState) time.Time          { return time.Unix(1_700_000_000, 0).UTC() }
func (m *machine) BeforeStore(L *lua.LState, t *lua.LTable, position int) {
	BeforeStore(L, t, position)
}
func (m *machine) Brief(v lua.LValue, _ int) string { return v.String() }
func (m *machine) CPU(*lua.LState) time.Duration    { return 0 }
func (m *machine) Memory(*lua.LState) int64         { return 1 << 20 }

// run compiles and runs src and returns what it printed.
func (m *machine) run(name, src string, opts CallOptions) (string, error) {
	m.out.Reset()
	p, err := Compile(name, []byte(src), CompileOptions{})
	if err != nil {
		return "", err
	}
	_, err = m.Call(opts, m.Load(p, nil))
	return m.out.String(), err
}
