package main

import (
	"context"

	"github.com/cloudscript/cloudscript/runtime"
)

// testSection is the heading under which a reference lists them.
const testSection = "Tests"

// testModules are what test files find beyond what scripts find: the function
// test, the assertions t and the simulated clouds sim.
func testModules(w *testWorld) []runtime.Module {
	return []runtime.Module{
		{Verbs: []runtime.Verb{testVerb(w)}},
		{Name: "t", Section: testSection, Doc: "Assertions, in the files of cloudscript test. One that fails ends the test.", Verbs: []runtime.Verb{
			equalVerb(w), notEqualVerb(w), okVerb(w), matchVerb(w), errorVerb(w), failVerb(w), runVerb(w), scriptVerb(w),
		}},
		simModule(w),
	}
}

func testVerb(w *testWorld) runtime.Verb {
	return runtime.Verb{
		Name: "test",
		Doc: "Declares a test, in the files of cloudscript test. It runs later, in a run of the file of its own: with fresh globals, on empty simulated clouds, " +
			"at the same moment of virtual time.",
		Params: []runtime.Param{
			{Name: "name", Type: runtime.String, Required: true, Doc: "what the test shows; unique in the file"},
			{Name: "body", Type: runtime.Handle, Required: true, Doc: "a function, called as body(t)", Editor: "fun(t: cloudscript.t)"},
		},
		Example: `test("a list is empty at first", function(t) t.equal(#servers.list(), 0) end)`,
		Inline: func(_ context.Context, c *runtime.Call) (any, error) {
			name, body := c.String("name"), c.Handle("body")
			if body.Kind() != runtime.FunctionValue {
				return nil, runtime.Errorf(runtime.Usage, "parameter \"body\": expected a function, got a %s", body.Kind())
			}
			if w.running {
				e := runtime.Errorf(runtime.Usage, "a test cannot declare another test")
				e.Hint = "t.run runs a part of a test; for a test of each case, call test in a loop at the top level of the file"
				return nil, e
			}
			for _, other := range w.tests {
				if other.name == name {
					e := runtime.Errorf(runtime.Usage, "there is a test %q already", name)
					e.Hint = "give each test of a file a name of its own"
					return nil, e
				}
			}
			w.tests = append(w.tests, declaredTest{name: name, body: body})
			return nil, nil
		},
	}
}
