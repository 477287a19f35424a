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
		"x = = 1":                          `1:5: unexpected "="`,
		"f(":                               `1:3: unexpected ""`,
		"end":                              `1:1: unexpected "end"`,
		"x = 'open":                        "1:5: unfinished string",
		"\n--[[ open":                      "2:1: unfinished long bracket",
		"x = 3x":                           "1:5: malformed number",
		"f() = 1":                          `1:5: unexpected "="`,
		"x = " + strings.Repeat("(", 1100): "1:1004: nested too deeply",
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
