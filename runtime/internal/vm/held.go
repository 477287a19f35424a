package vm

import (
	"slices"
	"weak"

	lua "github.com/yuin/gopher-lua"
)

// Held calls visit with the values that the state itself holds on to: globals,
// modules, and all threads with what lies on their stacks, also those that wait and
// coroutines that nobody can resume but the garbage collector has not taken yet.
// Everything else that a script holds on to hangs on these.
func (s *State) Held(visit func(lua.LValue)) {
	visit(s.main.G.Global)
	visit(s.main.G.Registry)
	for _, v := range s.modules {
		visit(v)
	}
	for _, p := range s.threads {
		if t := p.Value(); t != nil {
			visit(t.L)
			if t.body != nil {
				visit(t.body)
			}
		}
	}
}

// note remembers a new thread as long as somebody else does.
func (s *State) note(t *Thread) {
	if len(s.threads) == cap(s.threads) {
		s.threads = slices.DeleteFunc(s.threads, func(p weak.Pointer[Thread]) bool { return p.Value() == nil })
		s.threads = slices.Grow(s.threads, len(s.threads)+poolSize)
	}
	s.threads = append(s.threads, weak.Make(t))
}
