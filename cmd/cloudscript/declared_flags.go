package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// withDeclaredFlags makes the parameters of what a command line runs, a script or
// a verb, flags of the command that runs it, before the line is read. It returns
// the line, with the word run in front of a bare FILE that declares parameters.
func withDeclaredFlags(root *cobra.Command, s *streams, args []string) []string {
	completing := len(args) > 0 && strings.HasPrefix(args[0], "__complete")
	if completing {
		plainUsages(root)
	}
	if n := len(args); completing && n > 2 {
		line := withDeclaredFlags(root, s, args[1:n-1])
		return slices.Concat(args[:1], line, args[n-1:])
	}
	cmd, rest, err := root.Find(args)
	switch {
	case err != nil:
	case cmd == root || cmd.Name() == "run":
		return withScriptFlags(root, cmd, s, args, rest)
	case cmd.Name() == "call":
		return withBooleans(args, addVerbFlags(cmd, s, rest))
	case cmd.Name() == "test":
		return withTwoDashes(cmd.Flags(), args)
	}
	return args
}

// withTwoDashes lets the flags of a command be written as those of go test are: -run is
// --run. What stands behind -- or is the value of a flag is left as it is.
func withTwoDashes(flags *pflag.FlagSet, args []string) []string {
	line := slices.Clone(args)
	for i := 0; i < len(line) && line[i] != "--"; i++ {
		name, _, assigned := strings.Cut(strings.TrimLeft(line[i], "-"), "=")
		flag := flags.Lookup(name)
		if flag == nil || len(name) < 2 || line[i][0] != '-' {
			continue
		}
		if line[i][1] != '-' {
			line[i] = "-" + line[i]
		}
		if !assigned && flag.NoOptDefVal == "" {
			i++
		}
	}
	return line
}

// declaredFlags are flags of a command that stand for declared parameters.
type declaredFlags struct {
	command  *cobra.Command
	booleans []string // their names
}

// add adds the flag of a parameter; values are what completion offers for it.
func (d *declaredFlags) add(value pflag.Value, name, doc string, boolean bool, values []string) error {
	flag := d.command.Flags().VarPF(value, name, "", doc)
	if boolean {
		flag.NoOptDefVal = "true"
		d.booleans = append(d.booleans, flag.Name)
	}
	return d.command.RegisterFlagCompletionFunc(flag.Name, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}

// flagName is a parameter's flag: --plan-id for plan_id.
func flagName(param string) string { return strings.ReplaceAll(param, "_", "-") }

// withoutUnderscores lets the parameter plan_id be written --plan-id, as flags
// are, or as it is.
func withoutUnderscores(_ *pflag.FlagSet, name string) pflag.NormalizedName {
	return pflag.NormalizedName(flagName(name))
}
