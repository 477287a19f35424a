package stdlib

import (
	"context"
	"unsafe"

	"github.com/cloudscript/cloudscript/runtime"
)

func parallelModule() runtime.Module {
	params := []runtime.Param{
		{Name: "list", Type: runtime.Handle, Required: true, Doc: "the items, a sequence", Editor: "T[]"},
		{Name: "fn", Type: runtime.Callback, Required: true, Doc: "called as fn(item, position); a verb gets the item alone", Editor: "fun(item: T, position: integer): R"},
		{Name: "limit", Type: runtime.Integer, Named: true, Default: 16, Doc: "items at the same time"},
		{Name: "on_error", Type: runtime.String, Named: true, Default: "stop", Enum: []string{"stop", "collect"},
			Doc: "stop: the first error cancels the other items and is raised; collect: go on, and return the errors"},
	}
	return runtime.Module{
		Name: "parallel",
		Doc: "Tasks. The items of a call run at the same time while they wait in verbs; between two verb calls a task " +
			"is never interrupted, so shared variables need no locks.",
		Verbs: []runtime.Verb{
			{
				Name: "parallel.map",
				Doc: "Calls a function with every item and returns the list of results, in the order of the items. With " +
					"on_error=\"collect\" a second list holds the errors, each with its item in e.item; results of failed " +
					"items are nil.",
				Params:  params,
				Returns: "list", EditorReturns: "R[], table[]?",
				Example: `local doubled = parallel.map({1, 2, 3}, function(n)
  time.sleep("1s")
  return n * 2
end, {limit = 2})
assert(doubled[3] == 6)`,
				Inline: func(ctx context.Context, c *runtime.Call) (any, error) {
					values, errs, err := each(ctx, c)
					if err != nil || !collects(c) {
						return values, err
					}
					return runtime.Results{values, errs}, nil
				},
			},
			{
				Name: "parallel.each",
				Doc: "Calls a function with every item. It is parallel.map without the results; with on_error=\"collect\" " +
					"it returns the list of errors.",
				Params:  params,
				Returns: "list", EditorReturns: "table[]?",
				Example: `parallel.each({"a", "b"}, function(name) log.info("at " .. name) end)`,
				Inline: func(ctx context.Context, c *runtime.Call) (any, error) {
					_, errs, err := each(ctx, c)
					if err != nil {
						return nil, err
					}
					if !collects(c) {
						return runtime.Results{}, nil
					}
					return errs, nil
				},
			},
			{
				Name: "parallel.race",
				Doc: "Calls several functions at the same time and returns the position of the first that ends, and what it " +
					"returned. The others are cancelled. If all of them fail, the first error is raised.",
				Params:  []runtime.Param{{Name: "functions", Type: runtime.Handle, Required: true, Doc: "a sequence of functions", Editor: "(fun(): R)[]"}},
				Returns: "any value", EditorReturns: "integer, R",
				Example: `local winner = parallel.race({
  function() time.sleep("2s") end,
  function() time.sleep("1s") end,
})
assert(winner == 2)`,
				Inline: race,
			},
		},
	}
}

func collects(c *runtime.Call) bool { return c.String("on_error") == "collect" }

// valueBytes is what a runtime.Value takes.
const valueBytes = int64(unsafe.Sizeof(runtime.Value{}))

// items are the elements of a list parameter.
func items(c *runtime.Call, name string) ([]runtime.Value, error) {
	list := c.Handle(name)
	if list.Kind() != runtime.TableValue {
		return nil, runtime.Errorf(runtime.Usage, "parameter %q: expected a list, got a %s", name, list.Kind())
	}
	n := list.Len()
	if n == 0 {
		if keys, _ := c.Entries(list); len(keys) > 0 {
			return nil, runtime.Errorf(runtime.Usage, "parameter %q: expected a list, got a table with names as keys; list.keys makes a list of them", name)
		}
	}
	c.Reserve(int64(n) * valueBytes)
	out := make([]runtime.Value, n)
	for i := range out {
		c.ReserveItem(i)
		out[i] = list.Index(i + 1)
	}
	return out, nil
}

func each(ctx context.Context, c *runtime.Call) (values []runtime.Value, errs []any, err error) {
	list, err := items(c, "list")
	if err != nil {
		return nil, nil, err
	}
	if c.Int("limit") < 1 {
		return nil, nil, runtime.Errorf(runtime.Usage, "parameter \"limit\": expected at least 1, got %d", c.Int("limit"))
	}
	outcomes, err := c.Each(ctx, list, c.Callback("fn"), runtime.EachOptions{Limit: int(c.Int("limit")), Collect: collects(c)})
	if err != nil {
		return nil, nil, err
	}
	c.Reserve(int64(len(outcomes)) * valueBytes)
	values, errs = make([]runtime.Value, len(outcomes)), []any{}
	for i, o := range outcomes {
		c.ReserveItem(i)
		if o.Err != nil {
			errs = append(errs, o.Err)
		} else if len(o.Values) > 0 {
			values[i] = o.Values[0]
		}
	}
	return values, errs, nil
}

func race(ctx context.Context, c *runtime.Call) (any, error) {
	list, err := items(c, "functions")
	if err != nil {
		return nil, err
	}
	functions := make([]*runtime.Function, len(list))
	for i, v := range list {
		if functions[i] = v.Function(); functions[i] == nil {
			return nil, runtime.Errorf(runtime.Usage, "parameter \"functions\": expected functions, got a %s at position %d", v.Kind(), i+1)
		}
	}
	if len(functions) == 0 {
		return nil, runtime.Errorf(runtime.Usage, "parameter \"functions\": expected at least one function")
	}
	winner, values, err := c.Race(ctx, functions)
	if err != nil {
		return nil, err
	}
	return append(runtime.Results{winner}, results(values)...), nil
}
