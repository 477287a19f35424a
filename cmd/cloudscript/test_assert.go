package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/cloudscript/cloudscript/runtime"
)

// assertionFailed is the kind of the error of an assertion.
const assertionFailed runtime.Kind = "assertion"

// An assertion is one that failed.
type assertion struct {
	message string // one line
	details string // the difference in several lines, "" if the message says it all
	raised  *runtime.Error
}

func (a *assertion) Error() string { return a.message }

// fail notes that an assertion failed and makes the error that it raises.
func (w *testWorld) fail(c *runtime.Call, message, details string) error {
	for _, p := range c.Verb.Params {
		if p.Name == messageParam && c.Has(messageParam) {
			message = c.String(messageParam) + ": " + message
		}
	}
	a := &assertion{message: message, details: details}
	a.raised = c.Place(&runtime.Error{Kind: assertionFailed, Verb: c.Verb.Name, Message: message, Details: details, Cause: a})
	w.failures = append(w.failures, a)
	return a.raised
}

const messageParam = "message"

func saying() runtime.Param {
	return runtime.Param{Name: messageParam, Type: runtime.String, Doc: "put before what is wrong"}
}

func okVerb(w *testWorld) runtime.Verb {
	return runtime.Verb{
		Name: "t.ok", Doc: "Fails if a value is nil or false.",
		Params:  []runtime.Param{{Name: "value", Type: runtime.Handle}, saying()},
		Example: `t.ok(server.name)`,
		Inline: func(_ context.Context, c *runtime.Call) (any, error) {
			v := c.Handle("value")
			if v.Kind() == runtime.NilValue || v.Go() == false {
				return nil, w.fail(c, fmt.Sprintf("got %s, want any value but nil and false", c.Text(v)), "")
			}
			return nil, nil
		},
	}
}

func failVerb(w *testWorld) runtime.Verb {
	return runtime.Verb{
		Name: "t.fail", Doc: "Fails in any case.",
		Params:  []runtime.Param{{Name: "reason", Type: runtime.String, Required: true}},
		Example: `t.fail("the loop did not end")`,
		Inline: func(_ context.Context, c *runtime.Call) (any, error) {
			return nil, w.fail(c, c.String("reason"), "")
		},
	}
}

func matchVerb(w *testWorld) runtime.Verb {
	return runtime.Verb{
		Name: "t.match", Doc: "Fails if a Lua pattern is not found in a text.",
		Params: []runtime.Param{
			{Name: "text", Type: runtime.Handle, Required: true, Doc: "a string; of another value, what tostring makes of it"},
			{Name: "pattern", Type: runtime.String, Required: true, Doc: "as string.find takes it"},
			saying(),
		},
		Example: `t.match(server.name, "^web%d+$")`,
		Inline: func(_ context.Context, c *runtime.Call) (any, error) {
			subject, pattern := c.Text(c.Handle("text")), c.String("pattern")
			found, err := c.Apply(w.find, subject, pattern)
			if err != nil {
				return nil, err
			}
			if len(found) == 0 || found[0].Kind() == runtime.NilValue {
				return nil, w.fail(c, fmt.Sprintf("%q does not match %q", subject, pattern), "")
			}
			return nil, nil
		},
	}
}

func errorVerb(w *testWorld) runtime.Verb {
	return runtime.Verb{
		Name: "t.error",
		Doc: "Calls a function and fails unless it raises an error of a kind. Returns the error, as pcall does. An error that a " +
			"script raises with text has the kind script, one that it raises with a table the kind in the table.",
		Params: []runtime.Param{
			{Name: "kind", Type: runtime.String, Required: true, Doc: `such as "not_found"`},
			{Name: "fn", Type: runtime.Callback, Required: true, Doc: "called without arguments", Editor: "fun()"},
			saying(),
		},
		Returns: "error",
		Example: `local err = t.error("not_found", function() servers.get(4711) end)
t.match(err.message, "4711")`,
		Inline: func(_ context.Context, c *runtime.Call) (any, error) {
			want := c.String("kind")
			_, err := c.Apply(c.Callback("fn"))
			if err == nil {
				return nil, w.fail(c, fmt.Sprintf("the function raised no error, want one of kind %q", want), "")
			}
			var (
				e      *runtime.Error
				failed *assertion
			)
			if !errors.As(err, &e) || errors.As(err, &failed) || endsTest(err) {
				return nil, err
			}
			if got := raisedKind(c, e); got != want {
				shown := *e
				shown.Position = runtime.Position{} // the call's, which is shown anyway
				return nil, w.fail(c, fmt.Sprintf("got an error of kind %q, want %q: %s", got, want, shown.Error()), "")
			}
			if e.Value.Kind() != runtime.NilValue {
				return e.Value, nil
			}
			return e, nil
		},
	}
}

// raisedKind is the kind of an error as the script sees it.
func raisedKind(c *runtime.Call, e *runtime.Error) string {
	if e.Kind == runtime.Script {
		if kind, ok := c.Field(e.Value, "kind").Go().(string); ok {
			return kind
		}
	}
	return string(e.Kind)
}
