package runtime

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"
)

func nothing(context.Context, *Call) (any, error) { return nil, nil }

func TestMistakesInDeclarationsNameTheVerb(t *testing.T) {
	module := func(v Verb) []Module { return []Module{{Name: v.Module(), Verbs: []Verb{v}}} }
	params := func(p ...Param) []Module { return module(Verb{Name: "m.v", Func: nothing, Params: p}) }
	for want, modules := range map[string][]Module{
		`verb "": the name must be`:                                             module(Verb{Func: nothing}),
		`verb "a.b.c": the name must be`:                                        module(Verb{Name: "a.b.c", Func: nothing}),
		`verb "m.end": the name must be`:                                        module(Verb{Name: "m.end", Func: nothing}),
		`verb "m.1st": the name must be`:                                        module(Verb{Name: "m.1st", Func: nothing}),
		`verb m.v: exactly one of Func and Inline must be set`:                  module(Verb{Name: "m.v"}),
		`verb m.w: exactly one of Func and Inline`:                              module(Verb{Name: "m.w", Func: nothing, Inline: nothing}),
		`verb m.v: unknown effect 77`:                                           module(Verb{Name: "m.v", Func: nothing, Effect: 77}),
		`verb "m.v" stands in module "n"`:                                       {{Name: "n", Verbs: []Verb{{Name: "m.v", Func: nothing}}}},
		`verb m.v is declared twice`:                                            append(module(Verb{Name: "m.v", Func: nothing}), module(Verb{Name: "m.v", Func: nothing})...),
		`verb m.v: parameter name "a b" is not a Lua name`:                      params(Param{Name: "a b"}),
		`verb m.v: parameter "a" is declared twice`:                             params(Param{Name: "a"}, Param{Name: "a"}),
		`verb m.v: parameter "a": unknown type 99`:                              params(Param{Name: "a", Type: 99}),
		`verb m.v: required parameter "b" follows the optional "a"`:             params(Param{Name: "a"}, Param{Name: "b", Required: true}),
		`verb m.v: parameter "a" is required and has a default`:                 params(Param{Name: "a", Type: Integer, Required: true, Default: 1}),
		`verb m.v: parameter "a": only a String can have an Enum`:               params(Param{Name: "a", Type: Integer, Enum: []string{"x"}}),
		`verb m.v: parameter "a": the default x (string) is not a whole number`: params(Param{Name: "a", Type: Integer, Default: "x"}),
		`verb m.v: parameter "a": the default z (string) is not a string`:       params(Param{Name: "a", Type: String, Enum: []string{"x"}, Default: "z"}),
		`verb m.v: parameter "a": the default 1.5 (float64) is not a whole`:     params(Param{Name: "a", Type: Integer, Default: 1.5}),
		`verb m.v: parameter "a": the default soon (string) is not a duration`:  params(Param{Name: "a", Type: Duration, Default: "soon"}),
		`verb m.v: parameter "a": a function needs Inline`:                      params(Param{Name: "a", Type: Callback}),
		`verb m.v: method of the object type "thing", which no module declares`: module(Verb{Name: "m.v", Func: nothing, Method: "thing", Params: []Param{{Name: "id", Type: ID}}}),
		`verb m.v: the first parameter of a method must be an ID or a Table`:    {{Name: "m", Objects: []ObjectType{{Name: "thing"}}, Verbs: []Verb{{Name: "m.v", Func: nothing, Method: "thing"}}}},
		`verb n.v: m.v is a method of "thing" already`: {{Name: "m", Objects: []ObjectType{{Name: "thing"}}, Verbs: []Verb{{Name: "m.v", Func: nothing, Method: "thing", Params: []Param{{Name: "id", Type: ID}}}}},
			{Name: "n", Verbs: []Verb{{Name: "n.v", Func: nothing, Method: "thing", Params: []Param{{Name: "id", Type: ID}}}}}},
		`object type "thing" is declared twice`:             {{Name: "m", Objects: []ObjectType{{Name: "thing"}, {Name: "thing"}}}},
		`module "m": an object type has no name`:            {{Name: "m", Objects: []ObjectType{{}}}},
		`module "m": value "x" is declared twice`:           {{Name: "m", Values: map[string]any{"x": 1}}, {Name: "m", Values: map[string]any{"x": 1}}},
		`verb m.v: the module has a value of this name`:     {{Name: "m", Verbs: []Verb{{Name: "m.v", Func: nothing}}, Values: map[string]any{"v": 1}}},
		`verb m has the name of a module`:                   {{Verbs: []Verb{{Name: "m", Func: nothing}}}, {Name: "m"}},
		`module "m": value "x": a chan int has no Lua`:      {{Name: "m", Values: map[string]any{"x": make(chan int)}}},
		`values outside a module belong into Config.Values`: {{Values: map[string]any{"x": 1}}},
		`module "a b": the name must be a Lua name`:         {{Name: "a b"}},
		`verb m.v: parameter "a" has no name in its Enum`:   params(Param{Name: "a", Type: String, Enum: []string{""}}),
	} {
		_, err := New(Config{Policy: AllowAll(), Modules: modules})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}

func TestAllMistakesAreReportedAtOnce(t *testing.T) {
	_, err := New(Config{Policy: AllowAll(), Modules: []Module{{Name: "m", Verbs: []Verb{{Name: "m.a"}, {Name: "m.b"}}}}})
	if err == nil || !strings.Contains(err.Error(), "m.a") || !strings.Contains(err.Error(), "m.b") {
		t.Errorf("got %v", err)
	}
}

func TestDefaultsHaveTheFormOfTheirType(t *testing.T) {
	var got []any
	rt, err := New(Config{Policy: AllowAll(), Modules: []Module{{Verbs: []Verb{{Name: "f", Params: []Param{
		{Name: "a", Type: Integer, Default: 3}, {Name: "b", Type: Number, Default: 3}, {Name: "c", Type: Duration, Default: "90s"},
		{Name: "d", Type: Duration, Default: 2}, {Name: "e", Type: String, Default: "x"}, {Name: "f", Type: Boolean, Default: true},
		{Name: "g", Type: List, Default: []any{1.0}}, {Name: "h", Type: Duration, Default: time.Minute}, {Name: "i", Type: Integer, Default: 2.0}},
		Func: func(_ context.Context, c *Call) (any, error) {
			got = []any{c.Int("a"), c.Number("b"), c.Duration("c"), c.Duration("d"), c.String("e"), c.Bool("f"), len(c.List("g")), c.Duration("h"), c.Int("i")}
			return nil, nil
		}}}}}})
	if err != nil {
		t.Fatal(err)
	}
	prints(t, rt, `f()`, "")
	want := []any{int64(3), 3.0, 90 * time.Second, 2 * time.Second, "x", true, 1, time.Minute, int64(2)}
	for i := range want {
		if i >= len(got) || got[i] != want[i] {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
}

// However a script writes the call, the verb gets the same.
func TestATableIsAValueWhereOneIsTaken(t *testing.T) {
	for _, typ := range []Type{Any, Handle, Table, Strings} {
		v := Verb{Name: "f", Params: []Param{{Name: "value", Type: typ}, {Name: "b", Type: String}},
			Inline: func(_ context.Context, c *Call) (any, error) {
				if v, ok := c.Any("value").(Value); ok {
					return fmt.Sprint(v.Go(), c.String("b")), nil
				}
				return fmt.Sprint(c.Any("value"), c.String("b")), nil
			}}
		rt, err := New(Config{Policy: AllowAll(), Modules: []Module{{Verbs: []Verb{v}}}})
		if err != nil {
			t.Fatal(err)
		}
		for _, args := range []string{`{a = "1", b = "2"}`, `{b = "2"}`, `{value = {b = "1"}, b = "2"}`} {
			prints(t, rt, `local t = `+args+` assert(f`+args+` == f(t), f`+args+`)`, "")
		}
		prints(t, rt, `print(f{a = "1", b = "2"})`, "map[a:1 b:2]\n")
	}
}

func TestAskingForAParameterThatIsNotDeclaredIsADefect(t *testing.T) {
	rt, err := New(Config{Policy: AllowAll(), Modules: []Module{{Verbs: []Verb{{Name: "f", Func: func(_ context.Context, c *Call) (any, error) { return c.String("x"), nil }}}}}})
	if err != nil {
		t.Fatal(err)
	}
	if e := fails(t, rt, `f()`); e.Kind != Internal || !strings.Contains(e.Message, `verb f declares no parameter "x"`) {
		t.Errorf("%s: %s", e.Kind, e.Message)
	}
}

func TestModulesOfOneNameAreMerged(t *testing.T) {
	rt, err := New(Config{Policy: AllowAll(), Modules: []Module{
		{Name: "m", Verbs: []Verb{{Name: "m.b", Func: nothing}}}, {Name: "a", Doc: "A."},
		{Name: "m", Section: "First", Doc: "Both.", Verbs: []Verb{{Name: "m.a", Func: nothing}}}, {Name: "m", Section: "Second"}}})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, m := range rt.Modules() {
		names = append(names, m.Name+" "+m.Doc+m.Section)
	}
	for _, v := range rt.Verbs() {
		names = append(names, v.Name)
	}
	if got := strings.Join(names, "|"); got != "a A.|m Both.First|m.a|m.b" {
		t.Errorf("got %s", got)
	}
	if rt.Verb("m.a") == nil || rt.Verb("m.c") != nil || rt.Object("x") != nil {
		t.Error("lookups by name are wrong")
	}
}

func TestValuesNeedNamesOfTheirOwn(t *testing.T) {
	for name, want := range map[string]string{"a-b": "not a name", "servers": "a module or verb has this name"} {
		_, err := New(Config{Policy: AllowAll(), Modules: cloud(), Values: map[string]any{name: 1}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestSignatures(t *testing.T) {
	rt := newCloud(t)
	for name, want := range map[string]string{
		"servers.create": "servers.create{name=, image=, flavor=, [metadata=], [password=]}",
		"servers.reboot": "servers.reboot(id, [type])",
		"try.fail":       "try.fail()",
	} {
		if got := rt.Verb(name).Signature(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	mixed := Verb{Name: "f", Params: []Param{{Name: "a", Required: true}, {Name: "b", Named: true}, {Name: "c", Named: true, Required: true}}}
	if got := mixed.Signature(); got != "f(a, {[b=], c=})" {
		t.Errorf("got %s", got)
	}
	if got := rt.Methods("server"); len(got) != 2 || got[0].Name != "servers.delete" {
		t.Errorf("methods %v", got)
	}
}
