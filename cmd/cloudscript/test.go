package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/cloudscript/cloudscript/simulator"
	"github.com/cloudscript/cloudscript/stdlib"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// testOptions are what the test command was asked for.
type testOptions struct {
	grantOptions
	limitOptions
	coverOptions
	paths   []string
	match   string
	verbose bool
	junit   string
	timeout time.Duration

	selected *regexp.Regexp       // nil: every test
	account  *simulator.State     // what each test's clouds hold at first; nil: what is in stock
	host     func(*stdlib.Config) // changes what the machine grants; nil: nothing
}

// testTimeout is how long a test may take on the machine's clock; what it waits
// for takes no time.
const testTimeout = time.Minute

func newTestCommand(s *streams) *cobra.Command {
	var opts testOptions
	cmd := &cobra.Command{
		Use:   "test [flags] [FILE|DIR …]",
		Short: "Run the tests of scripts on simulated clouds",
		Long: `Run the tests in files, or in all files below directories whose names end in
_test.lua; without an argument, below the working directory.

A test file declares tests with test("what it shows", function(t) … end). Each
test runs the file anew, on empty simulated clouds of its own, in virtual time:
waits pass at once, and a test does the same every time. t has assertions, sim
makes requests go wrong. docs/testing.md tells more.

With --cover the lines are counted that ran, of the scripts and modules that the
tests run.

The exit code is 0 if every test passed, 1 if one failed or --cover-min was
missed, 2 if there is no test.`,
		Example: `  cloudscript test
  cloudscript test -v --run 'lost answer' scripts/fleet_test.lua
  cloudscript test --cover -v scripts
  cloudscript test --junit report.xml --coverprofile lcov.info scripts`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := opts.complete(args); err != nil {
				return err
			}
			return testScripts(cmd.Context(), s, opts)
		},
	}
	opts.flags(cmd.Flags())
	return cmd
}

func (o *testOptions) flags(flags *pflag.FlagSet) {
	flags.StringVar(&o.match, "run", "", "run only tests whose name matches the regular expression `REGEX`")
	flags.BoolVarP(&o.verbose, "verbose", "v", false, "show every test, with what it prints")
	flags.StringVar(&o.junit, "junit", "", "write the results to a `FILE` in JUnit's XML as well")
	flags.DurationVar(&o.timeout, "timeout", testTimeout, "end a test after a `DURATION` of the machine's time")
	o.limitOptions.flags(flags, "each test")
	o.coverOptions.flags(flags)
	o.grantOptions.flags(flags)
}

func (o *testOptions) complete(args []string) (err error) {
	if o.paths = args; len(args) == 0 {
		o.paths = []string{"."}
	}
	if o.match != "" {
		if o.selected, err = regexp.Compile(o.match); err != nil {
			return &usageError{message: fmt.Sprintf("--run %q: %s", o.match, err), hint: "the syntax is that of Go's package regexp"}
		}
	}
	if o.timeout <= 0 {
		return &usageError{message: fmt.Sprintf("--timeout %v: not above zero", o.timeout), hint: "write a number with a unit, such as 30s or 10m"}
	}
	if err := refuseScript("--junit", o.junit, "report.xml"); err != nil {
		return err
	}
	if err := o.coverOptions.complete(); err != nil {
		return err
	}
	return o.limitOptions.parse()
}

// errTestsFailed ends a test command whose report was printed.
var errTestsFailed = errors.New("a test failed")

func testScripts(ctx context.Context, s *streams, o testOptions) error {
	files, err := testFiles(o.paths)
	if err != nil {
		return err
	}
	if _, err := o.grantOptions.stdlib(); err != nil {
		return err
	}
	ctx, stop := interruptible(ctx, s)
	defer stop()
	defer boundProcess(o.limits.Memory)()
	report := &testReport{streams: s, verbose: o.verbose}
	for _, file := range files {
		err := testFile(ctx, s, o, file, report)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err != nil {
			return err
		}
	}
	if o.junit != "" {
		if err := writeJUnit(o.junit, report.files); err != nil {
			return err
		}
	}
	if o.profile != "" {
		if err := writeFile(o.profile, lcov(o.collected.sorted()), 0o644); err != nil {
			return err
		}
	}
	return report.end(o)
}
