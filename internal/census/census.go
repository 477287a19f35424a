// Package census is for tests. It counts which tests made which requests to a simulated
// cloud succeed, so that docs/coverage.md names no test that did not.
//
// A package's tests tell their [Census] of each request, and its TestMain is
// [Census.Main]: after a run of all tests it holds the page to what was counted. With
// [FileVariable] set it writes the counts instead, from which the page is made.
package census

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
)

// FileVariable names a file to write what was counted to, as JSON: [Tests].
const FileVariable = "CLOUDSCRIPT_CENSUS"

// Tests are the names of tests, such as bindings.TestAServersLife, by the operation that
// succeeded in them, such as servers.create.
type Tests map[string][]string

// A Census counts in one package. The zero value is ready; many goroutines may use it.
type Census struct {
	mu    sync.Mutex
	tests Tests
}

// Succeeded counts an operation for a test, and for the one that a part belongs to.
func (c *Census) Succeeded(t testing.TB, operation string) {
	name, _, _ := strings.Cut(t.Name(), "/")
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.tests == nil {
		c.tests = Tests{}
	}
	if !slices.Contains(c.tests[operation], name) {
		c.tests[operation] = append(c.tests[operation], name)
	}
}

// Main runs the tests of a package and returns the exit code. It fails if the page names
// one of them for an operation that did not succeed in it.
func (c *Census) Main(m *testing.M, name, page string) int {
	code := m.Run()
	var err error
	switch file := os.Getenv(FileVariable); {
	case file != "":
		err = c.write(name, file)
	case code == 0 && all():
		err = c.check(name, page)
	}
	if err != nil {
		fmt.Println(err)
		return 1
	}
	return code
}

// all reports whether no flag left tests out.
func all() bool {
	for _, name := range []string{"run", "skip", "list", "fuzz"} {
		if f := flag.Lookup("test." + name); f != nil && f.Value.String() != "" {
			return false
		}
	}
	return !testing.Short()
}

func (c *Census) check(name, page string) error {
	text, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	var wrong []string
	for operation, test := range Named(string(text)) {
		if test, own := strings.CutPrefix(test, name+"."); own && !slices.Contains(c.tests[operation], test) {
			wrong = append(wrong, fmt.Sprintf("FAIL: %s names %s for %s, which does not succeed in it: go test ./bindings -run TestCoverage -update-coverage", page, test, operation))
		}
	}
	slices.Sort(wrong)
	if len(wrong) > 0 {
		return errors.New(strings.Join(wrong, "\n"))
	}
	return nil
}

func (c *Census) write(name, file string) error {
	named := Tests{}
	for operation, tests := range c.tests {
		for _, test := range tests {
			named[operation] = append(named[operation], name+"."+test)
		}
	}
	text, err := json.Marshal(named)
	if err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o644)
}

// Named are the tests that the page names, by operation: in the tables' rows, the last
// cell but one, and the first name in the cell before it.
func Named(page string) map[string]string {
	named := map[string]string{}
	for line := range strings.Lines(page) {
		if cells := strings.Split(line, " | "); len(cells) == 7 {
			operation, _, _ := strings.Cut(cells[4], ": ")
			named[strings.Trim(operation, "`")] = strings.Trim(cells[5], "`")
		}
	}
	return named
}
