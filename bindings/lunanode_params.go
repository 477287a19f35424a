package bindings

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/cloudscript/cloudscript/apiclient/lunanode"
	"github.com/cloudscript/cloudscript/runtime"
)

// furtherParams is the parameter that carries those an open action takes beside
// the documented ones.
const furtherParams = "parameters"

// actionParams declares an action's parameters. Answers bring numbers as texts, so
// every parameter that is a number on the wire takes both, as runtime.ID does, and
// an object of an answer too where it identifies one.
func actionParams(action *lunanode.Action) []runtime.Param {
	var params []runtime.Param
	for _, p := range action.Params {
		param := runtime.Param{Name: p.Name, Required: p.Required, Secret: p.Secret(), Doc: p.Doc, Type: runtime.String}
		switch p.Type {
		case lunanode.TypeUUID, lunanode.TypeInt, lunanode.TypeDecimal, lunanode.TypePlan:
			param.Type = runtime.ID
			if p.Type == lunanode.TypeDecimal || p.Type == lunanode.TypeInt && !identifies(p.Name) {
				param.Words, param.Editor = strings.TrimPrefix(p.Type.Expected(), "a "), "number|string"
			}
		case lunanode.TypeYesNo:
			// By name only: "true" at a position says nothing to a reader.
			param.Type, param.Named = runtime.Any, true
			param.Words, param.Editor = `boolean, "yes" or "no"`, `boolean|"yes"|"no"`
		case lunanode.TypeIntList:
			param.Type, param.Named = runtime.Any, true
			param.Words, param.Editor = "text or list of ids", "integer[]|string"
		}
		params = append(params, param)
	}
	if action.OpenParams {
		params = append(params, runtime.Param{Name: furtherParams, Type: runtime.Table, Named: true,
			Doc: "further parameters by name, sent beside the others"})
	}
	return params
}

// identifies reports whether a parameter that is a number names a thing; the others
// are quantities, which runtime.ID takes just as well but does not describe.
func identifies(param string) bool {
	return strings.HasSuffix(param, "_id") || param == "image"
}

// actionArguments are the call's arguments as the wire carries them, checked
// against the catalogue.
func actionArguments(action *lunanode.Action, c *runtime.Call) (map[string]string, error) {
	params := map[string]string{}
	for _, p := range action.Params {
		value := c.Any(p.Name)
		if value == nil {
			continue
		}
		text, err := wireText(p.Name, p.Type, value)
		if err != nil {
			return nil, err
		}
		params[p.Name] = text
	}
	if action.OpenParams {
		if err := addFurther(params, c.Table(furtherParams)); err != nil {
			return nil, err
		}
	}
	if err := action.Check(params); err != nil {
		return nil, usageOf(err)
	}
	return params, nil
}

// usageOf is a catalogue's complaint as the error of a verb.
func usageOf(err error) error {
	var bad *lunanode.ParamError
	if !errors.As(err, &bad) {
		return err
	}
	e := runtime.Errorf(runtime.Usage, "%s", bad.Problem)
	e.Hint = bad.Hint
	if e.Hint == "" {
		e.Hint = listHint(bad.Param)
	}
	return e
}

// listHint says where the ids are that a parameter takes, "" if that is not known.
func listHint(param string) string {
	what, isID := strings.CutSuffix(param, "_id")
	if _, listed := lunanode.LoadCatalogue().Action(what, "list"); isID && listed {
		return what + ".list() shows the ids"
	}
	return ""
}

func addFurther(params map[string]string, further map[string]any) error {
	for name, value := range further {
		if _, ok := params[name]; ok {
			return runtime.Errorf(runtime.Usage, "parameter %q is given twice: by itself and in %q", name, furtherParams)
		}
		text, err := wireText(name, lunanode.TypeString, value)
		if err != nil {
			return err
		}
		params[name] = text
	}
	return nil
}

// wireText is a value as the API takes it, where everything is text and nothing is
// nested (spec section 4).
func wireText(name string, of lunanode.ParamType, value any) (string, error) {
	switch value := value.(type) {
	case string:
		return value, nil
	case float64:
		return numberText(name, value)
	case json.Number:
		return value.String(), nil
	case bool:
		if of != lunanode.TypeYesNo {
			e := runtime.Errorf(runtime.Usage, "parameter %q is %t: the API knows text and numbers only", name, value)
			e.Hint = `its flags are the words "yes" and "no"`
			return "", e
		}
		if value {
			return "yes", nil
		}
		return "no", nil
	case []any:
		if of == lunanode.TypeIntList {
			return listText(name, value)
		}
		e := runtime.Errorf(runtime.Usage, "parameter %q is a list: the API takes text and numbers only", name)
		e.Hint = `lists are one text joined by commas, as table.concat(list, ",") makes`
		return "", e
	case map[string]any:
		if len(value) == 0 && of == lunanode.TypeIntList {
			return "", nil
		}
		return "", runtime.Errorf(runtime.Usage, "parameter %q is a table: the API takes text and numbers only, nothing is nested", name)
	}
	e := runtime.Errorf(runtime.Usage, "parameter %q has no value that the API could take: it takes text and numbers only", name)
	e.Hint = "leave it out if it is not meant"
	return "", e
}

func listText(name string, list []any) (string, error) {
	texts := make([]string, len(list))
	for i, element := range list {
		text, err := wireText(fmt.Sprintf("%s[%d]", name, i+1), lunanode.TypeInt, element)
		if err != nil {
			return "", err
		}
		texts[i] = text
	}
	return strings.Join(texts, ","), nil
}

// numberText writes a number in decimal digits, never with an exponent, to the 14
// digits that Lua shows.
func numberText(name string, n float64) (string, error) {
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return "", runtime.Errorf(runtime.Usage, "parameter %q is %s, which is not a number that can be sent", name, luaNumber(n))
	}
	if n == math.Trunc(n) {
		return strconv.FormatFloat(n, 'f', 0, 64), nil
	}
	shown, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 14, 64), 64)
	if err != nil {
		return "", runtime.Errorf(runtime.Internal, "%w", err)
	}
	return strconv.FormatFloat(shown, 'f', -1, 64), nil
}

func luaNumber(n float64) string {
	switch {
	case math.IsInf(n, 1):
		return "inf"
	case math.IsInf(n, -1):
		return "-inf"
	}
	return "nan"
}
