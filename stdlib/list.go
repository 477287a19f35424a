package stdlib

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/cloudscript/cloudscript/internal/decimal"
	"github.com/cloudscript/cloudscript/runtime"
)

func listModule() runtime.Module {
	list := runtime.Param{Name: "list", Type: runtime.Handle, Required: true, Doc: "a sequence", Editor: "T[]"}
	fn := runtime.Param{Name: "fn", Type: runtime.Callback, Required: true, Doc: "called as fn(item)", Editor: "fun(item: T): R"}
	test := fn
	test.Editor = "fun(item: T): any"
	by := runtime.Param{Name: "by", Type: runtime.Handle, Required: true, Doc: "the name of a field, or a function called as fn(item)", Editor: "string|fun(item: T): any"}
	verb := func(name, doc, returns, editor, example string, params []runtime.Param, f func(c *runtime.Call, list []runtime.Value) (any, error)) runtime.Verb {
		return runtime.Verb{Name: name, Doc: doc, Returns: returns, EditorReturns: editor, Example: example, Params: params,
			Inline: func(_ context.Context, c *runtime.Call) (any, error) {
				list, err := items(c, "list")
				if err != nil {
					return nil, err
				}
				return f(c, list)
			}}
	}
	return runtime.Module{
		Name: "list",
		Doc:  "Lists, one expression each. They make new lists and leave the old ones alone.",
		Verbs: []runtime.Verb{
			verb("list.map", "What a function returns for each item. For items at the same time there is parallel.map.", "list", "R[]",
				`assert(list.map({1, 2}, function(n) return n * 10 end)[2] == 20)`, []runtime.Param{list, fn}, mapList),
			verb("list.filter", "The items for which a function returns something other than false or nil.", "list", "T[]",
				`assert(#list.filter({1, 2, 3}, function(n) return n > 1 end) == 2)`, []runtime.Param{list, test}, filterList),
			verb("list.find", "The first item for which a function returns something other than false or nil, and its position.", "any value", "T?, integer?",
				`assert(list.find({"a", "b"}, function(s) return s == "b" end) == "b")`, []runtime.Param{list, test}, findInList),
			verb("list.pluck", "One field of each item; items without it are left out.", "list", "any[]",
				`assert(list.pluck({{name = "web1"}, {name = "web2"}}, "name")[2] == "web2")`, []runtime.Param{list, by}, pluckList),
			verb("list.group_by", "A table of lists: the items by their key, the keys in the order in which they first come.", "table", "table<any, T[]>",
				`assert(#list.group_by({{os = "a"}, {os = "b"}, {os = "a"}}, "os").a == 2)`, []runtime.Param{list, by}, groupList),
			verb("list.sort_by", "The items in the order of their keys, numbers before text; items with equal keys keep their order.", "list", "T[]",
				`assert(list.sort_by({{id = 2}, {id = 1}}, "id")[1].id == 1)`,
				[]runtime.Param{list, by, {Name: "descending", Type: runtime.Boolean, Named: true, Default: false, Doc: "largest first"}}, sortList),
			verb("list.unique", "The items without those that are equal to an earlier one.", "list", "T[]",
				`assert(#list.unique({1, 2, 1}) == 2)`, []runtime.Param{list}, uniqueList),
			{
				Name:    "list.keys",
				Doc:     "The keys of a table, in the order of pairs.",
				Params:  []runtime.Param{{Name: "table", Type: runtime.Handle, Required: true, Doc: "any table", Editor: "table<T, any>"}},
				Returns: "list", EditorReturns: "T[]",
				Example: `assert(list.keys({a = 1})[1] == "a")`,
				Inline: func(_ context.Context, c *runtime.Call) (any, error) {
					table := c.Handle("table")
					if table.Kind() != runtime.TableValue {
						return nil, runtime.Errorf(runtime.Usage, "parameter \"table\": expected a table, got a %s", table.Kind())
					}
					keys, _ := c.Entries(table)
					return keys, nil
				},
			},
		},
	}
}

// first is what a function returns first.
func first(values []runtime.Value, err error) (runtime.Value, error) {
	if err != nil || len(values) == 0 {
		return runtime.Value{}, err
	}
	return values[0], nil
}

func isTrue(v runtime.Value) bool {
	return v.Kind() != runtime.NilValue && (v.Kind() != runtime.BooleanValue || v.Go() == true)
}

