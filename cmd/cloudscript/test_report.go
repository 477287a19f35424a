package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/internal/english"
	"github.com/cloudscript/cloudscript/runtime"
)

// A testReport prints results as they come and keeps them.
type testReport struct {
	*streams
	verbose bool
	files   []*fileResult
}

func (r *testReport) begin(file string) { r.files = append(r.files, &fileResult{file: file}) }

// test reports a test of the file that was begun last, and its parts: those that
// failed, or all with -v.
func (r *testReport) test(result testResult) {
	file := r.files[len(r.files)-1]
	file.tests = append(file.tests, result)
	r.verdict(result)
	for _, part := range result.parts {
		r.verdict(part)
	}
}

func (r *testReport) verdict(result testResult) {
	verdict := "ok  "
	if len(result.problems) > 0 {
		verdict = "FAIL"
	} else if !r.verbose {
		return
	}
	fmt.Fprintf(r.out, "%s  %s: %s (%s)\n", verdict, result.file, result.name, result.simulated.Round(time.Millisecond))
	for _, problem := range result.problems {
		fmt.Fprint(r.out, indented(r.problem(problem)))
	}
	if result.output != "" {
		fmt.Fprint(r.out, indented("output:\n"+indented(result.output)))
	}
}

// problem is what is wrong, for people, with the difference that an assertion
// found.
func (r *testReport) problem(err error) string {
	text := r.errorText(err)
	var (
		e      *runtime.Error
		failed *assertion
	)
	if errors.As(err, &failed) && failed.details != "" {
		text += failed.details
	}
	if errors.As(err, &e) && e.Kind == runtime.Exit {
		text += fmt.Sprintf("status: %d\n", e.ExitCode)
	}
	return text
}

// endFile sums up the file that was begun last.
func (r *testReport) endFile() {
	file := r.files[len(r.files)-1]
	switch n, failed := len(file.tests), file.failed(); {
	case failed > 0:
		fmt.Fprintf(r.out, "FAIL  %s: %d of %s failed\n", file.file, failed, english.Count(n, "test"))
	case n > 0:
		fmt.Fprintf(r.out, "ok    %s: %s\n", file.file, english.Count(n, "test"))
	}
}

// end sums up all files where there are several, reports the coverage, and is the
// command's error.
func (r *testReport) end(o testOptions) error {
	n, failed := 0, 0
	for _, file := range r.files {
		n += len(file.tests)
		failed += file.failed()
	}
	if n == 0 {
		return &usageError{message: fmt.Sprintf("no test matches --run %q", o.match), hint: "cloudscript test -v shows the names"}
	}
	enough := o.collected == nil || r.coverage(o)
	if failed > 0 && len(r.files) > 1 {
		fmt.Fprintf(r.out, "FAIL  %d of %s failed\n", failed, english.Count(n, "test"))
	}
	if failed > 0 || !enough {
		return said(errTestsFailed)
	}
	return nil
}

// indented is a text with its lines moved to the right.
func indented(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if strings.TrimRight(line, "\n") != "" {
			b.WriteString("      ")
		}
		b.WriteString(line)
	}
	if !strings.HasSuffix(text, "\n") {
		b.WriteByte('\n')
	}
	return b.String()
}
