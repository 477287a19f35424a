package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/cloudscript/cloudscript/internal/english"
	"github.com/cloudscript/cloudscript/runtime"
)

func runVerb(w *testWorld) runtime.Verb {
	return runtime.Verb{
		Name: "t.run",
		Doc: "Runs a part of a test, which has a verdict of its own: if it fails the test goes on, and fails in the end. Parts " +
			"share the test's clouds and its time. Returns whether the part passed.",
		Params: []runtime.Param{
			{Name: "name", Type: runtime.String, Required: true, Doc: "what the part shows; unique in the test"},
			{Name: "body", Type: runtime.Callback, Required: true, Doc: "called as body(t)", Editor: "fun(t: cloudscript.t)"},
		},
		Returns: "boolean",
		Example: `test("a server's life", function(t)
  local server = servers.create{name = "web1", image = 104, flavor = 1}
  t.run("comes up", function() server:wait("ACTIVE") end)
  t.run("is listed", function(t) t.equal(#servers.list(), 1) end)
end)`,
		Inline: func(_ context.Context, c *runtime.Call) (any, error) {
			name := c.String("name")
			if err := w.mayRun(name); err != nil {
				return nil, err
			}
			began, simulated := time.Now(), w.clock.Now()
			outer := w.failures
			w.failures, w.part = nil, name
			_, err := c.Apply(c.Callback("body"), w.handle)
			problems := w.problems(err)
			w.failures, w.part = outer, ""
			if endsTest(err) {
				return nil, err
			}
			w.parts = append(w.parts, testResult{name: name, problems: problems,
				simulated: w.clock.Now().Sub(simulated), elapsed: time.Since(began)})
			return len(problems) == 0, nil
		},
	}
}

// mayRun is why a part may not run now.
func (w *testWorld) mayRun(part string) error {
	switch {
	case !w.running:
		return runtime.Errorf(runtime.Usage, "there is no test of which %q could be a part", part)
	case w.part != "":
		e := runtime.Errorf(runtime.Usage, "the part %q is still running", w.part)
		e.Hint = "parts run one after another, and have no parts themselves"
		return e
	case part == "" || slices.ContainsFunc(w.parts, func(p testResult) bool { return p.name == part }):
		e := runtime.Errorf(runtime.Usage, "there is a part %q already", part)
		if part == "" {
			e.Message = "the part has no name"
		}
		e.Hint = "give each part of a test a name of its own"
		return e
	}
	return nil
}

// endsTest reports whether an error is no verdict, but the end of all.
func endsTest(err error) bool {
	var e *runtime.Error
	return errors.As(err, &e) && (e.Kind == runtime.Cancelled || e.Kind == runtime.Limit || e.Kind == runtime.Exit)
}

// failedParts is the problem of a test whose parts failed, nil if none did.
func (w *testWorld) failedParts() []error {
	failed := 0
	for _, part := range w.parts {
		if len(part.problems) > 0 {
			failed++
		}
	}
	if failed == 0 {
		return nil
	}
	return []error{&runtime.Error{Kind: assertionFailed, Message: fmt.Sprintf("%d of %s failed", failed, english.Count(len(w.parts), "part"))}}
}
