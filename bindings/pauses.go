package bindings

import (
	"context"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/runtime"
)

// tellingPauses are modules whose calls tell of their beginning and of their clients' pauses as
// progress: a call that nobody answers, that is refused again and again, or held back for a rate
// limit, is not silent.
func tellingPauses(modules []runtime.Module) []runtime.Module {
	for _, m := range modules {
		for i := range m.Verbs {
			m.Verbs[i].Func = tellingBeginningOf(tellingPausesOf(m.Verbs[i].Func))
			m.Verbs[i].Inline = tellingPausesOf(m.Verbs[i].Inline)
		}
	}
	return modules
}

// tellingBeginningOf is for calls that only wait for answers, and do not call back.
func tellingBeginningOf(call func(context.Context, *runtime.Call) (any, error)) func(context.Context, *runtime.Call) (any, error) {
	if call == nil {
		return nil
	}
	return func(ctx context.Context, c *runtime.Call) (any, error) {
		c.Progress(ctx, runtime.Progress{})
		return call(ctx, c)
	}
}

func tellingPausesOf(call func(context.Context, *runtime.Call) (any, error)) func(context.Context, *runtime.Call) (any, error) {
	if call == nil {
		return nil
	}
	return func(ctx context.Context, c *runtime.Call) (any, error) {
		return call(apiclient.WithPauses(ctx, func(ctx context.Context, p apiclient.Pause) {
			progress := runtime.Progress{Line: p.String()}
			if p.Op != c.Verb.Name {
				progress.Line = p.Op + " " + progress.Line
			}
			if p.For > 0 {
				progress.Until = c.Clock().Now().Add(p.For)
			}
			c.Progress(ctx, progress)
		}), c)
	}
}
