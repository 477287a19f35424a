package bindings

import (
	"context"
	"errors"
	"slices"

	"github.com/cloudscript/cloudscript/apiclient/lunanode"
	"github.com/cloudscript/cloudscript/runtime"
)

// callVerb declares vm.call, which stays open for actions that the catalogue does
// not know.
func callVerb(client ActionCaller, catalogue *lunanode.Catalogue) runtime.Verb {
	return runtime.Verb{
		Name: "vm.call",
		// What an unknown action does is not known: policy must take it for the worst.
		Effect: runtime.Destroy,
		Doc: "Performs any action of the category/action API, also one that is not known here, and returns the whole answer as it came. " +
			"Category and action are the API's own names, such as \"vm\" and \"floatingip-add\". " +
			"The parameters are one flat table of texts and numbers; flags are the words yes and no. " +
			"Policies and limits take a call of a known action for one of that action's verb.",
		Params: []runtime.Param{
			{Name: "category", Type: runtime.String, Required: true, Doc: "the category, such as vm"},
			{Name: "action", Type: runtime.String, Required: true, Doc: "the action, such as list or floatingip-add"},
			{Name: "params", Type: runtime.Table, Doc: "the parameters by name"},
		},
		Returns: "table",
		Example: `local id = vm.call("vm", "create", {hostname = "web01", plan_id = "m.1", image_id = 26}).vm_id`,
		Errors:  []runtime.Kind{runtime.Unauthorized, runtime.BadRequest, runtime.NotFound, runtime.OutcomeUnknown},
		Means: func(c *runtime.Call) (verb string, args map[string]any) {
			action, known := catalogue.Action(c.String("category"), c.String("action"))
			if !known {
				return "", nil
			}
			params, err := flatParams(action, c.Table("params"))
			if err != nil {
				return verbName(action), nil // which is never sent
			}
			args = make(map[string]any, len(params))
			for name, text := range params {
				args[name] = text
			}
			return verbName(action), args
		},
		Func: func(ctx context.Context, c *runtime.Call) (any, error) {
			category, name := c.String("category"), c.String("action")
			action, known := catalogue.Action(category, name)
			params, err := flatParams(action, c.Table("params"))
			if err != nil {
				return nil, err
			}
			answer, err := client.Call(ctx, category, name, params)
			if err != nil {
				e := failure(err)
				var refusal *lunanode.Refusal
				if near := catalogue.Near(category, name); !known && near != "" && errors.As(err, &refusal) {
					e.Hint = joinHints("there is a known action "+near, e.Hint)
				}
				return nil, e
			}
			return wholeAnswer(answer), nil
		},
	}
}

// flatParams are the parameters as texts. The catalogue is asked only which of them
// are flags, for which Lua's booleans are taken too; a nil action knows none.
func flatParams(action *lunanode.Action, table map[string]any) (map[string]string, error) {
	names := make([]string, 0, len(table))
	for name := range table {
		names = append(names, name)
	}
	slices.Sort(names) // so that the first mistake is the same one each time
	params := map[string]string{}
	for _, name := range names {
		of := lunanode.TypeString
		if action != nil {
			if p, ok := action.Param(name); ok && p.Type == lunanode.TypeYesNo {
				of = p.Type
			}
		}
		text, err := wireText(name, of, table[name])
		if err != nil {
			return nil, err
		}
		params[name] = text
	}
	return params, nil
}

// wholeAnswer is a table, or the bytes of an image, which is no JSON.
func wholeAnswer(answer lunanode.Answer) any {
	if _, err := lunanode.ParseAnswer(answer.Raw()); err != nil {
		return answer.Raw()
	}
	return runtime.JSON{Raw: answer.Raw()}
}

func joinHints(hints ...string) string {
	joined := ""
	for _, hint := range hints {
		if joined != "" && hint != "" {
			joined += "; "
		}
		joined += hint
	}
	return joined
}
