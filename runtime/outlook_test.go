package runtime_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/stdlib"
)

// A call that is cut off may have changed something, unless it was answered, or failed
// before anything was sent.
func TestOnlyUnsettledCallsMayHaveChangedSomething(t *testing.T) {
	for name, test := range map[string]struct {
		err  error
		hint bool
	}{
		"cut off":          {context.Canceled, true},
		"refused":          {&runtime.Error{Kind: runtime.Conflict, Status: 409}, false},
		"a wrong argument": {runtime.Errorf(runtime.Usage, "a UUID is wanted"), false},
		"no credentials":   {&runtime.Error{Kind: runtime.Credentials}, false},
		"no answer":        {&runtime.Error{Kind: runtime.Unreachable}, true},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			rt, err := runtime.New(runtime.Config{Policy: runtime.AllowAll(), Modules: []runtime.Module{{Name: "gate", Verbs: []runtime.Verb{
				{Name: "gate.change", Doc: "Changes.", Effect: runtime.Update, Func: func(context.Context, *runtime.Call) (any, error) {
					cancel()
					return nil, test.err
				}},
			}}}})
			if err != nil {
				t.Fatal(err)
			}
			program, err := runtime.Compile("test.lua", []byte("gate.change()"))
			if err != nil {
				t.Fatal(err)
			}
			_, err = rt.Run(ctx, program, runtime.RunOptions{})
			var e *runtime.Error
			if !errors.As(err, &e) || e.Kind != runtime.Cancelled || strings.Contains(e.Hint, "gate.change was under way") != test.hint {
				t.Errorf("got %v, hint %q", err, e.Hint)
			}
		})
	}
}

// What was cut off is told by the parallel whose task it was in, or at the end of the run.
func TestAParallelTellsWhatItsOwnTasksMayHaveChanged(t *testing.T) {
	change := runtime.Module{Name: "gate", Verbs: []runtime.Verb{{Name: "gate.change", Doc: "Changes.", Effect: runtime.Update,
		Func: func(ctx context.Context, c *runtime.Call) (any, error) { return nil, c.Clock().Sleep(ctx, time.Hour) }}}}
	rt, err := runtime.New(runtime.Config{Policy: runtime.AllowAll(), Clock: runtime.NewVirtualClock(time.Unix(0, 0)), Modules: append(stdlib.Modules(stdlib.Config{}), change)})
	if err != nil {
		t.Fatal(err)
	}
	program, err := runtime.Compile("test.lua", []byte(`
local function failing(after, also)
	return function()
		local _, e = pcall(parallel.map, {1, 2}, function(i) if i == 1 then time.sleep(after) error("after " .. after, 0) end also() end)
		return e.message .. ": " .. tostring(e.hint)
	end
end
local first, changing = task.spawn(failing(2, print)), task.spawn(gate.change)
time.sleep(1)
changing:cancel()
time.sleep(0.5)
local second, third = task.spawn(failing(3, print)), task.spawn(failing(4, gate.change))
error(first:join() .. "; " .. second:join() .. "; " .. third:join())`))
	if err != nil {
		t.Fatal(err)
	}
	_, err = rt.Run(t.Context(), program, runtime.RunOptions{})
	var e *runtime.Error
	const (
		told = "after 2: nil; after 3: nil; after 4: gate.change was under way: what it works on may have changed"
		hint = "gate.change was under way: what it works on may have changed"
	)
	if !errors.As(err, &e) || e.Message != told || e.Hint != hint {
		t.Errorf("got %v, hint %q", err, e.Hint)
	}
}
