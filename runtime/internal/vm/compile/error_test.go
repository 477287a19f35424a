package compile

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// wrong are sources with a mistake. The rendered errors are golden, in
// testdata/errors.txt; VM_UPDATE=1 writes them again.
var wrong = []string{
	// the source ends too early
	"x =", "x = 1 +", "f(", "f(1,", "t = {", "t = {1,", "a.b.", "a:", "if x", "if x then", "if x then else",
	"while true", "while true do", "for i", "for i =", "for i = 1", "for i = 1,", "for i = 1, 2", "for i = 1, 2 do",
	"for k in", "for k, v in pairs(t) do", "repeat", "repeat until", "function f", "function f(", "function f(a,",
	"function f() return", "local", "local x =", "local function", "do", "return 1,", "x = not", "x = -", "x = a ..",
	"goto done", "::top", "x = [[abc", "--[[ comment", "x = [==[ ]]", `x = "abc\`, "x = function()", "a", "a.b", "a[1",
	// wrong for good
	"x = = 2", "x = )", "x == 2", "if x then end end", "else", "for 1 = 2 do end", "for i = 1 do end", "for i in do end",
	"while x then end", "if x do end", "function (x) end", "function f(1) end", "function f(a,) end", "function f(..., a) end",
	"local 1", "local function 1", "local x.y = 1", "return 1 2", "return return", "break", "do break end", "x = 'abc",
	"x = \"abc\ny\"", `x = "\300"`, "x = 3x", "x = 0x", "x = 0xg", "x = 1e", "x = 1..2", "x = 3..", "x != 2", "x = !y", "x = a && b", "x = a || b",
	"x += 1", "x++", "x = 7 // 2", "while x do continue end", "var x = 1", "let x", "def f()", "import os", "continue", "x = €", "x = @", "f() = 1", "(a) = 1 b", "a, f() = 1, 2", "x y", "x\ny", "a.b c", "x = {1 2}", "x = {\n1\n2}",
	"x = (1", "x = (1\n\n)) y", "f(1 2)", "f(\n1\n2)", "t[1 2]", "a:b", "a:b.c()", "a:1()", "local x <const> = 1", "function f() return ... end x",
	"function f() local g = function() return ... end end", "if x then\nelseif y then\nelif z then end", "x = and", "local end = 1", "end", "until x",
	"goto nowhere", "do goto out end do ::out:: end", "::a:: ::a::", "goto in_ local x ::in_:: x = 1", "::1::", "goto = 1 goto x", "x = f\n(g)()",
	"x = {[1] 2}", "x = {[1 = 2}", "x = {a = }", "x = {,}", "return f(", "for i = 1, 2, 3, 4 do end", "x = function end", "x = a.1", "x = a.'b'",
	"local a, = 1", "local a b", "a,b", "a, = 1", "f{", "x = 'a\\", "x = --[[", "if if", "x = nil nil",
}

func TestErrors(t *testing.T) {
	var b strings.Builder
	for _, src := range wrong {
		_, err := Chunk("test", src, Options{})
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%q: error %v, expected an *Error", src, err)
			continue
		}
		more := ""
		if e.Incomplete {
			more = " (more expected)"
		}
		fmt.Fprintf(&b, "%s\n    %v%s\n", strings.ReplaceAll(src, "\n", "⏎"), e, more)
	}
	const file = "testdata/errors.txt"
	if os.Getenv("VM_UPDATE") != "" {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("the errors changed (-recorded +now):\n%s", diff)
	}
}

func TestPollEndsCompilation(t *testing.T) {
	stop := errors.New("stop")
	calls := 0
	_, err := Chunk("test", strings.Repeat("x = 1 ", 10_000), Options{Poll: func() error {
		if calls++; calls == 3 {
			return stop
		}
		return nil
	}})
	var e *Error
	if !errors.As(err, &e) || e.Cause != stop || calls != 3 {
		t.Errorf("error %v after %d polls, expected the poll's after 3", err, calls)
	}
}

func TestLimits(t *testing.T) {
	names := func(n int, format string) string {
		list := make([]string, n)
		for i := range list {
			list[i] = fmt.Sprintf(format, i)
		}
		return strings.Join(list, ", ")
	}
	nested := func(n int, open, middle, end string) string {
		return strings.Repeat(open, n) + middle + strings.Repeat(end, n)
	}
	captured := "local " + names(150, "a%d") + "\nlocal function f()\n local " + names(150, "b%d") +
		"\n return function() return " + strings.ReplaceAll(names(150, "a%d")+", "+names(150, "b%d"), ", ", " + ") + " end\nend"
	var labels strings.Builder
	for i := range maxLabels + 1 {
		fmt.Fprintf(&labels, "::l%d:: x = 1 ", i)
	}
	for _, test := range []struct{ name, src, want string }{
		{"200 locals", "local " + names(200, "a%d"), ""},
		{"201 locals", "local " + names(201, "a%d"), "too many local variables: the main chunk has more than 200"},
		{"201 locals in a function", "x = 1\nfunction f() local " + names(201, "a%d") + " end", "too many local variables: the function at line 2"},
		{"upvalues", captured, "too many captured variables: the function at line 4 uses more than 255"},
		{"parentheses", "x = " + nested(190, "(", "1", ")"), ""},
		{"deep parentheses", "x = " + nested(1e5, "(", "1", ")"), "nested too deeply: more than 200 levels"},
		{"deep tables", "x = " + nested(1e5, "{", "", "}"), "nested too deeply"},
		{"deep blocks", nested(1e5, "do ", "", " end"), "nested too deeply"},
		{"deep functions", nested(1e5, "function f() ", "", " end"), "nested too deeply"},
		{"deep not", "x = " + strings.Repeat("not ", 1e5) + "1", "nested too deeply"},
		{"deep minus", "x = " + strings.Repeat("- ", 1e5) + "1", "nested too deeply"},
		{"deep power", "x = 1" + strings.Repeat(" ^ 1", 1e5), "nested too deeply"},
		{"deep if", nested(1e5, "if x then ", "", " end"), "nested too deeply"},
		{"long concat", "x = 'a'" + strings.Repeat(" .. 'a'", 1e5), "too complex: it needs more than 250 registers"},
		{"long sum", "x = 1" + strings.Repeat(" + a", 1e5), ""},
		{"long or", "x = a" + strings.Repeat(" or a", 4e4), ""},
		{"long and", "if a" + strings.Repeat(" and a", 4e4) + " then end", ""},
		{"too long or", "x = a" + strings.Repeat(" or a", 1e5), "control structure too long"},
		{"long elseif", "if a then " + strings.Repeat(" elseif b then x = 1", 2e4) + " end", ""},
		{"many breaks", "while a do " + strings.Repeat("if b then break end ", 2e4) + " end", ""},
		{"long call chain", "x = f" + strings.Repeat("()", 1e5), ""},
		{"long index chain", "x = f" + strings.Repeat(".a", 1e5), ""},
		{"many constants", "x = {" + names(100_000, "'k%d'") + "}", ""},
		{"many globals", strings.ReplaceAll(names(50_000, "g%d = 1"), ", ", " "), ""},
		{"many targets", names(300, "t[%d]") + " = 1", "too many variables on the left"},
		{"many labels", labels.String(), "too many labels in scope"},
		{"many gotos", "do " + strings.Repeat("do goto l end ", maxLabels+1) + "end ::l::", "too many gotos wait"},
		{"long jump", "while a do " + strings.Repeat("x = a.b ", 50_000) + " end", "control structure too long"},
		{"long straight code", strings.Repeat("x = a.b ", 50_000), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			proto, err := Chunk("test", test.src, Options{Concat: goFunction(), Modulo: goFunction(), Record: goFunction()})
			switch {
			case test.want == "" && err != nil:
				t.Error(err)
			case test.want == "":
				verify(t, proto)
			case err == nil || !strings.Contains(err.Error(), test.want):
				t.Errorf("error %v, expected %q", err, test.want)
			}
		})
	}
}
