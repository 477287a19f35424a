package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/cloudscript/cloudscript/runtime"
)

// A testResult is what became of one test.
type testResult struct {
	file, name string
	problems   []error // none: it passed
	output     string  // what it printed and logged
	simulated  time.Duration
	elapsed    time.Duration // of the machine's time
	parts      []testResult
}

// A fileResult is what became of the tests of a file.
type fileResult struct {
	file  string
	tests []testResult
}

func (r *fileResult) failed() int {
	n := 0
	for _, t := range r.tests {
		if len(t.problems) > 0 {
			n++
		}
	}
	return n
}

// loadingName stands for a test's name where a file fails before its tests.
const loadingName = "(loading the file)"

// testFile runs the selected tests of a file. The error is not one of a test.
func testFile(ctx context.Context, s *streams, o testOptions, file string, report *testReport) error {
	name, src, err := readSource(s, file)
	if err != nil {
		return err
	}
	program, err := runtime.Compile(name, src)
	if err != nil {
		report.begin(file)
		report.test(testResult{file: file, name: loadingName, problems: []error{err}})
		report.endFile()
		return nil
	}
	report.begin(file)
	f := &fileRun{options: o, file: file, program: program}
	names, result, err := f.names(ctx)
	if err != nil || ctx.Err() != nil {
		return err
	}
	if result != nil {
		report.test(*result)
	}
	for i, name := range names {
		if o.selected != nil && !o.selected.MatchString(name) {
			continue
		}
		result, err := f.test(ctx, i, name)
		if err != nil || ctx.Err() != nil {
			return err
		}
		report.test(*result)
	}
	report.endFile()
	return nil
}

// A fileRun runs the tests of one file.
type fileRun struct {
	options testOptions
	file    string
	program *runtime.Program
}

// names loads the file to see which tests it declares; result tells why it
// cannot be loaded.
func (f *fileRun) names(ctx context.Context) (names []string, result *testResult, err error) {
	result, err = f.inWorld(ctx, loadingName, func(_ context.Context, w *testWorld) []error {
		for _, t := range w.tests {
			names = append(names, t.name)
		}
		if len(names) == 0 {
			return []error{&runtime.Error{Kind: runtime.Usage, Message: "the file declares no tests",
				Position: runtime.Position{File: f.file}, Hint: `write test("what it shows", function(t) … end)`}}
		}
		return nil
	})
	if result != nil && len(result.problems) == 0 {
		result = nil
	}
	return names, result, err
}

// test loads the file in a world of its own and runs one of its tests.
func (f *fileRun) test(ctx context.Context, i int, name string) (*testResult, error) {
	return f.inWorld(ctx, name, func(ctx context.Context, w *testWorld) []error {
		if i >= len(w.tests) || w.tests[i].name != name {
			return []error{&runtime.Error{Kind: runtime.Usage, Message: fmt.Sprintf("the file did not declare the test %q again", name),
				Position: runtime.Position{File: f.file}, Hint: "which tests a file declares must not depend on anything that changes"}}
		}
		return w.run(ctx, w.tests[i])
	})
}

// inWorld loads the file in a new world and, if that works, goes on with do.
func (f *fileRun) inWorld(ctx context.Context, name string, do func(context.Context, *testWorld) []error) (*testResult, error) {
	began := time.Now()
	w, err := openTestWorld(ctx, f.file, f.options)
	if err != nil {
		return nil, err
	}
	ctx, cancel := withTestTimeout(ctx, f.options.timeout)
	defer cancel()
	result := &testResult{file: f.file, name: name}
	if _, err := w.session.Load(ctx, f.program); err != nil {
		result.problems = []error{err}
	} else {
		result.problems = do(ctx, w)
	}
	if err := w.close(); err != nil {
		result.problems = append(result.problems, unjoined(err)...)
	}
	if name != loadingName {
		f.options.collected.add(w)
	}
	for _, part := range w.parts {
		part.file, part.name = f.file, name+"/"+part.name
		result.parts = append(result.parts, part)
	}
	result.output = w.output.String()
	result.simulated = w.clock.Now().Sub(testStart)
	result.elapsed = time.Since(began)
	return result, nil
}

// unjoined are the errors that errors.Join made one of.
func unjoined(err error) []error {
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) {
		return joined.Unwrap()
	}
	return []error{err}
}
