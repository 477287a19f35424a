package stdlib

import (
	"context"

	"github.com/cloudscript/cloudscript/runtime"
)

// globals are the functions of no module.
func globals() runtime.Module {
	return runtime.Module{
		Doc: "Functions that every script has at hand.",
		Verbs: []runtime.Verb{
			{
				Name: "show",
				Doc: "Prints a value for people: a list of objects as an aligned table, one object with a field a line, other " +
					"tables as Lua writes them. print does so with lists that verbs made.",
				Params:  []runtime.Param{{Name: "value", Type: runtime.Handle, Doc: "what to print"}},
				Example: `show({{name = "web1", status = "ACTIVE"}, {name = "web2", status = "BUILD"}})`,
				Inline: func(_ context.Context, c *runtime.Call) (any, error) {
					c.Print(c.Layout(c.Handle("value")) + "\n")
					return nil, nil
				},
			},
			retryVerb(),
			{
				Name: "cleanup",
				Doc: "Has a function called when the run ends, for whatever reason: its own end, an error, a limit, Ctrl-C. The last " +
					"one given is called first. Clean-up has an allowance of its own, whatever the run has used up: a million " +
					"steps, 100 verb calls, 16 MB of memory, 16 KB of output, 30 seconds in all; when that is used up, the functions that are left are not called.",
				Params: []runtime.Param{{Name: "fn", Type: runtime.Callback, Required: true, Doc: "called without arguments", Editor: "fun()"}},
				Example: `cleanup(function() print("the end") end)
print("the script")`,
				Inline: func(_ context.Context, c *runtime.Call) (any, error) {
					c.Cleanup(c.Callback("fn"))
					return nil, nil
				},
			},
			{
				Name: "exit",
				Doc:  "Ends the run at once with an exit status. pcall does not hold it up.",
				Params: []runtime.Param{
					{Name: "status", Type: runtime.Integer, Default: 0, Doc: "0 is success"},
				},
				Example: `exit(0)`,
				Inline: func(_ context.Context, c *runtime.Call) (any, error) {
					status := c.Int("status")
					if status < 0 || status > 255 {
						return nil, runtime.Errorf(runtime.Usage, "parameter \"status\": expected 0 to 255, got %d", status)
					}
					return nil, &runtime.Error{Kind: runtime.Exit, Message: "the script ended the run", ExitCode: int(status)}
				},
			},
		},
	}
}
