package bindings

import (
	"context"
	"errors"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
)

// hintingAtIDs are modules whose verbs say where ids are found when they get something else, as
// a name is what comes to mind first.
func hintingAtIDs(modules []runtime.Module) []runtime.Module {
	for _, m := range modules {
		for i := range m.Verbs {
			m.Verbs[i].Func = hintingAtIDsOf(m.Verbs[i].Func)
		}
	}
	return modules
}

func hintingAtIDsOf(call func(context.Context, *runtime.Call) (any, error)) func(context.Context, *runtime.Call) (any, error) {
	if call == nil {
		return nil
	}
	return func(ctx context.Context, c *runtime.Call) (any, error) {
		result, err := call(ctx, c)
		var e *runtime.Error
		if errors.As(err, &e) && e.Hint == "" && (e.Kind == runtime.NotFound || e.Kind == runtime.BadRequest) {
			e.Hint = idHint(c)
		}
		return result, err
	}
}

// idHint is what to do about the first argument that is a name where an id is taken.
func idHint(c *runtime.Call) string {
	for _, p := range c.Verb.Params {
		if list := listOf(c.Verb, p); list != "" && looksLikeName(c.String(p.Name)) {
			return "give the id, not the name: " + list + "() shows both"
		}
	}
	return ""
}

// listOf is the verb that lists what a parameter takes an id of; "" if it takes a name as well,
// or something else.
func listOf(v *runtime.Verb, p runtime.Param) string {
	if p.Type != runtime.ID || p.ByName {
		return ""
	}
	what := p.Name
	if what == "id" {
		what, _, _ = strings.Cut(v.Name, ".")
		return what + ".list"
	}
	return what + "s.list"
}

// looksLikeName tells a name from an id: a number, or the letters of a UUID.
func looksLikeName(text string) bool {
	return strings.Trim(text, "0123456789abcdefABCDEF-") != ""
}
