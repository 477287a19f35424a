package runtime_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
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
