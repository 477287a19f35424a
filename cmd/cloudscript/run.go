package main

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// runOptions are what the run command was asked for.
type runOptions struct {
	worldOptions
	file    string
	code    []string // -e
	args    []string // the script's
	timeout string
	set     []string
	json    bool
	page    string // --report
	least   bool   // --report-policy

	params map[string]any
}

func (o *runOptions) flags(flags *pflag.FlagSet) {
	o.worldOptions.flags(flags)
	repeated(flags, &o.code, "eval", "e", "run `CODE` instead of a file; may be repeated, one line each")
	repeated(flags, &o.set, "set", "", "`NAME=VALUE`: the script reads it as params.NAME; may be repeated")
	flags.StringVar(&o.timeout, "timeout", "", "end the run after a `DURATION` such as 90s or 10m")
	o.limitOptions.flags(flags, "the run")
	flags.StringVar(&o.page, "report", "", "write a `FILE` in HTML that shows what the run did and when, without secrets")
	flags.BoolVar(&o.least, "report-policy", false, "print the least policy that the run would have needed, as --allow flags, on standard error at the end")
	flags.BoolVar(&o.json, "json", false, "print the script's results, or its error, as JSON on standard output; what it prints goes to standard error")
}

func newRunCommand(s *streams) *cobra.Command {
	var opts runOptions
	cmd := &cobra.Command{
		Use:   "run [flags] FILE [-- ARGS]",
		Short: "Run a script",
		Long: `Run a script: a FILE, standard input (-), or code from the command line (-e CODE).

The script finds its ARGS in the table arg and the values of --set, as text, in
the table params. Parameters that its header declares are flags as well, and
typed: cloudscript describe FILE lists them.

With --sim it runs against a simulator in this process, in virtual time: minutes
pass at once, and no account is needed.`,
		Example: `  cloudscript run --sim scripts/examples/fleet.lua
  cloudscript run deploy.lua --profile uk --set count=3 -- web1 web2
  cloudscript run --timeout 10m --limit calls=500 nightly.lua
  cloudscript run --sim --report out.html scripts/examples/fleet.lua
  cloudscript run --json -e 'return servers.list()'`,
		RunE: func(cmd *cobra.Command, args []string) error {
			s.json = opts.json
			if err := opts.complete(args); err != nil {
				return err
			}
			return runScript(cmd.Context(), s, opts)
		},
	}
	opts.flags(cmd.Flags())
	cmd.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		hint := cmd.CommandPath() + " --help lists the flags"
		if strings.HasPrefix(err.Error(), "unknown flag: --") {
			hint = "the flags of a script stand behind it; " + hint + " of cloudscript"
		}
		return flagErrorOr(cmd, err, hint)
	})
	return cmd
}

// complete checks the flags and splits the arguments.
func (o *runOptions) complete(args []string) (err error) {
	switch {
	case len(o.code) > 0:
		o.args = args
	case len(args) == 0:
		return &usageError{message: "run: which script?", hint: "name a FILE, or - for standard input, or give code with -e CODE"}
	default:
		o.file, o.args = args[0], args[1:]
	}
	if err = o.limitOptions.parse(); err != nil {
		return err
	}
	if o.timeout != "" {
		d, err := parseDuration("--timeout", o.timeout)
		if err != nil {
			return err
		}
		o.limits.Time = shorter(o.limits.Time, d)
	}
	o.params, err = parseParams(o.set)
	return err
}

// shorter is the smaller of two durations of which a may be none.
func shorter(a, b time.Duration) time.Duration {
	if a == 0 || b < a {
		return b
	}
	return a
}

// source is the script's name in errors and its text.
func (o *runOptions) source(s *streams) (string, []byte, error) {
	if len(o.code) > 0 {
		return "-e", []byte(strings.Join(o.code, "\n")), nil
	}
	return readSource(s, o.file)
}

// scriptName is the script's name in errors.
func (o *runOptions) scriptName() string {
	switch {
	case len(o.code) > 0:
		return "-e"
	case o.file == "-":
		return "stdin"
	}
	return o.file
}

func runScript(ctx context.Context, s *streams, o runOptions) (err error) {
	if o.report, err = openReport(o.page, o.scriptName()); err != nil {
		return err
	}
	return o.report.write(s, playScript(ctx, s, o))
}

func playScript(ctx context.Context, s *streams, o runOptions) error {
	name, src, err := o.source(s)
	if err != nil {
		return err
	}
	program, err := runtime.Compile(name, src)
	if err != nil {
		return err
	}
	if o.params, err = declaredParams(name, src, o.params); err != nil {
		return err
	}
	o.report.learn(o.params)
	o.script = o.file
	w, err := openWorld(s, o.worldOptions)
	if err != nil {
		return err
	}
	defer w.close()
	defer boundProcess(o.limits.Memory)()
	ctx, stop := interruptible(ctx, s)
	defer stop()
	stdout := s.out
	if o.json {
		stdout = s.err
	}
	policy := newPolicyReport(o.least)
	defer policy.write(s.err)
	result, err := w.runtime.Run(ctx, program, runtime.RunOptions{
		Args: o.args, Params: o.params, Limits: o.limits, Stdout: o.report.output(stdout), Width: s.showWidth(), Random: w.random,
		Plan: policy.link(), Journal: o.report.link(),
	})
	if err != nil || !o.json {
		return err
	}
	return writeResults(s, result)
}

// writeResults writes what a script returned as JSON. What JSON cannot hold is an error,
// as it is for json.encode.
func writeResults(s *streams, result *runtime.Result) error {
	if none := result.NoForm; none != nil {
		return runtime.Errorf(runtime.Script, "JSON cannot hold what the script returned: %s at results%s", none.What, none.At)
	}
	err := s.writeJSON(map[string]any{"results": values(result)})
	if number := new(json.UnsupportedValueError); errors.As(err, &number) {
		return runtime.Errorf(runtime.Script, "JSON cannot hold what the script returned: the number %s", number.Str)
	}
	return err
}

// values are the script's results; none is an empty list and not null.
func values(result *runtime.Result) []any {
	return append([]any{}, result.Values...)
}
