package main

import (
	"fmt"

	"github.com/cloudscript/cloudscript/repl"
	"github.com/cloudscript/cloudscript/runtime"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// addVerbFlags makes the parameters of the verb that a command line calls flags
// of the call command, before the line is read: --name web1 is name=web1 then. A
// parameter whose name the command has a flag of keeps to NAME=VALUE. It returns the
// names of the flags that are booleans.
func addVerbFlags(call *cobra.Command, s *streams, args []string) []string {
	name := verbOf(args)
	if name == "" {
		return nil
	}
	w, err := openWorld(s, worldOptions{})
	if err != nil {
		return nil
	}
	defer w.close()
	verb := w.runtime.Verb(name)
	if verb == nil {
		return nil
	}
	if reference, ok := repl.Describe(w.runtime, name, s.showWidth()); ok {
		usage := flaglessNote(call, verb) + call.UsageString()
		call.SetHelpFunc(func(*cobra.Command, []string) { fmt.Fprint(s.out, reference, "\n", fitHelp(usage, s.showWidth())) })
	}
	call.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return flagErrorOr(cmd, err, cmd.CommandPath()+" "+name+argumentsHelp)
	})
	call.Flags().SetNormalizeFunc(withoutUnderscores)
	declared := declaredFlags{command: call}
	for i := range verb.Params {
		p := &verb.Params[i]
		if p.Type == runtime.Callback || isFlagless(call, p) {
			continue
		}
		value := &verbFlag{param: p, flags: call.Flags()}
		if declared.add(value, p.Name, p.Doc, p.Type == runtime.Boolean, p.Enum) != nil {
			return nil
		}
	}
	return declared.booleans
}

// argumentsHelp follows the verb in a hint.
const argumentsHelp = " --help lists the arguments"

// isFlagless reports whether the command has a flag of a parameter's name for itself.
func isFlagless(call *cobra.Command, p *runtime.Param) bool {
	name := flagName(p.Name)
	return call.Flags().Lookup(name) != nil || name == "help" // which is made later
}

// flaglessNote tells in the help how the parameters are given that have no flag, "" if
// all have one.
func flaglessNote(call *cobra.Command, verb *runtime.Verb) string {
	note := ""
	for i := range verb.Params {
		if p := &verb.Params[i]; isFlagless(call, p) {
			note += fmt.Sprintf("The flag --%s is cloudscript's own; the parameter is given as %s=VALUE.\n\n", flagName(p.Name), p.Name)
		}
	}
	return note
}

// verbOf is the VERB of a command line that calls one, "" if that is not clear.
func verbOf(args []string) string {
	var o callOptions
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	flags.SetInterspersed(false)
	o.flags(flags)
	flags.BoolP("help", "h", false, "")
	if err := flags.Parse(args); err != nil {
		return ""
	}
	return flags.Arg(0)
}

// A verbFlag hands its value to the words behind the verb.
type verbFlag struct {
	param *runtime.Param
	flags *pflag.FlagSet
}

func (f *verbFlag) Set(text string) error {
	return f.flags.Set(argumentFlag, f.param.Name+"="+text)
}
func (f *verbFlag) String() string { return "" }
func (f *verbFlag) Type() string   { return f.param.Type.String() }
