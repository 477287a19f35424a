package syntax

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime/internal/vm/compile"
	"github.com/google/go-cmp/cmp"
)

// corpus are scripts of all kinds in this repository.
func corpus(t testing.TB) map[string]string {
	texts := map[string]string{}
	for _, pattern := range []string{"../../../../scripts/examples/*.lua", "../../../internal/vm/testdata/*.lua", "../../../internal/vm/testdata/*/*.lua"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("no scripts in %s: %v", pattern, err)
		}
		for _, file := range files {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			texts[file] = string(src)
		}
	}
	return texts
}

// What the compiler accepts, Parse reads.
func TestReadsWhatTheCompilerAccepts(t *testing.T) {
	read := 0
	for file, src := range corpus(t) {
		if _, err := compile.Chunk(file, src, compile.Options{}); err != nil {
			continue
		}
		read++
		if _, err := Parse(src); err != nil {
			t.Errorf("%s:%v", file, err)
		}
	}
	if read < 20 {
		t.Errorf("only %d scripts compile", read)
	}
}

// TestTree shows what becomes of each kind of statement and expression.
func TestTree(t *testing.T) {
	for src, want := range map[string]string{
		`local a, b = 1, "x\65\n"`:                            "local a,b = 1,\"xA\\n\"",
		`a.b[1], c = nil, ...`:                                `a["b"][1],c = nil,...`,
		`f{x = 1, [2] = true, 3; g()}`:                        `f({"x"=1,2=true,3,g()})`,
		`o:m "s"; f[[long]]`:                                  `o:m("s"); f("long")`,
		"#!/usr/bin/x\nreturn -x ^ 2 .. y":                    `return ((-(x^2))..y)`,
		`return a or b and not c == #d`:                       `return (a or (b and ((not c)==(# d))))`,
		`return a .. b .. c, 0x10, 1e3`:                       `return (a..(b..c)),16,1000`,
		`local function f(a, ...) return end`:                 `local function f(a) return  end`,
		`function o.p:m(x) goto e ::e:: end`:                  `function o["p"]["m"](self,x) jump; jump end`,
		`for i = 1, 2 do break end`:                           `for i = 1,2 do jump end`,
		`for k, v in pairs(t) do end`:                         `for k,v in pairs(t) do  end`,
		`if a then elseif b then x() else end`:                `if a then  if b then x() else  end`,
		`while (a) do end repeat until b`:                     `while (a) do  end; repeat  until b`,
		`do local goto = 1 end --[==[ x ]] ]==]` + "\n--tail": `do local goto = 1 end`,
	} {
		body, err := Parse(src)
		if err != nil {
			t.Errorf("%s: %v", src, err)
			continue
		}
		if got := show(body); got != want {
			t.Errorf("%s:\n got %s\nwant %s", src, got, want)
		}
	}
}

