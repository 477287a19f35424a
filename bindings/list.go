package bindings

import (
	"context"
	"iter"
	"math"
	"time"

	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/runtime"
)

// A listing is a collection of the client.
type listing interface {
	Pages(ctx context.Context, o rackspace.ListOptions) iter.Seq2[*rackspace.RawPage, error]
}

// listParams are those of every list. Flavors never change.
func listParams(changes bool) []runtime.Param {
	params := []runtime.Param{
		{Name: "detail", Type: runtime.Boolean, Named: true, Default: true, Doc: "all fields; false: id and name only"},
		{Name: "limit", Type: runtime.Integer, Named: true, Doc: "at most this many; without it, all"},
		{Name: "offset", Type: runtime.Integer, Named: true, Doc: "skip this many"},
		{Name: "fresh", Type: runtime.Boolean, Named: true, Doc: "not from a cache"},
	}
	if changes {
		params = append(params, runtime.Param{Name: "changes_since", Type: runtime.Number, Named: true,
			Doc: "only what changed since then, in seconds since 1970; deleted servers are among it. The service allows 3 such calls a minute"})
	}
	return params
}

func listOptions(c *runtime.Call) (rackspace.ListOptions, *runtime.Error) {
	o := rackspace.ListOptions{Detail: c.Bool("detail"), Fresh: c.Bool("fresh")}
	for _, p := range c.Verb.Params {
		switch p.Name {
		case "limit", "offset":
			if err := checkCount(c, p.Name); err != nil {
				return o, err
			}
		case "changes_since":
			if c.Has(p.Name) {
				o.ChangesSince = time.Unix(int64(c.Number(p.Name)), 0)
			}
		}
	}
	o.Limit, o.Offset = int(c.Int("limit")), int(c.Int("offset"))
	return o, nil
}

// checkCount refuses a count that cannot be meant.
func checkCount(c *runtime.Call, name string) *runtime.Error {
	least := int64(0)
	if name == "limit" {
		least = 1
	}
	n := c.Int(name)
	if !c.Has(name) || n >= least && n <= math.MaxInt32 {
		return nil
	}
	e := runtime.Errorf(runtime.Usage, "parameter %q: expected a count from %d on, got %d", name, least, n)
	if name == "limit" {
		e.Hint = "leave it out to get all"
	}
	return e
}

// listVerb declares NAME.list: all rows, or one page where a limit is given.
func listVerb(name, object, doc string, changes bool, list listing) runtime.Verb {
	return runtime.Verb{
		Name: name + ".list", Effect: runtime.Read, Doc: doc, Params: listParams(changes),
		Returns: "list of " + object,
		Example: "for _, row in ipairs(" + name + ".list()) do print(row.id, row.name) end",
		Errors:  cloudErrors(),
		Func: func(ctx context.Context, c *runtime.Call) (any, error) {
			o, usage := listOptions(c)
			if usage != nil {
				return nil, usage
			}
			rows := runtime.Rows{Type: object}
			wanted := o.Limit
			for page, err := range list.Pages(ctx, o) {
				if err != nil {
					return nil, failure(err)
				}
				for _, row := range page.Items {
					rows.Raw = append(rows.Raw, row)
				}
				if wanted > 0 && len(rows.Raw) >= wanted {
					rows.Raw = rows.Raw[:wanted]
					break
				}
			}
			return rows, nil
		},
	}
}

// eachVerb declares NAME.each: a function is called with each row, page after page.
func eachVerb(name, object string, changes bool, list listing) runtime.Verb {
	params := append([]runtime.Param{{Name: "fn", Type: runtime.Callback, Required: true,
		Doc: "called with each " + object + "; if it returns false, that was the last one", Editor: "fun(" + object + ": " + object + "): boolean?"}}, listParams(changes)...)
	return runtime.Verb{
		Name: name + ".each", Effect: runtime.Read, Params: params,
		Doc: "Calls a function with each " + object + ", and fetches the next page only when it is needed. " +
			"With a limit, that many are fetched at a time.",
		Example: name + ".each(function(row) print(row.id, row.name) end)",
		Errors:  cloudErrors(),
		Inline: func(ctx context.Context, c *runtime.Call) (any, error) {
			o, usage := listOptions(c)
			if usage != nil {
				return nil, usage
			}
			next, stop := iter.Pull2(list.Pages(ctx, o))
			defer stop()
			for {
				var page *rackspace.RawPage
				var err error
				var more bool
				c.Block(func() { page, err, more = next() })
				if !more {
					return nil, nil
				}
				if err != nil {
					return nil, failure(err)
				}
				for _, row := range page.Items {
					results, err := c.Apply(c.Callback("fn"), runtime.JSON{Type: object, Raw: row})
					if err != nil {
						return nil, err
					}
					if len(results) > 0 && results[0].Go() == false {
						return nil, nil
					}
				}
			}
		},
	}
}
