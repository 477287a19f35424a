package stdlib

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/cloudscript/cloudscript/runtime"
)

// passing are the kinds of errors that may go away by themselves.
var passing = []runtime.Kind{runtime.OverLimit, runtime.Unavailable, runtime.Unreachable, runtime.Timeout}

func retryVerb() runtime.Verb {
	return runtime.Verb{
		Name: "retry",
		Doc: "Calls a function until it succeeds, and returns what it returned. Only errors of verbs are retried, and of " +
			"these by default the ones that may go away by themselves (over_limit, unavailable, unreachable, timeout). The " +
			"waits double from one to the next and are drawn at random between half and all of that; if the cloud " +
			"said when to come back, it is obeyed. A create that failed with outcome_unknown may have succeeded: " +
			"look before you add that kind.",
		Params: []runtime.Param{
			{Name: "fn", Type: runtime.Callback, Required: true, Doc: "called as fn(attempt)", Editor: "fun(attempt: integer): R"},
			{Name: "times", Type: runtime.Integer, Named: true, Default: 5, Doc: "the most calls"},
			{Name: "delay", Type: runtime.Duration, Named: true, Default: "1s", Doc: "before the second call"},
			{Name: "max_delay", Type: runtime.Duration, Named: true, Default: "1m", Doc: "the longest wait"},
			{Name: "on", Type: runtime.List, Named: true, Doc: "the kinds of errors to retry"},
		},
		Returns: "any value", EditorReturns: "R",
		Example: `local n = 0
local answer = retry(function()
  n = n + 1
  if n < 3 then error({kind = "unavailable"}) end
  return "done"
end, {on = {"unavailable"}})
assert(answer == "done" and n == 3)`,
		Inline: retry,
	}
}

func retry(ctx context.Context, c *runtime.Call) (any, error) {
	kinds, err := retryKinds(c)
	if err != nil {
		return nil, err
	}
	times, delay, longest := c.Int("times"), c.Duration("delay"), c.Duration("max_delay")
	switch {
	case times < 1:
		return nil, runtime.Errorf(runtime.Usage, "parameter \"times\": expected at least 1, got %d", times)
	case delay < 0 || longest < 0:
		return nil, runtime.Errorf(runtime.Usage, "a wait cannot be negative")
	}
	for attempt := int64(1); ; attempt++ {
		values, err := c.Apply(c.Callback("fn"), attempt)
		if err == nil {
			return results(values), nil
		}
		var e *runtime.Error
		if !errors.As(err, &e) || !slices.Contains(kinds, kindOf(e)) || attempt == times {
			return nil, err
		}
		wait := min(delay, longest)
		wait = wait/2 + time.Duration(c.Random().Int64N(int64(wait/2)+1))
		wait = max(wait, e.RetryAfter)
		delay = min(delay, longest) * 2
		c.Progress(ctx, runtime.Progress{Line: fmt.Sprintf("call %d of %d failed (%s), waiting", attempt, times, kindOf(e)), Until: c.Clock().Now().Add(wait)})
		c.Block(func() { err = c.Clock().Sleep(ctx, wait) })
		if err != nil {
			return nil, err
		}
	}
}

// kindOf is the kind of a verb's error, or the field kind of a table that the
// script raised itself.
func kindOf(e *runtime.Error) runtime.Kind {
	if e.Kind == runtime.Script {
		if fields, ok := e.Value.Go().(map[string]any); ok {
			kind, _ := fields["kind"].(string)
			return runtime.Kind(kind)
		}
	}
	return e.Kind
}

func retryKinds(c *runtime.Call) ([]runtime.Kind, error) {
	if !c.Has("on") {
		return passing, nil
	}
	var kinds []runtime.Kind
	for i, item := range c.List("on") {
		kind, ok := item.(string)
		if !ok {
			return nil, runtime.Errorf(runtime.Usage, "parameter \"on\": expected names of error kinds, got a %T at position %d", item, i+1)
		}
		kinds = append(kinds, runtime.Kind(kind))
	}
	return kinds, nil
}
