package bindings

import (
	"context"
	"fmt"
	"strings"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/apiclient/lunanode"
	"github.com/cloudscript/cloudscript/runtime"
)

// actionVerb declares the verb of one action of the catalogue.
func actionVerb(client ActionCaller, action *lunanode.Action) runtime.Verb {
	object := rowsOf(action)
	return runtime.Verb{
		Name:    verbName(action),
		Effect:  effectOf(action.Effect),
		Doc:     actionDoc(action),
		Params:  actionParams(action),
		Returns: returnsOf(action),
		Method:  methodOf(action),
		Example: actionExample(action),
		Errors:  actionErrors(action),
		Subject: actionSubject(client, action),
		Func: func(ctx context.Context, c *runtime.Call) (any, error) {
			params, err := actionArguments(action, c)
			if err != nil {
				return nil, err
			}
			answer, err := client.Call(ctx, action.Category, action.Name, params)
			if err != nil {
				return nil, actionFailure(action, err)
			}
			return actionResult(action, object, answer)
		},
	}
}

// actionFailure adds to an error what the API's own words leave out.
func actionFailure(action *lunanode.Action, err error) *runtime.Error {
	e := failure(err)
	_, listed := lunanode.LoadCatalogue().Action(action.Category, "list")
	if e.Kind == runtime.NotFound && e.Hint == "" && listed {
		e.Hint = action.Category + ".list() shows what there is"
	}
	return e
}

// verbName is what scripts write: "dns2.zone_add" for dns2/zone-add.
func verbName(action *lunanode.Action) string {
	return action.Category + "." + strings.ReplaceAll(action.Name, "-", "_")
}

func effectOf(effect apiclient.Effect) runtime.Effect {
	switch effect {
	case apiclient.EffectRead:
		return runtime.Read
	case apiclient.EffectCreate:
		return runtime.Create
	case apiclient.EffectDestroy:
		return runtime.Destroy
	}
	return runtime.Update
}

// actionDoc is the catalogue's text and how sure it is. The catalogue speaks of the
// API; scripts have waits for what it polls, and their unknown parameters are refused.
func actionDoc(action *lunanode.Action) string {
	doc := action.Doc
	switch action.String() {
	case "vm/create":
		doc = "Creates a machine and answers at once; vm.wait waits until it is online."
	case "image/fetch":
		doc = "Starts fetching an image; image.wait waits for its end."
	case "volume/create":
		doc = "Creates a volume; volume.wait waits until it is available."
	}
	if what, param, ok := action.LookedFor(); ok {
		doc += fmt.Sprintf(" If the answer is lost, the %s is looked for by its %s among those that were not there before.", what, param)
	}
	if action.Notes != "" {
		doc += " " + action.Notes
	}
	if action.Level != "documented" {
		doc += " Known from: " + action.Level + "."
	}
	if !action.ResponseConfirmed {
		doc += " What it answers is not confirmed."
	}
	return doc
}

// methodOf is the object type whose objects have the verb as a method: the one that
// the first parameter identifies.
func methodOf(action *lunanode.Action) string {
	if len(action.Params) == 0 {
		return ""
	}
	switch first := action.Params[0].Name; {
	case first == "vm_id":
		return "vm"
	case first == "image_id" && action.Category == "image":
		return "vm_image"
	case first == "volume_id" && action.Category == "volume":
		return "volume"
	}
	return ""
}

// thingOf is the required parameter that names something which may not exist, "" if there is
// none. A plan that does not exist is a bad request to the service.
func thingOf(action *lunanode.Action) string {
	for _, p := range action.Params {
		if p.Required && p.Name != "plan_id" && (p.Type == lunanode.TypeUUID || p.Type == lunanode.TypeInt && identifies(p.Name)) {
			return p.Name
		}
	}
	return ""
}

func actionErrors(action *lunanode.Action) []runtime.Kind {
	kinds := []runtime.Kind{runtime.Unauthorized, runtime.BadRequest}
	if thingOf(action) != "" {
		kinds = append(kinds, runtime.NotFound)
	}
	if action.Mutates {
		kinds = append(kinds, runtime.OutcomeUnknown)
	}
	return kinds
}

// actionResult is what the verb returns.
func actionResult(action *lunanode.Action, object rowType, answer lunanode.Answer) (any, error) {
	uniform, err := action.Uniform(answer)
	if err != nil {
		e := runtime.Errorf(runtime.BadAnswer, "%w", err)
		e.Hint = "vm.call gives the answer as it came"
		return nil, e
	}
	switch uniform.Shape {
	case lunanode.List:
		return listResult(object.name, uniform.Rows)
	case lunanode.Scalar:
		return nil, nil
	case lunanode.Bytes:
		return uniform.Raw, nil
	}
	return runtime.JSON{Type: object.name, Raw: uniform.Raw}, nil
}

// listResult is a sequence of records, or of values where the elements are none.
func listResult(object string, rows [][]byte) (any, error) {
	for _, row := range rows {
		if len(row) == 0 || row[0] != '{' {
			values := make([]any, len(rows))
			for i := range rows {
				values[i] = runtime.JSON{Raw: rows[i]}
			}
			return values, nil
		}
	}
	return runtime.Rows{Type: object, Raw: rows}, nil
}

func returnsOf(action *lunanode.Action) string {
	object := rowsOf(action)
	top := action.Top()
	if len(top) == 0 {
		return ""
	}
	switch shape := top[0].Shape(); {
	case len(top) > 1:
		return "table"
	case shape == lunanode.Bytes:
		return "string"
	case shape == lunanode.List || shape == lunanode.Flat:
		if object.name != "" {
			return "list of " + object.name
		}
		return "list"
	case object.name != "":
		return object.name
	}
	return "table"
}