func TestPositions(t *testing.T) {
	body, err := Parse("--[[ two\nlines ]] servers.create{\n  name = 'x'}\n\tserver:reboot()")
	if err != nil {
		t.Fatal(err)
	}
	create, reboot := body[0].(*CallStmt).Call, body[1].(*CallStmt).Call
	name := create.Args[0].(*Table).Fields[0]
	got := []Pos{create.Pos, name.Key.At(), name.Value.At(), reboot.Func.At(), reboot.Pos}
	want := []Pos{{2, 18}, {3, 3}, {3, 10}, {4, 2}, {4, 9}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// What is no Lua is an error at a place, and never a panic.
func TestMistakes(t *testing.T) {
	for src, want := range map[string]string{
		"x = = 1":                          `1:5: unexpected "=" near '='`,
		"f(":                               `1:3: unexpected ""`,
		"end":                              `1:1: unexpected "end" near 'end'`,
		"x = 'open":                        "1:5: unfinished string: the closing ' is missing on this line near ''open'",
		"\n--[[ open":                      "2:1: unfinished long comment: ']]' is missing",
		"x = 3x":                           "1:5: malformed number near '3x'",
		"f() = 1":                          `1:5: unexpected "=" near '='`,
		"x = " + strings.Repeat("(", 1100): "1:1004: nested too deeply near '('",
	} {
		_, err := Parse(src)
		if err == nil || err.Error() != want {
			t.Errorf("%.20q: got %v, want %s", src, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, src := range corpus(f) {
		if len(src) < 4000 {
			f.Add(src)
		}
	}
	f.Fuzz(func(t *testing.T, src string) {
		_, compiled := compile.Chunk("fuzz", src, compile.Options{})
		if _, err := Parse(src); err != nil && compiled == nil {
			t.Errorf("the compiler accepts what Parse does not: %v\n%s", err, src)
		}
	})
}

// Every node stands where a caret should point.
func TestWhereNodesStand(t *testing.T) {
	for src, want := range map[string]Pos{
		"  x = 1":                 {1, 3},
		"\nlocal x":               {2, 1},
		"--c\r\n\r\nreturn":       {3, 1},
		"\tif a then end":         {1, 2},
		"do end":                  {1, 1},
		" while a do end":         {1, 2},
		"  repeat until a":        {1, 3},
		" for i = 1, 2 do end":    {1, 2},
		" for i in p do end":      {1, 2},
		" function f() end":       {1, 2},
		" local function f() end": {1, 2},
		" break":                  {1, 2},
		"[=[]=] = 1":              {0, 0}, // no statement
		"--[[\n\n]] f()":          {3, 4},
		"--[==[\n]]\n]==]f()":     {3, 5},
		"#!first\n  f()":          {2, 3},
		"x = 'a\\\nb' f()":        {1, 1},
	} {
		body, err := Parse(src)
		if err != nil {
			if want != (Pos{}) {
				t.Errorf("%q: %v", src, err)
			}
			continue
		}
		if got := body[0].At(); got != want {
			t.Errorf("%q stands at %v, not at %v", src, got, want)
		}
	}
	for src, want := range map[string]Pos{
		"return nil":            {1, 8},
		"return  ...":           {1, 9},
		"return a.b.c":          {1, 12},
		"return a['b']":         {1, 10},
		"return a[ 1 ]":         {1, 11},
		"return f(1)":           {1, 8},
		"return a.f(1)":         {1, 10},
		"return a:f(1)":         {1, 10},
		"return f(1)(2)":        {1, 8},
		"return a + b":          {1, 10},
		"return not a":          {1, 8},
		"return (a)":            {1, 8},
		"return {}":             {1, 8},
		"return function() end": {1, 8},
		"return [[\nx]] .. y":   {2, 5},
	} {
		body, err := Parse(src)
		if err != nil {
			t.Errorf("%q: %v", src, err)
		} else if got := body[0].(*Return).Values[0].At(); got != want {
			t.Errorf("%q: the value stands at %v, not at %v", src, got, want)
		}
	}
}

// Priorities and associativity are Lua's: each line is read as the one beside it,
// where parentheses say the same.
func TestPriorities(t *testing.T) {
	for src, want := range map[string]string{
		"a or b or c":           "((a or b) or c)",
		"a and b or c and d":    "((a and b) or (c and d))",
		"a < b == c":            "((a<b)==c)",
		"a .. b == c .. d":      "((a..b)==(c..d))",
		"a + b .. c + d":        "((a+b)..(c+d))",
		"a - b - c":             "((a-b)-c)",
		"a * b + c / d % e":     "((a*b)+((c/d)%e))",
		"a ^ b ^ c":             "(a^(b^c))",
		"-a ^ b":                "(-(a^b))",
		"2 ^ -3":                "(2^(-3))",
		"- -a":                  "(-(-a))",
		"not a == b":            "((not a)==b)",
		"#a + 1":                "((# a)+1)",
		"-a * b":                "((-a)*b)",
		"not not a and b":       "((not (not a)) and b)",
		"a ~= b and c >= d":     "((a~=b) and (c>=d))",
		"a.b:c(1).d 'x' {}[2]":  `a["b"]:c(1)["d"]("x")({})[2]`,
		"(a)(b)":                "(a)(b)",
		"f{1, 2; n = 3, [4]=5}": `f({1,2,"n"=3,4=5})`,
	} {
		body, err := Parse("return " + src)
		if err != nil {
			t.Errorf("%s: %v", src, err)
		} else if got := show(body); got != "return "+want {
			t.Errorf("%s is read as %s, not as %s", src, strings.TrimPrefix(got, "return "), want)
		}
	}
}
