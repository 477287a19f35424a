package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/google/go-cmp/cmp"
)

// The tests of the examples pass, and say what the golden file says.
func TestExamplesOfTests(t *testing.T) {
	cmd := command(t, "test", "-v", ".")
	cmd.Dir = "../../scripts/examples"
	got, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, got)
	}
	golden := "testdata/examples/tests.out"
	if os.Getenv("UPDATE_EXAMPLES") != "" {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("the output differs (- want, + got):\n%s", diff)
	}
}

// The example shows what it says it does: without the care that its module takes
// the test of the failed build fails.
func TestExampleOfATestCanFail(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"rollout.lua", "rollout_test.lua"} {
		text, err := os.ReadFile(filepath.Join("../../scripts/examples/testing", name))
		if err != nil {
			t.Fatal(err)
		}
		broken := strings.Replace(string(text), "    rollout.down(made)\n", "", 1)
		if name == "rollout.lua" && broken == string(text) {
			t.Fatal("rollout.lua has no clean-up that could be taken away")
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(broken), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := command(t, "test", dir)
	out, err := cmd.Output()
	if err == nil || !strings.Contains(string(out), "FAIL  "+filepath.Join(dir, "rollout_test.lua")+": a server that fails to build takes the others with it") {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestJUnit(t *testing.T) {
	a := &assertion{message: "got 1, want 2", details: "--- want\n+++ got\n"}
	files := []*fileResult{
		{file: "a_test.lua", tests: []testResult{
			{file: "a_test.lua", name: "passes & prints", output: "1 < 2\n\x1b", elapsed: 1500 * time.Millisecond},
			{file: "a_test.lua", name: "fails", elapsed: 2 * time.Millisecond, problems: []error{
				&runtime.Error{Kind: assertionFailed, Verb: "t.equal", Message: a.message, Cause: a, Position: runtime.Position{File: "a_test.lua", Line: 3}},
				&runtime.Error{Kind: runtime.Exit, Message: "the script ended the run", ExitCode: 3},
			}},
		}},
		{file: "none_test.lua"},
	}
	path := filepath.Join(t.TempDir(), "deep", "report.xml")
	if err := writeJUnit(path, files); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := `<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="2" failures="1" errors="0">
  <testsuite name="a_test.lua" tests="2" failures="1" errors="0" time="1.502">
    <testcase name="passes &amp; prints" classname="a_test.lua" time="1.500">
      <system-out>1 &lt; 2&#xA;` + "\uFFFD" + `</system-out>
    </testcase>
    <testcase name="fails" classname="a_test.lua" time="0.002">
      <failure message="a_test.lua:3: t.equal: got 1, want 2" type="assertion">error: t.equal: got 1, want 2&#xA;--&gt; a_test.lua:3&#xA;--- want&#xA;+++ got&#xA;&#xA;error: the script ended the run&#xA;status: 3&#xA;</failure>
    </testcase>
  </testsuite>
  <testsuite name="none_test.lua" tests="0" failures="0" errors="0" time="0.000"></testsuite>
</testsuites>
`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("the report differs (- want, + got):\n%s", diff)
	}
}

func TestTestFiles(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for _, name := range []string{"b_test.lua", "a_test.lua", "sub/c_test.lua", "sub/c.lua", ".git/d_test.lua", "empty/readme"} {
		if err := writeFile(name, "", 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, test := range map[string]struct {
		paths, want []string
		message     string
	}{
		"a directory":           {paths: []string{"."}, want: []string{"a_test.lua", "b_test.lua", "sub/c_test.lua"}},
		"the order of the user": {paths: []string{"sub", "b_test.lua"}, want: []string{"sub/c_test.lua", "b_test.lua"}},
		"once each":             {paths: []string{"./sub/", "sub/c_test.lua"}, want: []string{"sub/c_test.lua"}},
		"any file by name":      {paths: []string{"sub/c.lua"}, want: []string{"sub/c.lua"}},
		"hidden, but named":     {paths: []string{".git"}, want: []string{".git/d_test.lua"}},
		"nothing there":         {paths: []string{"a_test.lua", "nowhere"}, message: "there is no file or directory nowhere"},
		"no tests":              {paths: []string{"empty"}, message: "there is no test below empty"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := testFiles(test.paths)
			var usage *usageError
			if test.message != "" && (!errors.As(err, &usage) || usage.message != test.message || usage.hint == "") {
				t.Errorf("error %v, want %s", err, test.message)
			}
			if test.message == "" && (err != nil || !slices.Equal(got, test.want)) {
				t.Errorf("%q, %v; want %q", got, err, test.want)
			}
		})
	}
}

// What a test file finds has documentation that shows how it is used, and its
// examples compile.
func TestVerbsOfTestsAreDocumented(t *testing.T) {
	for _, module := range testModules(&testWorld{}) {
		for _, v := range module.Verbs {
			if v.Doc == "" || v.Example == "" || v.Effect != runtime.Local {
				t.Errorf("%s: doc %q, example %q, effect %s", v.Name, v.Doc, v.Example, v.Effect)
			}
			if _, err := runtime.Compile(v.Name, []byte(v.Example)); err != nil {
				t.Errorf("%s: %v", v.Name, err)
			}
		}
	}
}

// The guide names every verb of tests and every parameter of a fault, and what it
// shows is in the example.
func TestGuideToTesting(t *testing.T) {
	text, err := os.ReadFile("../../docs/testing.md")
	if err != nil {
		t.Fatal(err)
	}
	guide := string(text)
	for _, module := range testModules(&testWorld{}) {
		for _, v := range module.Verbs {
			if !strings.Contains(guide, v.Name+"(") && !strings.Contains(guide, v.Name+"{") {
				t.Errorf("the guide does not name %s", v.Name)
			}
			for _, p := range v.Params {
				if p.Named && !strings.Contains(guide, "`"+p.Name+"`") {
					t.Errorf("the guide does not name the parameter %s of %s", p.Name, v.Name)
				}
			}
		}
	}
	example, err := os.ReadFile("../../scripts/examples/testing/rollout_test.lua")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(guide, "test(\"a lost answer")
	name, _, _ := strings.Cut(rest, "\n")
	if name == "" || !strings.Contains(string(example), name) {
		t.Errorf("the example has no test %q", name)
	}
}
