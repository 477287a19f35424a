package vm

import (
	"crypto/sha256"
	"errors"
	"strings"
	"testing"
)

func TestCompileRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		src  string
		opts CompileOptions
		want string
	}{
		"long":     {strings.Repeat("x = 1 ", 200_000), CompileOptions{}, "chunk:1: the source has 1200000 bytes, more than the limit of 1048576"},
		"limit":    {"x = 1", CompileOptions{MaxSource: 4}, "chunk:1: the source has 5 bytes, more than the limit of 4"},
		"bytecode": {"\x1bLua\x51", CompileOptions{}, "chunk:1: this is compiled Lua, but only source text can be run"},
		"wrong":    {"\nx = = 1", CompileOptions{}, "chunk:2: an expression is missing near '='"},
		"early":    {"f(", CompileOptions{}, "chunk:1: an expression is missing near the end of the source"},
		"goto":     {"goto x", CompileOptions{}, "chunk:1: no label 'x' for this goto near 'goto'"},
	} {
		_, err := Compile("chunk", []byte(test.src), test.opts)
		var e *SyntaxError
		if !errors.As(err, &e) || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s: %v, expected %s", name, err, test.want)
			continue
		}
		if e.Incomplete != (name == "early") {
			t.Errorf("%s: Incomplete is %v", name, e.Incomplete)
		}
	}
}

func TestProtoKnowsItsSource(t *testing.T) {
	src := "#!/usr/bin/env cloudscript\nlocal x = 1\r\n\nreturn x"
	p, err := Compile("a.lua", []byte(src), CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if p.Name() != "a.lua" || p.Source() != src || p.Hash() != sha256.Sum256([]byte(src)) {
		t.Errorf("%s %q %x", p.Name(), p.Source(), p.Hash())
	}
	for n, want := range map[int]string{1: "#!/usr/bin/env cloudscript", 2: "local x = 1", 3: "", 4: "return x", 5: "", 0: "#!/usr/bin/env cloudscript"} {
		if got := p.Line(n); got != want {
			t.Errorf("line %d is %q, expected %q", n, got, want)
		}
	}
}

// TestSession types lines at a prompt: what each prints, or how it fails.
func TestSession(t *testing.T) {
	m := newMachine(t, Options{})
	env := m.Main().NewTable()
	for k, v := m.Globals().Next(nilValue); k != nilValue; k, v = m.Globals().Next(k) {
		env.RawSet(k, v)
	}
	for _, step := range []struct{ line, want string }{
		{"1 + 1", "2"},
		{"local x = 5", ""},
		{"x", "5"},
		{"local a, b = 1", ""},
		{"a, b", "1 nil"},
		{"a, b = b, a", ""},
		{"a, b", "nil 1"},
		{"local function fact(n) return n < 2 and 1 or n * fact(n - 1) end", ""},
		{"fact(5)", "120"},
		{"local f = function() return f end", ""},
		{"f() == f", "true"},
		{"do local hidden = 1 end", ""},
		{"hidden", "nil"},
		{"for i = 1, 2 do local y = i end", ""},
		{"y", "nil"},
		{"local type = 'shadows'", ""},
		{"type", "shadows"},
		{"local p, q = (function() return 1, 2 end)()", ""},
		{"p, q", "1 2"},
		{"if x == 5 then x = 6 end", ""},
		{"x; ", "6"},
		{"return x, 7", "6 7"},
		{"-- a comment", ""},
		{"", ""},
		{"x =", "more"},
		{"x +", "more"},
		{"f(", "more"},
		{"{", "more"},
		{"'a' ..", "more"},
		{"for i = 1, 3 do", "more"},
		{"function g()", "more"},
		{"if x then", "more"},
		{"repeat", "more"},
		{"s = [[", "more"},
		{"--[[", "more"},
		{"local", "more"},
		{"return {", "more"},
		{"x = 'abc", "prompt:1:5: unfinished string: the closing ' is missing on this line"},
		{"x + )", "prompt:1:3: '=' or a call expected"},
		{"end", "prompt:1:1: no block is open here"},
		{"break", "prompt:1:1: 'break' outside a loop"},
		{"undefined.x", "prompt:1: attempt to index a nil value (global 'undefined')"},
		{"local z = 3 z = z + 1 return z", "4"},
		{"z", "4"},
		{"goto out ::out::", ""},
	} {
		p, err := CompileLine("prompt", step.line)
		got := ""
		var e *SyntaxError
		switch {
		case errors.As(err, &e) && e.Incomplete:
			got = "more"
		case errors.As(err, &e):
			got = strings.Join([]string{e.Chunk, itoa(e.Line), itoa(e.Column)}, ":") + ": " + e.Message
		default:
			if p.Source() != step.line {
				t.Errorf("%q: the source is %q", step.line, p.Source())
			}
			results, err := m.Call(CallOptions{}, m.Load(p, env))
			for i, v := range results {
				if i > 0 {
					got += " "
				}
				got += v.String()
			}
			if err != nil {
				got = err.Error()
			}
		}
		if got != step.want {
			t.Errorf("%q: got %q, expected %q", step.line, got, step.want)
		}
	}
	if env.RawGetString("x") == nilValue || m.Globals().RawGetString("x") != nilValue {
		t.Error("the session's variables are not in its own environment")
	}
}
