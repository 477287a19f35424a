package main

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/simulator"
)

// What an example shows is what it printed, its value, or what it asked of the cloud.
func TestRunsOfExamples(t *testing.T) {
	for name, test := range map[string]struct{ source, output, requests, message string }{
		"prints":        {source: `print(1) log.warn("careful")`, output: "1\nwarn: careful"},
		"has a value":   {source: `{a = 1}`, output: "{a = 1}"},
		"asserts":       {source: `assert(1 == 1)`},
		"cleans up":     {source: `cleanup(function() print("the end") end) print("the work")`, output: "the work\nthe end"},
		"ends the run":  {source: `print("a") exit(3)`, output: "a"},
		"asks a cloud":  {source: `servers.get(40117).name`, output: `"ledger-01"`, requests: "GET /v1.0/700123/servers/40117 → 200"},
		"fails":         {source: `error("no")`, message: "example:1: no"},
		"a failed test": {source: `test("x", function(t) t.equal(1, 2) end)`, message: "example:1: t.equal: got 1, want 2"},
	} {
		t.Run(name, func(t *testing.T) {
			account, err := simulator.DecodeState(exampleAccount)
			if err != nil {
				t.Fatal(err)
			}
			run, err := runExample(context.Background(), &runtime.Verb{Name: "x", Example: test.source}, testOptions{account: account})
			if test.message != "" {
				if err == nil || err.Error() != test.message {
					t.Errorf("got the error %v", err)
				}
				return
			}
			if err != nil || run.Output != test.output || strings.Join(run.Requests, "|") != test.requests {
				t.Errorf("got %+v, %v", run, err)
			}
		})
	}
}

// The example of a verb that fails by design has to fail.
func TestFailingExample(t *testing.T) {
	run, err := runExample(context.Background(), &runtime.Verb{Name: failingExample, Example: `t.fail("no")`}, testOptions{})
	if err != nil || run.Error != "example:1: t.fail: no" {
		t.Errorf("got %+v, %v", run, err)
	}
	if _, err := runExample(context.Background(), &runtime.Verb{Name: failingExample, Example: `print(1)`}, testOptions{}); err == nil {
		t.Error("no error")
	}
}

func TestRequestsAreSummedUp(t *testing.T) {
	get := simulator.Call{Operation: "servers.get", Method: "GET", Path: "/servers/1", Status: 200}
	busy := get
	busy.Status = 413
	got := requestSummary([]simulator.Call{{Operation: login, Method: "GET", Path: "/v1.0", Status: 204}, get, get, get, busy, get})
	want := []string{"GET /servers/1 → 200, 3 times", "GET /servers/1 → 413", "GET /servers/1 → 200"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestOutputsAreShortened(t *testing.T) {
	if got := shortened(strings.Repeat("é", exampleWidth+1) + "\nb\n\n"); got != strings.Repeat("é", exampleWidth)+"…\nb" {
		t.Errorf("got %q", got)
	}
	if got := shortened(strings.Repeat("x\n", exampleLines+1)); strings.Count(got, "x") != exampleLines+1 {
		t.Errorf("a line more is left out: %q", got)
	}
	if got := shortened(strings.Repeat("x\n", exampleLines+2)); !strings.HasSuffix(got, "x\n… and 2 lines more") {
		t.Errorf("got %q", got)
	}
}
