package stdlib

import (
	"context"

	"github.com/cloudscript/cloudscript/runtime"
)

func jsonModule() runtime.Module {
	return runtime.Module{
		Name:   "json",
		Doc:    "JSON text and Lua values.",
		Values: map[string]any{"null": runtime.Null},
		Verbs: []runtime.Verb{
			{
				Name: "json.encode",
				Doc: "Writes a value as JSON on one line. A table with positions 1 to n is an array, one with names an " +
					"object whose members keep the order in which they were set; an empty table is an object unless it came " +
					"from an array. json.null is null.",
				Params:  []runtime.Param{{Name: "value", Type: runtime.Handle, Required: true, Doc: "what to write"}},
				Returns: "string",
				Example: `assert(json.encode({1, "two", json.null}) == '[1,"two",null]')`,
				Inline: func(_ context.Context, c *runtime.Call) (any, error) {
					return encode(c, "")
				},
			},
			{
				Name:    "json.pretty",
				Doc:     "Writes a value as JSON for people, indented by two spaces. It is otherwise json.encode.",
				Params:  []runtime.Param{{Name: "value", Type: runtime.Handle, Required: true, Doc: "what to write"}},
				Returns: "string",
				Example: `print(json.pretty({name = "web1"}))`,
				Inline: func(_ context.Context, c *runtime.Call) (any, error) {
					return encode(c, "  ")
				},
			},
			{
				Name: "json.decode",
				Doc: "Reads JSON text. A whole number beyond 2^53, which no Lua number holds, keeps its digits: it prints, joins, " +
					"compares with its like and is encoded as it was read, and verbs take it as an id; its type is userdata, and arithmetic " +
					"takes it as the nearest Lua number. null is nil, so a member that is null is absent, unless nulls is set.",
				Params: []runtime.Param{
					{Name: "text", Type: runtime.String, Required: true, Doc: "the JSON text"},
					{Name: "nulls", Type: runtime.Boolean, Named: true, Default: false, Doc: "keep null as json.null"},
				},
				Returns: "any value",
				Example: `assert(json.decode('{"ids": [1, 2, 3]}').ids[3] == 3)`,
				Errors:  []runtime.Kind{runtime.BadRequest},
				Inline: func(_ context.Context, c *runtime.Call) (any, error) {
					if err := checkUTF8(c, "JSON"); err != nil {
						return nil, err
					}
					v, err := c.DecodeJSON([]byte(c.String("text")), c.Bool("nulls"))
					if err != nil {
						return nil, runtime.Errorf(runtime.BadRequest, "%w", err)
					}
					return v, nil
				},
			},
		},
	}
}

func encode(c *runtime.Call, indent string) (any, error) {
	text, err := c.EncodeJSON(c.Handle("value"), indent)
	if err != nil {
		return nil, runtime.Errorf(runtime.BadRequest, "%w", err)
	}
	return text, nil
}
