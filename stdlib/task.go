package stdlib

import (
	"context"
	"fmt"

	"github.com/cloudscript/cloudscript/internal/english"
	"github.com/cloudscript/cloudscript/runtime"
)

func taskModule() runtime.Module {
	id := runtime.Param{Name: "id", Type: runtime.ID, Required: true, Doc: "the task"}
	return runtime.Module{
		Name: "task",
		Doc: "Tasks that go on beside the one that started them. A task ends only when all that it spawned have ended; the " +
			"error of a task that nobody joins is an error of the task that spawned it. At the prompt a task that an entry " +
			"spawned goes on behind it: :tasks lists them.",
		Objects: []runtime.ObjectType{{
			Name:   "task",
			Doc:    "A task that task.spawn started.",
			Key:    "id",
			Fields: []runtime.Field{{Name: "id", Type: runtime.String, Doc: "its place in the run"}},
		}},
		Verbs: []runtime.Verb{
			{
				Name: "task.spawn",
				Doc:  "Starts a function in a task of its own and returns at once.",
				Params: []runtime.Param{
					{Name: "fn", Type: runtime.Callback, Required: true, Doc: "called as fn(argument)", Editor: "fun(argument: T): any"},
					{Name: "argument", Type: runtime.Handle, Doc: "what it is called with", Editor: "T"},
				},
				Returns: "task",
				Example: `local t = task.spawn(function() time.sleep("1s") return "done" end)
assert(t:join() == "done")`,
				Inline: func(ctx context.Context, c *runtime.Call) (any, error) {
					id, err := c.Spawn(ctx, c.Callback("fn"), c.Handle("argument"))
					return runtime.JSON{Type: "task", Raw: fmt.Appendf(nil, `{"id":%q}`, id)}, err
				},
			},
			{
				Name:    "task.join",
				Doc:     "Waits for a task and returns what its function returned. If it failed, its error is raised.",
				Params:  []runtime.Param{id},
				Returns: "any value",
				Method:  "task",
				Example: `local t = task.spawn(time.sleep, 2)
task.join(t)
assert(time.monotonic() == 2)`,
				Errors: []runtime.Kind{runtime.NotFound},
				Inline: func(ctx context.Context, c *runtime.Call) (any, error) {
					c.Progress(ctx, runtime.Progress{Line: "waiting for task " + english.Clipped(c.String("id"))})
					values, err := c.Join(ctx, c.String("id"))
					return results(values), err
				},
			},
			{
				Name:   "task.cancel",
				Doc:    "Cancels a task. What it waits for is cut off; its error is not reported any more.",
				Params: []runtime.Param{id},
				Method: "task",
				Example: `local t = task.spawn(time.sleep, "1h")
task.cancel(t)`,
				Errors: []runtime.Kind{runtime.NotFound},
				Inline: func(_ context.Context, c *runtime.Call) (any, error) {
					return nil, c.Cancel(c.String("id"))
				},
			},
			{
				Name: "task.checkpoint",
				Doc: "Lets other tasks run that wait for their turn. A task that computes for long without calling a verb keeps " +
					"all others waiting; this is a place where they may go on.",
				Example: `for i = 1, 3 do task.checkpoint() end`,
				Inline: func(_ context.Context, c *runtime.Call) (any, error) {
					c.Yield()
					return nil, nil
				},
			},
		},
	}
}

func results(values []runtime.Value) runtime.Results {
	out := make(runtime.Results, len(values))
	for i, v := range values {
		out[i] = v
	}
	return out
}
