package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/apiclient/lunanode"
	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/bindings"
	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/simulator"
	"github.com/cloudscript/cloudscript/stdlib"
)

// testStart is when every test begins on its virtual clock, so that what a test
// prints does not depend on the day.
var testStart = time.Date(2026, time.January, 5, 9, 0, 0, 0, time.UTC)

// A testWorld is what one test runs in: simulated clouds, a clock and an
// interpreter that no other test has touched. The verbs of test files act on it,
// while their task holds the interpreter.
type testWorld struct {
	*rehearsal
	runtime *runtime.Runtime
	session *runtime.Session
	output  bytes.Buffer
	clouds  []interface{ Close() }

	tests    []declaredTest
	running  bool
	failures []*assertion      // of the test, in the order in which they were made
	faulty   []*runtime.Error  // for each fault, what is wrong if it does not happen, but for its words
	handle   runtime.Value     // t
	part     string            // that is running
	parts    []testResult      // that ran, with names of their own
	find     *runtime.Function // string.find
	play     *runtime.Function // playing

	coverage *runtime.Coverage // nil: not asked for
	require  func(name string) (chunk string, src []byte, err error)
	required map[string]bool // the files that it read for the test
}

// A declaredTest is one call of test in a file.
type declaredTest struct {
	name string
	body runtime.Value
}

// openTestWorld makes the world of one test of a file.
func openTestWorld(ctx context.Context, file string, o testOptions) (*testWorld, error) {
	library, err := o.grantOptions.stdlib()
	if err != nil {
		return nil, err
	}
	policy, err := o.policy()
	if err != nil {
		return nil, err
	}
	w := &testWorld{coverage: o.collected.of(), require: modulesBeside(file), required: map[string]bool{}}
	library.Log = newScriptLog(&w.output)
	if o.host != nil {
		o.host(&library)
	}
	if w.rehearsal, err = rehearse(testStart, simulator.Config{State: o.account}); err != nil {
		return nil, err
	}
	retry := apiclient.RetryPolicy{Jitter: evenJitter}
	servers := rackspace.New(rackspace.Config{Credentials: w.rehearsal.Rackspace(), Clock: w.clock, Retry: retry})
	lunaNode := lunanode.New(lunanode.Config{Credentials: w.rehearsal.LunaNode(), Clock: w.clock, Retry: retry})
	w.clouds = []interface{ Close() }{servers, lunaNode}
	w.runtime, err = runtime.New(runtime.Config{
		Modules:  slices.Concat(stdlib.Modules(library), bindings.Rackspace(servers), bindings.LunaNode(lunaNode), testModules(w)),
		Clock:    w.clock,
		Policy:   policy,
		Require:  w.noting,
		Coverage: w.coverage,
	})
	if err != nil {
		w.close()
		return nil, &usageError{message: err.Error(), hint: ruleHint}
	}
	if err := o.limitOptions.check(w.runtime); err != nil {
		w.close()
		return nil, err
	}
	w.session, err = w.runtime.NewSession(runtime.RunOptions{
		ID: "test", Stdout: &w.output, Limits: o.limits, Random: rand.New(rand.NewPCG(0, 0)),
	})
	if err != nil {
		w.close()
		return nil, err
	}
	found, err := w.session.Eval(ctx, "test", "string.find, "+playing)
	if err != nil {
		w.close()
		return nil, err
	}
	w.find, w.play = found[0].Function(), found[1].Function()
	return w, nil
}

// evenJitter makes the waits before repetitions the same in every test, rehearsal and
// replay: half of what they may be.
func evenJitter() float64 { return 0.5 }

// close ends the test's clean-up functions and then the clouds.
func (w *testWorld) close() error {
	var err error
	if w.session != nil {
		err = w.session.Close()
		w.session = nil
	}
	for _, cloud := range w.clouds {
		cloud.Close()
	}
	return errors.Join(err, w.sim.Close())
}

// bodyGlobal is the name of the global through which a test's function is called.
// No script can name it by accident.
const bodyGlobal = "the test"

// run runs one of the tests that the file declared and returns all that is wrong.
func (w *testWorld) run(ctx context.Context, test declaredTest) []error {
	w.failures, w.running = nil, true
	t, err := w.session.Eval(ctx, "test", "t")
	if err == nil {
		w.handle = t[0]
		w.session.Set(bodyGlobal, test.body)
		_, err = w.session.Call(ctx, bodyGlobal, w.handle)
	}
	problems := append(w.problems(err), w.failedParts()...)
	if len(problems) == 0 { // else the test may have ended before their time
		problems = w.idleFaults()
	}
	return problems
}

// problems are the error that a function ended with, and the assertions whose
// error it caught.
func (w *testWorld) problems(err error) []error {
	caught := w.caught(err)
	if err == nil {
		return caught
	}
	return append([]error{err}, caught...)
}

// caught are the assertions that failed and whose error the script caught: a test
// fails with its first assertion whatever stands around it.
func (w *testWorld) caught(err error) []error {
	var raised *assertion
	errors.As(err, &raised)
	var problems []error
	for _, a := range w.failures {
		if a != raised {
			problem := *a.raised
			problem.Hint = "the script caught this error; the test fails all the same"
			problems = append(problems, &problem)
		}
	}
	return problems
}

// withTestTimeout bounds a test on the machine's clock.
func withTestTimeout(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(ctx, d, &runtime.Error{
		Kind: runtime.Limit, Message: fmt.Sprintf("the test took longer than %v of the machine's time", d),
		Hint: "look for a loop that does not end, or give it more with --timeout",
	})
}
