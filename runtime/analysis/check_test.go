package analysis_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/runtime/analysis"
	"github.com/google/go-cmp/cmp"
)

func nothing(context.Context, *runtime.Call) (any, error) { return nil, nil }

// fleet is a runtime with verbs of every shape.
func fleet(t testing.TB) *runtime.Runtime {
	id := runtime.Param{Name: "id", Type: runtime.ID, Required: true}
	rt, err := runtime.New(runtime.Config{
		Values: map[string]any{"inventory": map[string]string{}},
		Modules: []runtime.Module{
			{Name: "servers", Verbs: []runtime.Verb{
				{Name: "servers.create", Effect: runtime.Create, Returns: "server", Func: nothing, Params: []runtime.Param{
					{Name: "name", Type: runtime.String, Required: true},
					{Name: "flavor", Type: runtime.ID, Required: true},
					{Name: "metadata", Type: runtime.Strings},
					{Name: "count", Type: runtime.Integer, Named: true},
					{Name: "public", Type: runtime.Boolean, Named: true},
				}},
				{Name: "servers.list", Effect: runtime.Read, Returns: "list of server", Func: nothing},
				{Name: "servers.get", Effect: runtime.Read, Returns: "server", Method: "server", Func: nothing, Params: []runtime.Param{id}},
				{Name: "servers.reboot", Effect: runtime.Update, Method: "server", Func: nothing, Params: []runtime.Param{id,
					{Name: "type", Type: runtime.String, Enum: []string{"SOFT", "HARD"}}}},
				{Name: "servers.delete", Effect: runtime.Destroy, Method: "server", Func: nothing, Params: []runtime.Param{id}},
				{Name: "servers.watch", Effect: runtime.Read, Method: "server", Inline: nothing, Params: []runtime.Param{id,
					{Name: "fn", Type: runtime.Callback, Editor: "fun(server: server): boolean?"}}},
				{Name: "servers.wait", Effect: runtime.Read, Returns: "server", Method: "server", Func: nothing, Params: []runtime.Param{id,
					{Name: "state", Type: runtime.String}, {Name: "timeout", Type: runtime.Duration}}},
			}, Objects: []runtime.ObjectType{{Name: "server", Key: "id", Fields: []runtime.Field{
				{Name: "id", Type: runtime.ID}, {Name: "name", Type: runtime.String}, {Name: "status", Type: runtime.String}}}},
				Values: map[string]any{"region": "dfw"}},
			{Name: "task", Verbs: []runtime.Verb{
				{Name: "task.spawn", Inline: nothing, Params: []runtime.Param{{Name: "fn", Type: runtime.Callback, Required: true}}},
				{Name: "task.all", Inline: nothing, Params: []runtime.Param{{Name: "list", Type: runtime.List, Required: true}}},
				{Name: "task.tag", Func: nothing, Params: []runtime.Param{{Name: "value", Type: runtime.Any}, {Name: "tags", Type: runtime.Table}}},
				{Name: "task.none", Func: nothing},
				{Name: "task.play", Inline: nothing, Params: []runtime.Param{{Name: "name", Type: runtime.String, Required: true}, {Name: "fn", Type: runtime.Callback,
					Editor: "fun(count: integer, server: server, task: cloudscript.task, other: cloudscript.nothing): any"}}},
			}},
			{Verbs: []runtime.Verb{{Name: "login", Effect: runtime.Read, Func: nothing, Params: []runtime.Param{
				{Name: "password", Type: runtime.String, Secret: true, Required: true}}}}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return rt
}

func checker(t testing.TB) *analysis.Checker {
	c, err := analysis.New(context.Background(), fleet(t))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Every script in testdata has a golden text of its findings beside it; the ones
// named right*.lua have none. UPDATE=1 writes the texts anew.
func TestFindings(t *testing.T) {
	c := project(t)
	scripts, err := filepath.Glob("testdata/*.lua")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, script := range scripts {
		t.Run(filepath.Base(script), func(t *testing.T) {
			src, err := os.ReadFile(script)
			if err != nil {
				t.Fatal(err)
			}
			got := render(c.Check(filepath.Base(script), src).Findings)
			golden := strings.TrimSuffix(script, ".lua") + ".txt"
			if os.Getenv("UPDATE") != "" {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("findings differ (- want, + got):\n%s", diff)
			}
			if right := strings.HasPrefix(filepath.Base(script), "right"); right != (got == "") {
				t.Errorf("findings in a script that is named for the opposite:\n%s", got)
			}
		})
	}
}

func render(findings []analysis.Finding) string {
	var b strings.Builder
	for _, f := range findings {
		b.WriteString(f.Render())
	}
	return b.String()
}

// What is reported of arguments fails when it runs: each line of these scripts is
// one mistake, and the runtime finds it as well.
func TestTheRuntimeAgrees(t *testing.T) {
	rt := fleet(t)
	for _, script := range []string{"testdata/parameters.lua", "testdata/values.lua"} {
		src, err := os.ReadFile(script)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(src)) {
			line = strings.NewReplacer("pcall(servers.get)", "servers.get()", "servers.get(1):wait(", "servers.wait(1, ").Replace(line)
			if !refuses(t, rt, line) {
				t.Errorf("the runtime accepts %s", line)
			}
		}
	}
}

// Every rule has an example in the golden texts, and a line in the manual.
func TestEveryRuleIsShown(t *testing.T) {
	var all strings.Builder
	texts, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range texts {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	manual, err := os.ReadFile("../../docs/tools.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range []analysis.Rule{analysis.Syntax, analysis.Header, analysis.Module, analysis.UnknownGlobal, analysis.UnknownVerb, analysis.UnknownField,
		analysis.UnknownParameter, analysis.MissingParameter, analysis.ExtraArgument, analysis.WrongType, analysis.WrongValue,
		analysis.UnusedLocal, analysis.AccidentalGlobal} {
		if !strings.Contains(all.String(), "["+string(rule)+"]") {
			t.Errorf("no golden text shows %s", rule)
		}
		if !strings.Contains(string(manual), "\n| `"+string(rule)+"` | ") {
			t.Errorf("docs/tools.md does not tell of %s", rule)
		}
	}
}

func TestUses(t *testing.T) {
	report := checker(t).Check("x.lua", []byte(`
local create = servers.create
local one = create{name = "a", flavor = 1}
one:reboot()
local f = function(x) x:delete() return ("x"):rep(3) end
pcall(login, "pw")
return f, servers.region
`))
	if len(report.Findings) > 0 {
		t.Fatal(render(report.Findings))
	}
	want := []analysis.Use{{Name: "login", Effect: runtime.Read}, {Name: "servers.create", Effect: runtime.Create},
		{Name: "servers.reboot", Effect: runtime.Update}, {Name: ":delete", Effect: runtime.Destroy}}
	if diff := cmp.Diff(want, report.Uses); diff != "" {
		t.Error(diff)
	}
}

// A literal that a secret parameter refuses is not repeated.
func TestSecretsAreConcealed(t *testing.T) {
	report := checker(t).Check("x.lua", []byte("login(123456)"))
	if len(report.Findings) != 1 || strings.Contains(report.Findings[0].Message, "123456") {
		t.Errorf("findings: %+v", report.Findings)
	}
}

// One Checker serves many goroutines.
func TestCheckersAreShared(t *testing.T) {
	c := checker(t)
	src := []byte("local a = servers.list()\nfor _, s in ipairs(a) do s:rebot() end")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				if r := c.Check("x.lua", src); len(r.Findings) != 1 {
					t.Errorf("findings: %+v", r.Findings)
				}
			}
		})
	}
	wg.Wait()
}

// A runtime whose limits leave no room for the survey is refused.
func TestNewFails(t *testing.T) {
	rt, err := runtime.New(runtime.Config{Limits: runtime.Limits{Steps: 1}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := analysis.New(context.Background(), rt); err == nil || !strings.Contains(err.Error(), "cannot list what scripts find") {
		t.Errorf("got %v", err)
	}
}

func FuzzCheck(f *testing.F) {
	c := checker(f)
	scripts, _ := filepath.Glob("testdata/*.lua")
	for _, script := range scripts {
		if src, err := os.ReadFile(script); err == nil {
			f.Add(src)
		}
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		for _, finding := range c.Check("fuzz.lua", src).Findings {
			if finding.Render() == "" {
				t.Error("a finding says nothing")
			}
		}
	})
}
