package runtime_test

import (
	"context"

	"github.com/cloudscript/cloudscript/runtime"
)

// Calls are limited by verb, by pattern and by effect; the script sees what is left,
// and may stop in good order.
func ExampleLimits_callsOf() {
	open := runtime.Func("tickets.open", "Opens a ticket.", func(context.Context, openTicket) (int, error) { return 4711, nil })
	open.Effect = runtime.Create
	rt := newRuntime(runtime.Config{
		Modules: []runtime.Module{{Name: "tickets", Verbs: []runtime.Verb{open}}},
		Policy:  runtime.AllowAll(),
		Limits:  runtime.Limits{CallsOf: map[string]int64{"tickets.open": 2, "destroy": 10}},
	})
	run(rt, `
tickets.open("a")
print(limits.remaining().calls_of["tickets.open"])
for _, title in ipairs({"b", "c"}) do
  pcall(tickets.open, title)
end`, runtime.RunOptions{})
	// Output:
	// 1
	// script.lua:5: tickets.open: the run used up its 2 calls of tickets.open
}
