package main

import (
	"cmp"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/cmd/cloudscript/internal/site"
	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/simulator"
	"github.com/cloudscript/cloudscript/stdlib"
)

// exampleAccount is what both clouds hold for the examples of their verbs.
//
//go:embed doc_account.json
var exampleAccount []byte

// runExamples runs the examples of all verbs and returns what became of each.
// They see nothing of the machine or of the user's accounts: simulated clouds, an
// empty folder, virtual time, and a host that answers from here.
func runExamples(ctx context.Context, rt *runtime.Runtime) (map[string]*site.Run, error) {
	account, err := simulator.DecodeState(exampleAccount)
	if err != nil {
		return nil, err
	}
	runs := map[string]*site.Run{}
	var problems []error
	for _, v := range rt.Verbs() {
		if runs[v.Name], err = runExample(ctx, v, exampleOptions(v, account)); err != nil {
			problems = append(problems, fmt.Errorf("the example of %s: %v", v.Name, err))
		}
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
	}
	return runs, errors.Join(problems...)
}

// exampleOptions give a verb the account; a test begins with nothing.
func exampleOptions(v *runtime.Verb, account *simulator.State) testOptions {
	for _, m := range testModules(&testWorld{}) {
		if slices.ContainsFunc(m.Verbs, func(other runtime.Verb) bool { return other.Name == v.Name }) {
			return testOptions{}
		}
	}
	return testOptions{account: account}
}

// runExample runs the example of one verb in a world of its own. An error says that
// it failed, unless it is there to show a failure.
func runExample(ctx context.Context, v *runtime.Verb, o testOptions) (*site.Run, error) {
	dir, err := os.MkdirTemp("", "cloudscript-doc-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	o.host = func(config *stdlib.Config) {
		config.Dirs = []stdlib.Dir{{Path: dir, Writable: true}}
		config.Env, config.LookupEnv = []string{"REGION"}, func(string) (string, bool) { return "", false }
		config.HTTP = stdlib.HTTP{Hosts: []string{"api.example.com"}, Client: &http.Client{Transport: exampleHost{}}}
	}
	w, err := openTestWorld(ctx, filepath.Join(dir, "example"+testSuffix), o)
	if err != nil {
		return nil, err
	}
	defer w.close()
	if _, err := w.session.Eval(ctx, "before", exampleNeeds[v.Name]); err != nil {
		return nil, fmt.Errorf("what it takes for granted: %w", err)
	}
	before := len(w.sim.Calls())
	w.output.Reset()
	values, err := w.session.Eval(ctx, "example", v.Example)
	run := &site.Run{Requests: requestSummary(w.sim.Calls()[before:])}
	if v.Name == failingExample {
		run.Error, err = exampleError(err)
	}
	if err != nil && !errors.Is(err, &runtime.Error{Kind: runtime.Exit}) {
		return nil, err
	}
	for _, test := range w.tests {
		if problems := w.run(ctx, test); len(problems) > 0 {
			return nil, errors.Join(problems...)
		}
	}
	if !strings.HasPrefix(v.Example, "assert(") { // whose value is true, as everybody knows
		for _, value := range values {
			w.output.WriteString(w.session.Format(value, exampleWidth) + "\n")
		}
	}
	if err := w.close(); err != nil { // clean-up functions print as well
		return nil, err
	}
	run.Output = shortened(w.output.String())
	return run, nil
}

// failingExample is the verb whose example ends with an error.
const failingExample = "t.fail"

// exampleError is the text of the error that an example shows.
func exampleError(err error) (string, error) {
	var failure *runtime.Error
	if !errors.As(err, &failure) {
		return "", fmt.Errorf("it did not fail: %w", err)
	}
	return failure.Error(), nil
}

// Outputs are as wide as a page has room for, and end where the point is made.
const (
	exampleWidth = 84
	exampleLines = 30
)

func shortened(output string) string {
	lines := strings.Split(strings.TrimRight(output, "\n"), "\n")
	for i, line := range lines {
		if text := []rune(line); len(text) > exampleWidth {
			lines[i] = string(text[:exampleWidth]) + "…"
		}
	}
	if more := len(lines) - exampleLines; more > 1 {
		lines = append(lines[:exampleLines], fmt.Sprintf("… and %d lines more", more))
	}
	return strings.Join(lines, "\n")
}

// requestSummary is a line for each request to the clouds but the log-in; the same
// ones in a row, as of a wait, are one line.
func requestSummary(calls []simulator.Call) []string {
	var lines []string
	times := 1
	for i, c := range calls {
		if c.Operation == login {
			continue
		}
		line := fmt.Sprintf("%s %s → %d", c.Method, c.Path, c.Status)
		if i > 0 && len(lines) > 0 && calls[i-1].Method == c.Method && calls[i-1].Path == c.Path && calls[i-1].Status == c.Status {
			times++
			lines[len(lines)-1] = fmt.Sprintf("%s, %d times", line, times)
			continue
		}
		times = 1
		lines = append(lines, line)
	}
	return lines
}

// exampleHost answers the requests of http's examples.
type exampleHost struct{}

func (exampleHost) RoundTrip(r *http.Request) (*http.Response, error) {
	status := map[string]int{http.MethodPost: http.StatusCreated, http.MethodDelete: http.StatusNoContent}[r.Method]
	body := ""
	if status != http.StatusNoContent && r.Method != http.MethodHead {
		body = `{"id": 1, "name": "web1"}`
	}
	header := http.Header{"Content-Type": {"application/json"}}
	return &http.Response{StatusCode: cmp.Or(status, http.StatusOK), Header: header, Request: r,
		Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body))}, nil
}
