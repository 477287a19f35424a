package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/cloudscript/cloudscript/internal/lazyregexp"
	"github.com/cloudscript/cloudscript/internal/nearest"
)

func newRootCommand(s *streams) *cobra.Command {
	var opts runOptions
	root := &cobra.Command{
		Use:   "cloudscript [flags] [FILE [ARGS]]",
		Short: "Run Lua scripts against clouds",
		Long: `cloudscript runs Lua scripts against clouds.

Without arguments it is a prompt on a terminal, and else runs the script on
standard input. With a FILE it runs that script, so that a script may start with
the line #!/usr/bin/env cloudscript.`,
		Example: `  cloudscript run --sim scripts/examples/fleet.lua    # rehearse: no account, no cost
  cloudscript                                         # the prompt
  cloudscript run -e 'show(servers.list())'`,
		Args:              cobra.ArbitraryArgs,
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: noEmptyFlags,
		RunE: func(cmd *cobra.Command, args []string) error {
			s.json = opts.json
			return bareCommand(cmd, s, opts, args)
		},
	}
	root.Version = versionText()
	root.SetVersionTemplate("{{.Version}}\n")
	opts.flags(root.Flags())
	root.Flags().Bool("version", false, "print the version, as the command of that name does")
	root.Flags().SetInterspersed(false) // what follows FILE is the script's
	root.SuggestionsMinimumDistance = 2
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(
		newRunCommand(s),
		newReplCommand(s),
		newSimCommand(s),
		newCallCommand(s),
		newDocCommand(s),
		newInitCommand(s),
		newCheckCommand(s),
		newTestCommand(s),
		newDescribeCommand(s),
		newTypesCommand(s),
		newAuthCommand(s),
		newVersionCommand(s),
		newExitCodesTopic(),
		newFaultsTopic(),
	)
	completeFlags(s, root)
	completeArguments(root)
	root.SetHelpCommand(newHelpCommand(s, root))
	root.InitDefaultHelpCmd()
	fitHelpTo(s, root)
	root.InitDefaultCompletionCmd()
	onlySubcommands(root, "completion")
	return root
}

// bareCommand is cloudscript without a command's name.
func bareCommand(cmd *cobra.Command, s *streams, opts runOptions, args []string) error {
	switch {
	case len(opts.code) > 0:
	case len(args) > 0:
		if err := refuseUnknownCommand(s, cmd, args[0]); err != nil {
			return err
		}
	case s.inTerminal:
		if err := refuseFlagsOfRuns(cmd, newReplCommand(s)); err != nil {
			return err
		}
		return runRepl(cmd.Context(), s, opts.worldOptions)
	default:
		args = []string{"-"}
	}
	if err := opts.complete(args); err != nil {
		return err
	}
	return runScript(cmd.Context(), s, opts)
}

// refuseFlagsOfRuns refuses flags that say nothing to the prompt.
func refuseFlagsOfRuns(cmd, prompt *cobra.Command) (err error) {
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if err != nil || prompt.Flags().Lookup(f.Name) != nil {
			return
		}
		e := &usageError{message: fmt.Sprintf("--%s is for scripts, and without a FILE this is the prompt", f.Name), hint: "cloudscript repl --help lists the flags of the prompt"}
		if f.Name == "timeout" {
			e.hint = "to bound each entry: --limit time=" + f.Value.String()
		}
		err = e
	})
	return err
}

// refuseUnknownCommand tells a mistyped command from a script's name: there is
// no such file, and it does not look like one.
func refuseUnknownCommand(s *streams, root *cobra.Command, name string) error {
	if name == "-" || strings.ContainsAny(name, `/\.`) {
		return nil
	}
	if _, err := os.Stat(name); err == nil {
		return nil
	}
	e := &usageError{
		message: fmt.Sprintf("unknown command %q, and there is no file of that name", name),
		hint:    cmp.Or(nameHint(s, name), "cloudscript --help lists the commands"),
	}
	if near := root.SuggestionsFor(name); len(near) > 0 {
		e.hint = "did you mean " + strings.Join(near, " or ") + "?"
	}
	return e
}

// flagError makes pflag's errors usage errors, with the near miss of an unknown
// flag.
func flagError(cmd *cobra.Command, err error) error {
	return flagErrorOr(cmd, err, cmd.CommandPath()+" --help lists the flags")
}

// flagErrorOr is flagError with what to do where no flag is near.
func flagErrorOr(cmd *cobra.Command, err error, hint string) error {
	var usage *usageError
	if errors.As(err, &usage) {
		return usage
	}
	if m := oneDash.FindStringSubmatch(err.Error()); m != nil {
		if near := nearestFlag(cmd, m[1]); near != "" {
			return &usageError{message: "there is no flag -" + m[1], hint: "with two dashes: --" + near}
		}
	}
	var invalid *pflag.InvalidValueError
	if errors.As(err, &invalid) {
		f := invalid.GetFlag()
		return &usageError{message: fmt.Sprintf("invalid argument %q for %q flag: %s", invalid.GetValue(), "--"+f.Name, notTaken(f.Value.Type())), hint: hint}
	}
	var valueless *pflag.ValueRequiredError
	if errors.As(err, &valueless) {
		f := valueless.GetFlag()
		value, usage := pflag.UnquoteUsage(f)
		return &usageError{message: fmt.Sprintf("--%s: the %s is missing", f.Name, value), hint: cmp.Or(usage, hint)}
	}
	e := &usageError{message: err.Error(), hint: hint}
	if name, ok := strings.CutPrefix(e.message, "unknown flag: --"); ok {
		if positive := cmd.Flags().Lookup(strings.TrimPrefix(name, "no-")); positive != nil && positive.NoOptDefVal != "" {
			e.hint = "to switch it off: --" + positive.Name + "=false"
		} else if near := nearestFlag(cmd, name); near != "" {
			e.hint = "did you mean --" + near + "?"
		}
	}
	return e
}

// oneDash is what the flag library says of -name.
var oneDash = lazyregexp.New(`^unknown shorthand flag: '.' in -([^=]{2,})`)

// notTaken says why a flag does not take a value, by the flag library's name for its type.
func notTaken(typ string) string {
	switch typ {
	case "bool":
		return "neither true nor false"
	case "duration":
		return "not a duration, which is a number with a unit, such as 30s or 10m"
	case "uint64":
		return "not a whole number from 0 on"
	}
	return "not a number"
}

func nearestFlag(cmd *cobra.Command, name string) string {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return nearest.Name(name, names)
}
