package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/runtime/analysis/header"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// withScriptFlags reads the header of the script that rest, the line behind cmd,
// names: --region uk is --set region=uk then. What is wrong with the file or its
// header is left to the command to report.
func withScriptFlags(root, cmd *cobra.Command, s *streams, args, rest []string) []string {
	file := scriptFile(rest)
	if file == "" {
		return args
	}
	run, _, err := root.Find([]string{"run"})
	if err != nil {
		return args
	}
	h, err := readHeader(s, file)
	var mistakes header.Mistakes
	switch {
	case errors.As(err, &mistakes):
		run.FParseErrWhitelist.UnknownFlags = true // the command tells what is wrong, which its flags depend on
		helpWithout(run, s, file, err)
		return runs(root, cmd, args)
	case err != nil:
		if unknown := refuseUnknownCommand(s, root, file); cmd == root && unknown != nil {
			err = unknown
		}
		helpWithout(cmd, s, file, err)
		cmd.FParseErrWhitelist.UnknownFlags = strings.HasSuffix(file, ".lua") // as above
		return args
	}
	if len(h.Params) == 0 {
		cmd.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
			return flagErrorOr(cmd, err, file+" declares no parameters; words for it that look like flags stand behind --")
		})
	} else {
		run.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
			return flagErrorOr(cmd, err, cmd.CommandPath()+" "+file+" --help lists what it takes")
		})
	}
	if len(h.Params) == 0 && h.Doc == "" {
		return args
	}
	run.SetHelpFunc(func(*cobra.Command, []string) {
		fmt.Fprint(s.out, fitHelp(describeHeader(file, h)+scriptHelp, s.showWidth()))
	})
	run.Flags().SetNormalizeFunc(withoutUnderscores)
	declared := declaredFlags{command: run}
	for i := range h.Params {
		p := &h.Params[i]
		value := &scriptFlag{param: p, flags: run.Flags()}
		if declared.add(value, p.Name, p.Doc, p.Type == header.Boolean, p.Values) != nil {
			return args
		}
	}
	if len(h.Params) == 0 {
		return args
	}
	return runs(root, cmd, withBooleans(args, declared.booleans))
}

// helpWithout lets the help of a command end with why it does not tell of a script's
// own parameters.
func helpWithout(cmd *cobra.Command, s *streams, file string, why error) {
	usual := cmd.HelpFunc()
	cmd.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		usual(cmd, args)
		fmt.Fprintf(s.err, "\nThis is not the help of %s, which cannot be read:\n%s", file, s.errorText(why))
	})
}

// runs is a command line with the word run in front of a bare FILE.
func runs(root, cmd *cobra.Command, args []string) []string {
	if cmd == root {
		return append([]string{"run"}, args...)
	}
	return args
}

// withBooleans joins a boolean flag and the value behind it, as the flag library
// takes only --force=false: with --force false it would be true.
func withBooleans(args, flags []string) []string {
	var line []string
	for i := 0; i < len(args); i++ {
		if args[i] == "--" {
			return append(line, args[i:]...)
		}
		name, ok := strings.CutPrefix(args[i], "--")
		if ok && i+1 < len(args) && slices.Contains(flags, flagName(name)) && header.IsBoolean(args[i+1]) {
			line = append(line, args[i]+"="+args[i+1])
			i++
			continue
		}
		line = append(line, args[i])
	}
	return line
}

const scriptHelp = `
cloudscript run --help lists the flags of cloudscript itself. Words for the
script that look like flags stand behind --.
`

// scriptFile is the FILE of a command line that runs one, "" if that is not
// clear.
func scriptFile(args []string) string {
	var o runOptions
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	flags.SetInterspersed(false)
	o.flags(flags)
	flags.BoolP("help", "h", false, "")
	if err := flags.Parse(args); err != nil || len(o.code) > 0 || flags.Arg(0) == "-" {
		return ""
	}
	return flags.Arg(0)
}

func readHeader(s *streams, file string) (*header.Header, error) {
	name, src, err := readSource(s, file)
	if err != nil {
		return nil, err
	}
	return parseHeader(name, src)
}

// parseHeader refuses parameters that could not be given as flags as well. The error
// is header.Mistakes.
func parseHeader(name string, src []byte) (*header.Header, error) {
	h, err := header.Parse(name, src)
	var mistakes header.Mistakes
	errors.As(err, &mistakes)
	taken := map[string]bool{"help": true}
	if len(h.Params) > 0 {
		var o runOptions
		flags := pflag.NewFlagSet("", pflag.ContinueOnError)
		o.flags(flags)
		flags.VisitAll(func(f *pflag.Flag) { taken[f.Name] = true })
	}
	for i := range h.Params {
		p := &h.Params[i]
		flag := flagName(p.Name)
		if taken[flag] {
			mistakes = append(mistakes, p.Mistake(name, src, fmt.Sprintf("the parameter %q would be the flag --%s, which is taken", p.Name, flag), "choose another name"))
		}
		taken[flag] = true
	}
	if len(mistakes) > 0 {
		slices.SortStableFunc(mistakes, func(a, b *runtime.Error) int { return cmp.Compare(a.Position.Line, b.Position.Line) })
		return nil, mistakes
	}
	return h, nil
}

// A scriptFlag hands its value to --set, a list's values together.
type scriptFlag struct {
	param *header.Param
	flags *pflag.FlagSet
	given []string
}

func (f *scriptFlag) Set(text string) error {
	set, ok := f.flags.Lookup("set").Value.(pflag.SliceValue)
	switch {
	case len(f.given) == 0 || !ok:
	case f.param.Type == header.List:
		earlier := f.assignment()
		set.Replace(slices.DeleteFunc(set.GetSlice(), func(s string) bool { return s == earlier }))
	default:
		return &usageError{message: fmt.Sprintf("--%s is given twice", flagName(f.param.Name)), hint: "keep one of them"}
	}
	f.given = append(f.given, text)
	return f.flags.Set("set", f.assignment())
}

// assignment is what --set takes.
func (f *scriptFlag) assignment() string { return f.param.Name + "=" + strings.Join(f.given, ",") }

func (f *scriptFlag) String() string { return "" }
func (f *scriptFlag) Type() string   { return f.param.Form() }

// declaredParams gives the values of --set the types that the script's header
// declares, and fills in its defaults.
func declaredParams(name string, src []byte, texts map[string]any) (map[string]any, error) {
	h, err := parseHeader(name, src)
	if err != nil {
		return nil, err
	}
	values, err := h.Values(texts)
	var wrong *header.Error
	if errors.As(err, &wrong) {
		e := &usageError{message: fmt.Sprintf("--%s: %s", flagName(wrong.Param), wrong.Message), hint: wrong.Hint}
		if e.hint == "" {
			e.hint = "cloudscript describe " + name + " tells what it takes"
		}
		return nil, e
	}
	return values, nil
}