func mapList(c *runtime.Call, list []runtime.Value) (any, error) {
	out := make([]runtime.Value, len(list))
	for i, item := range list {
		v, err := first(c.Apply(c.Callback("fn"), item))
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

func filterList(c *runtime.Call, list []runtime.Value) (any, error) {
	out := []runtime.Value{}
	for _, item := range list {
		keep, err := first(c.Apply(c.Callback("fn"), item))
		if err != nil {
			return nil, err
		}
		if isTrue(keep) {
			out = append(out, item)
		}
	}
	return out, nil
}

func findInList(c *runtime.Call, list []runtime.Value) (any, error) {
	for i, item := range list {
		found, err := first(c.Apply(c.Callback("fn"), item))
		if err != nil {
			return nil, err
		}
		if isTrue(found) {
			return runtime.Results{item, i + 1}, nil
		}
	}
	return nil, nil
}

// keyOf is an item's key by the parameter "by".
func keyOf(c *runtime.Call, item runtime.Value) (runtime.Value, error) {
	by := c.Handle("by")
	if fn := by.Function(); fn != nil {
		return first(c.Apply(fn, item))
	}
	name, ok := by.Go().(string)
	if !ok {
		return runtime.Value{}, runtime.Errorf(runtime.Usage, "parameter \"by\": expected the name of a field or a function, got a %s", by.Kind())
	}
	return c.Field(item, name), nil
}

func pluckList(c *runtime.Call, list []runtime.Value) (any, error) {
	out := []runtime.Value{}
	for i, item := range list {
		c.ReserveItem(i)
		v, err := keyOf(c, item)
		if err != nil {
			return nil, err
		}
		if v.Kind() != runtime.NilValue {
			out = append(out, v)
		}
	}
	return out, nil
}

// simpleKey is a key in Go form; tables and functions are none.
func simpleKey(v runtime.Value, position int) (any, error) {
	switch v.Kind() {
	case runtime.StringValue, runtime.NumberValue, runtime.BooleanValue:
		return v.Go(), nil
	case runtime.UserdataValue:
		if n, ok := v.Go().(json.Number); ok {
			return n, nil
		}
	}
	return nil, runtime.Errorf(runtime.BadRequest, "the key of item %d is a %s; keys are text, numbers or booleans", position, v.Kind())
}

func groupList(c *runtime.Call, list []runtime.Value) (any, error) {
	positions := map[any]int{}
	var groups runtime.Pairs
	for i, item := range list {
		c.ReserveItem(i)
		v, err := keyOf(c, item)
		if err != nil {
			return nil, err
		}
		key, err := simpleKey(v, i+1)
		if err != nil {
			return nil, err
		}
		workOn(c, key)
		at, known := positions[key]
		if !known {
			at = len(groups)
			positions[key] = at
			groups = append(groups, runtime.Pair{Key: key, Value: []any{}})
		}
		groups[at].Value = append(groups[at].Value.([]any), item)
	}
	return groups, nil
}

func sortList(c *runtime.Call, list []runtime.Value) (any, error) {
	type keyed struct {
		key  any
		item runtime.Value
	}
	rows := make([]keyed, len(list))
	var problem error // the first of them
	bad := 0
	for i, item := range list {
		c.ReserveItem(i)
		v, err := keyOf(c, item)
		if err != nil {
			return nil, err
		}
		key, err := simpleKey(v, i+1)
		if err != nil {
			if bad++; bad == 1 {
				problem = err
			}
		}
		rows[i] = keyed{key, item}
	}
	switch {
	case bad > 1:
		return nil, runtime.Errorf(runtime.BadRequest, "%w (nor can %d other items be sorted by theirs)", problem, bad-1)
	case bad == 1:
		return nil, problem
	}
	sign := 1
	if c.Bool("descending") {
		sign = -1
	}
	compared := 0
	slices.SortStableFunc(rows, func(a, b keyed) int {
		compared++
		c.ReserveItem(compared)
		workOn(c, a.key)
		return sign * compareKeys(a.key, b.key)
	})
	out := make([]runtime.Value, len(rows))
	for i, row := range rows {
		out[i] = row.item
	}
	return out, nil
}

// workOn accounts for comparing a key with another one, or finding it among others, which
// takes as long as the key is.
func workOn(c *runtime.Call, key any) {
	switch key := key.(type) {
	case string:
		c.Work(len(key))
	case json.Number:
		c.Work(len(key))
	}
}

// compareKeys orders false, true, numbers, text.
func compareKeys(a, b any) int {
	rank := func(v any) int {
		switch v := v.(type) {
		case bool:
			if !v {
				return 0
			}
			return 1
		case float64, json.Number:
			return 2
		}
		return 3
	}
	if d := rank(a) - rank(b); d != 0 {
		return d
	}
	switch a := a.(type) {
	case float64:
		if b, ok := b.(float64); ok {
			return cmp.Compare(a, b)
		}
		return decimal.Compare(digits(a), digits(b))
	case json.Number:
		return decimal.Compare(digits(a), digits(b))
	case string:
		return strings.Compare(a, b.(string))
	}
	return 0
}

// digits are the JSON text of a number that is a key.
func digits(key any) string {
	if f, ok := key.(float64); ok {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return string(key.(json.Number))
}

func uniqueList(c *runtime.Call, list []runtime.Value) (any, error) {
	seen := map[any]bool{}
	out := []runtime.Value{}
	for i, item := range list {
		c.ReserveItem(i)
		if item.Kind() == runtime.StringValue {
			workOn(c, item.Go())
		}
		if id := item.Identity(); !seen[id] {
			seen[id] = true
			out = append(out, item)
		}
	}
	return out, nil
}
