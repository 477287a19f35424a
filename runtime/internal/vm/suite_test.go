package vm

import (
	"slices"
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

// A cut leaves out the part of a file from one text to before another.
type cut struct{ from, to, why string }

const environments = "loaded code has its caller's globals, and threads have none of their own"

var suite = map[string][]cut{
	"calls": {{`assert(debug.getinfo(a).source`, `-- x = string.dump`, "no debug library"}},
	"closure": {
		{"-- tests for global environment", "-- tests for multiple yield", environments},
		{"-- coroutine environments", "print'OK'", environments},
	},
	"constructs": {{`assert(debug.getinfo(1, "n")`, "return a,2,3", "no debug library"}},
	"events":     {{"-- testing metatables for basic types", "print 'OK'", "only tables get metatables"}},
	"literals":   {{"if os.setlocale", "print('OK')", "no locales"}},
	"locals": {
		{"local a,b = f[8](1)", "end\n\n-- test for global table", environments},
		{"assert(getfenv(foo(\"\")) == _G)", "-- testing limits for special instructions", environments},
	},
	"math": {
		{"f = io.tmpfile()", "do   -- testing NaN", "no files"},
		{`require "checktable"`, "a = nil", "no module files"},
	},
	"nextvar": {{`a = 0; for i="10"`, "collectgarbage()", "the bounds of a loop are numbers"}},
	"pm":      nil,
	"sort":    nil,
	"strings": {{`if not trylocale("collate")`, "print('OK')", "no locales"}},
	"vararg":  nil,
}

// longest are the files that take half a minute under the race detector, which has
// nothing to find in them: each runs on one goroutine.
var longest = []string{"constructs", "sort"}

// TestSuite runs the applicable files of Lua 5.1's test suite, as gopher-lua
// ships them.
func TestSuite(t *testing.T) {
	for name, cuts := range suite {
		if raceDetector && slices.Contains(longest, name) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			src := readFile(t, "testdata/lua5.1-tests/"+name+".lua")
			for _, c := range cuts {
				before, rest, ok1 := strings.Cut(src, c.from)
				_, after, ok2 := strings.Cut(rest, c.to)
				if !ok1 || !ok2 {
					t.Fatalf("nothing to cut from %q to %q", c.from, c.to)
				}
				lines := strings.Count(rest[:len(rest)-len(after)-len(c.to)], "\n")
				src = before + strings.Repeat("\n", lines) + c.to + after
			}
			m := newMachine(t, Options{})
			m.openDebug()
			if _, err := m.run(name+".lua", src, CallOptions{}); err != nil {
				t.Errorf("%v\n%s", err, m.out.String())
				for _, f := range err.(*Error).Frames {
					t.Log(f)
				}
			}
		})
	}
}

// openDebug adds functions that the suite needs and scripts do not have:
// debug.getinfo, getfenv and setfenv.
func (m *machine) openDebug() {
	debug := m.Main().NewTable()
	m.Globals().RawSetString("debug", debug)
	m.Register(debug, map[string]lua.LGFunction{"getinfo": func(L *lua.LState) int {
		info := L.NewTable()
		fn, line := frameOrFunction(L)
		if fn != nil && fn.Proto != nil {
			info.RawSetString("linedefined", lua.LNumber(fn.Proto.LineDefined))
			info.RawSetString("currentline", lua.LNumber(line))
			info.RawSetString("func", fn)
		}
		L.Push(info)
		return 1
	}})
	m.Register(m.Globals(), map[string]lua.LGFunction{
		"getfenv": func(L *lua.LState) int {
			env := L.G.Global
			if fn, _ := frameOrFunction(L); fn != nil && fn.Env != nil {
				env = fn.Env
			}
			L.Push(env)
			return 1
		},
		"setfenv": func(L *lua.LState) int {
			if fn, _ := frameOrFunction(L); fn != nil {
				fn.Env = L.CheckTable(2)
			}
			L.Push(L.Get(1))
			return 1
		},
	})
}

// frameOrFunction is what the first argument means: a function, or the function
// at a level and its line; level 1 is the default.
func frameOrFunction(L *lua.LState) (*lua.LFunction, int) {
	if fn, ok := L.Get(1).(*lua.LFunction); ok {
		return fn, -1
	}
	f := topFrame(L)
	for level := L.OptInt(1, 1); level > 0 && f != nil; level-- {
		f = f.Parent
	}
	if f == nil || f.Fn.Proto == nil {
		return nil, -1
	}
	return f.Fn, f.Fn.Proto.DbgSourcePositions[f.Pc-1]
}
