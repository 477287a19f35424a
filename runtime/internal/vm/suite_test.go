package vm

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

// longest are the files that take up to a minute under the race detector, which has
// nothing to find in them: each runs on one goroutine.
var longest = []string{"constructs", "gc", "sort", "verybig"}

// TestSuite runs the applicable files of Lua 5.1's test suite, as gopher-lua
// ships them, with the stretches that it commented out.
func TestSuite(t *testing.T) {
	for name, file := range suite {
		if raceDetector && slices.Contains(longest, name) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			src := file.prepare(t, name, func(int, int, string) {})
			m := newMachine(t, Options{Compile: CompileOptions{MaxSource: 8 << 20}})
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

// TestSuiteList keeps suite.md true, which lists what of the suite does not run.
func TestSuiteList(t *testing.T) {
	var doc strings.Builder
	fmt.Fprintf(&doc, `# What of Lua 5.1's test suite does not run

Made by %s of suite_test.go. The files are those that gopher-lua ships; what
it commented out because it fails there runs here, except what follows. %d files run.

| file | lines | why not |
|---|---|---|
`, "`VM_UPDATE=1 go test -run SuiteList`", len(suite))
	for _, name := range slices.Sorted(maps.Keys(suite)) {
		suite[name].prepare(t, name, func(first, last int, why string) {
			fmt.Fprintf(&doc, "| %s.lua | %d-%d | %s |\n", name, first, last, why)
		})
	}
	for _, name := range slices.Sorted(maps.Keys(notRun)) {
		fmt.Fprintf(&doc, "| %s.lua | all | %s |\n", name, notRun[name])
	}
	golden(t, "suite.md", doc.String())
}

// prepare is the source of a file as it runs. It tells which lines are cut.
func (f suiteFile) prepare(t *testing.T, name string, tell func(first, last int, why string)) string {
	t.Helper()
	src := readFile(t, "testdata/lua5.1-tests/"+name+".lua")
	for _, s := range f.revived {
		src, _ = s.replace(t, src, uncomment)
	}
	for _, s := range f.cut {
		part, first := "", 0
		src, first = s.replace(t, src, func(p string) string {
			part = p
			return strings.Repeat("\n", strings.Count(p, "\n"))
		})
		tell(first, first+strings.Count(strings.TrimRight(part, "\n "), "\n"), s.why)
	}
	return strings.ReplaceAll(f.prelude, "\n", " ") + " " + src
}

// replace changes the stretch of src by with, which keeps its lines, and tells
// its first line.
func (s stretch) replace(t *testing.T, src string, with func(part string) string) (string, int) {
	t.Helper()
	before, rest, ok1 := strings.Cut(src, s.from)
	part, after, ok2 := strings.Cut(s.from+rest, s.to)
	if s.to == "" {
		part, after, ok2 = s.from+rest, "", true
	}
	if !ok1 || !ok2 {
		t.Fatalf("there is no stretch from %q to %q", s.from, s.to)
	}
	return before + with(part) + s.to + after, 1 + strings.Count(before, "\n")
}

// uncomment makes code of a long comment, or of lines that are comments.
func uncomment(part string) string {
	if block, ok := strings.CutPrefix(part, "--[["); ok {
		return block
	}
	return regexp.MustCompile(`(?m)^( *)-- ?`).ReplaceAllString(part, "$1")
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
