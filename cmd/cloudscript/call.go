package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// callOptions are what the call command was asked for.
type callOptions struct {
	worldOptions
	timeout string
	json    bool
	query   string
	verb    string
	words   []string // NAME=VALUE, or values by position
	flagged []string // NAME=VALUE of the verb's own flags
}

func newCallCommand(s *streams) *cobra.Command {
	var opts callOptions
	cmd := &cobra.Command{
		Use:   "call VERB [NAME=VALUE …]",
		Short: "Call one verb",
		Long: `Call one verb from the shell and print what it returns: as a table, with --json as
JSON, or with --query what a jq expression picks from that, a line each.

Arguments are given as NAME=VALUE, by position, or as flags (--name web1), unless
call has a flag of that name itself. Tables and lists are written in JSON.
cloudscript call VERB --help lists the arguments.`,
		Example: `  cloudscript call servers.list
  cloudscript call servers.list --json
  cloudscript call servers.list --query '.[] | select(.status == "ERROR") | .name'
  cloudscript call servers.create name=web1 image="Debian 6 (Squeeze)" flavor=1
  cloudscript call vm.call vm info 'params={"vm_id": "4e1c7423-60a4-4659-b9f4-9b11ad53bf7b"}' --json`,
		RunE: func(cmd *cobra.Command, args []string) error {
			s.json = opts.json
			if len(args) == 0 {
				return &usageError{message: "call: which verb?", hint: "cloudscript doc lists them"}
			}
			opts.verb, opts.words = args[0], append(args[1:], opts.flagged...)
			return callVerb(cmd.Context(), s, opts)
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
			return completeCall(s, args, typed)
		},
	}
	opts.flags(cmd.Flags())
	return cmd
}

// argumentFlag collects the values of the verb's own flags; nobody writes it.
const argumentFlag = "argument"

func (o *callOptions) flags(flags *pflag.FlagSet) {
	o.worldOptions.flags(flags)
	flags.StringVar(&o.timeout, "timeout", "", "give up after a `DURATION` such as 90s or 10m")
	flags.BoolVar(&o.json, "json", false, "print the result, or the error, as JSON")
	flags.StringVar(&o.query, "query", "", "print what a jq `EXPRESSION` picks from the result; with --json, texts in quotes")
	repeated(flags, &o.flagged, argumentFlag, "", "")
	_ = flags.MarkHidden(argumentFlag) // it exists
}

func callVerb(ctx context.Context, s *streams, o callOptions) error {
	var limits runtime.Limits
	if o.timeout != "" {
		d, err := parseDuration("--timeout", o.timeout)
		if err != nil {
			return err
		}
		limits.Time = d
	}
	var pick *query
	if o.query != "" {
		var err error
		if pick, err = parseQuery(o.query); err != nil {
			return err
		}
	}
	w, err := openWorld(s, o.worldOptions)
	if err != nil {
		return err
	}
	defer w.close()
	verb := w.runtime.Verb(o.verb)
	if verb == nil {
		return unknownVerb(w.runtime, o.verb)
	}
	params, err := callArguments(verb, o.words)
	if err != nil {
		return err
	}
	if takesFunction(verb) {
		return &usageError{message: verb.Name + " takes a function, which only a script can give it", hint: "cloudscript doc " + verb.Name + " shows how"}
	}
	source := callSource(verb, params)
	if o.json || pick != nil {
		source = "return " + source
	} else {
		source = "(function(...) if select('#', ...) > 0 then show(...) end end)(" + source + ")"
	}
	program, err := runtime.Compile("call", []byte(source))
	if err != nil {
		return err
	}
	ctx, stop := interruptible(ctx, s)
	defer stop()
	result, err := w.runtime.Run(ctx, program, runtime.RunOptions{Params: params, Limits: limits, Stdout: s.out, Width: s.showWidth(), Random: w.random})
	if err != nil {
		return withoutScript(err)
	}
	switch {
	case pick != nil:
		return pick.print(ctx, s, firstOf(result), o.json)
	case o.json:
		return s.writeJSON(firstOf(result))
	}
	return nil
}

// takesFunction reports whether a verb cannot be called without a function.
func takesFunction(verb *runtime.Verb) bool {
	return slices.ContainsFunc(verb.Params, func(p runtime.Param) bool { return p.Required && p.Type == runtime.Callback })
}

// firstOf is a verb's result, nil if it has none. Those that have more take functions, and
// cannot be called from here.
func firstOf(result *runtime.Result) any {
	if len(result.Values) == 0 {
		return nil
	}
	return result.Values[0]
}

// callSource is the call in Lua: by position up to the last argument that is
// given so, then the ones that are given by name only. By name altogether would
// not do for a verb whose first parameter is a table.
func callSource(verb *runtime.Verb, params map[string]any) string {
	var positions, names []string
	given := 0
	for _, p := range verb.Params {
		_, ok := params[p.Name]
		switch {
		case p.Named && ok:
			names = append(names, fmt.Sprintf("%s = params.%s", p.Name, p.Name))
		case !p.Named:
			positions = append(positions, "params."+p.Name)
			if ok {
				given = len(positions)
			}
		}
	}
	arguments := positions[:given]
	if len(names) > 0 {
		arguments = append(arguments, "{"+strings.Join(names, ", ")+"}")
	}
	return verb.Name + "(" + strings.Join(arguments, ", ") + ")"
}

func unknownVerb(rt *runtime.Runtime, name string) error {
	e := &usageError{message: fmt.Sprintf("there is no verb %q", name), hint: cmp.Or(moduleHint(rt, name), "cloudscript doc lists what there is")}
	if near := nearestVerb(rt, name); near != "" {
		e.hint = "did you mean " + near + "?"
	}
	return e
}

// withoutScript takes the one-line script out of an error: nobody wrote it. A
// wrong argument is a mistake in the command line then.
func withoutScript(err error) error {
	var e *runtime.Error
	if !errors.As(err, &e) {
		return err
	}
	if e.Kind == runtime.Usage {
		return &usageError{message: e.Verb + ": " + e.Message, hint: cmp.Or(e.Hint, "cloudscript call "+e.Verb+argumentsHelp)}
	}
	bare := *e
	bare.Position, bare.Source, bare.Stack = runtime.Position{}, "", nil
	if e.Kind == runtime.Limit { // of --timeout: this command takes no --limit
		bare.Hint = "to allow more: a longer --timeout"
	}
	return &bare
}
