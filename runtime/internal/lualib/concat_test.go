package lualib

import (
	"testing"

	lua "github.com/yuin/gopher-lua"
)

func TestConcat(t *testing.T) {
	for _, tt := range []struct{ call, want string }{
		{`cat("a", "b")`, "ab"},
		{`cat("a", 1, 0.1, 2^53, 1/0)`, "a10.19.007199254741e+15inf"},
		{`cat(1, 2)`, "12"},
		{`cat("", "")`, ""},
		{`cat(T, "b")`, "<T b>"},
		{`cat("a", T)`, "<a T>"},
		{`cat("a", "b", T)`, "a<b T>"},
		{`cat("a", T, "b", "c")`, "a<T bc>"},
		{`cat("a", "b", N, "c", 1)`, "abN"},
		{`cat(T, T)`, "<T T>"},
	} {
		host := newTestHost()
		L := newState(t, host)
		L.SetGlobal("cat", L.NewFunction(Concat))
		err := L.DoString(`
			local function name(v) return type(v) == "table" and "T" or v end
			T = setmetatable({}, {__concat = function(a, b) return "<" .. name(a) .. " " .. name(b) .. ">" end})
			N = setmetatable({}, {__concat = function(a, b) return "N" end})
			print(` + tt.call + `)`)
		if err != nil {
			t.Errorf("%s: %v", tt.call, err)
		}
		if got := host.printed.String(); got != tt.want+"\n" {
			t.Errorf("%s: got %q, want %q", tt.call, got, tt.want)
		}
	}
}

func TestConcatErrors(t *testing.T) {
	for _, tt := range []struct{ call, want string }{
		{`cat("a", nil)`, "<string>:1: attempt to concatenate a nil value"},
		{`cat(nil, "a")`, "<string>:1: attempt to concatenate a nil value"},
		{`cat("a", {}, "b")`, "<string>:1: attempt to concatenate a table value"},
		{`cat(true, print)`, "<string>:1: attempt to concatenate a boolean value"},
	} {
		L := newState(t, newTestHost())
		L.SetGlobal("cat", L.NewFunction(Concat))
		if err := scriptError(L.DoString(tt.call)); err == nil || err.Error() != tt.want {
			t.Errorf("%s: got %v, want %s", tt.call, err, tt.want)
		}
	}
}

func TestConcatIsBounded(t *testing.T) {
	host := newTestHost()
	host.limited, host.work, host.memory = true, 1<<30, 64<<20
	L := newState(t, host)
	L.SetGlobal("cat", L.NewFunction(Concat))
	L.SetGlobal("s", lua.LString("0123456789"))
	err := scriptError(L.DoString(`while true do s = cat(s, s) end`))
	if err == nil || err.Error() != "<string>:1: budget: out of memory" {
		t.Errorf("got %v", err)
	}
}
