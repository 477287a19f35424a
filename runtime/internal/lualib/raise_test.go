package lualib

import (
	"testing"

	lua "github.com/yuin/gopher-lua"
)

// TestErrorsOfMethodCalls checks that an object before a colon is not counted
// as an argument, however the call is written.
func TestErrorsOfMethodCalls(t *testing.T) {
	for _, tt := range []struct{ script, want string }{
		{`("x"):rep()`, "test.lua:1: bad argument #1 to 'rep' (number expected, got no value)"},
		{`string.rep("x")`, "test.lua:1: bad argument #2 to 'rep' (number expected, got no value)"},
		{`local s = "x" s:rep(s:rep(2, {}))`, "test.lua:1: bad argument #2 to 'rep' (string expected, got table)"},
		{`local s = "x" s:rep(string.rep("x"))`, "test.lua:1: bad argument #2 to 'rep' (number expected, got no value)"},
		{`local s = "x" return s:rep({})`, "test.lua:1: bad argument #1 to 'rep' (number expected, got table)"},
		{`local s, f = "x", string.rep
		  f(s:upper():lower(), {})`, "test.lua:2: bad argument #2 to 'rep' (number expected, got table)"},
		{`local t = setmetatable({}, {__index = string}) t:upper()`, "test.lua:1: calling 'upper' on bad self (string expected, got table)"},
		{`pcall(string.rep) error("done", 0)`, "done"},
		{`table.sort({{}, {}}, string.rep)`, "test.lua:1: bad argument #1 to 'rep' (string expected, got table)"},
	} {
		if _, err := run(t, newTestHost(), tt.script); err == nil || err.Error() != tt.want {
			t.Errorf("%s\n\tgot  %v\n\twant %s", tt.script, err, tt.want)
		}
	}
}

func TestErrorsWithoutLuaHaveNoPosition(t *testing.T) {
	L := newState(t, newTestHost())
	L.Push(L.GetGlobal("tonumber"))
	err := scriptError(L.PCall(0, 0, nil))
	if err == nil || err.Error() != "bad argument #1 to 'tonumber' (value expected)" {
		t.Errorf("got %v", err)
	}
}

func TestErrorsInCallbacksHaveTheInnermostPosition(t *testing.T) {
	_, err := run(t, newTestHost(), "local function f(c)\n\treturn c:rep({})\nend\nlocal s = ('x'):gsub('.', f)")
	if err == nil || err.Error() != "test.lua:2: bad argument #1 to 'rep' (number expected, got table)" {
		t.Errorf("got %v", err)
	}
}

func TestStateWithoutTheLibrary(t *testing.T) {
	L := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer L.Close()
	defer func() {
		if r := recover(); r != "lualib: the library is not open in this state" {
			t.Errorf("panic %v", r)
		}
	}()
	ToString(L, L.NewTable())
}
