package runtime

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// withCall adds things.call, which does what the other verbs of things do.
func withCall(m Module) Module {
	m.Verbs = append(m.Verbs, Verb{Name: "things.make", Effect: Create, Doc: "Makes.", Func: func(context.Context, *Call) (any, error) { return nil, nil }},
		Verb{Name: "things.call", Effect: Destroy, Doc: "Does anything.",
			Params: []Param{{Name: "what", Type: String, Required: true}, {Name: "params", Type: Table}},
			Means:  func(c *Call) (string, map[string]any) { return "things." + c.String("what"), c.Table("params") },
			Func:   func(context.Context, *Call) (any, error) { return nil, nil }})
	return m
}

// What rules say of a verb holds for every way to do what it does.
func TestRulesGoByWhatACallMeans(t *testing.T) {
	const deletes, renames, unknown = `things.call("delete", {id = "2"})`, `things.call("rename", {id = "1", name = "web1"})`, `things.call("paint")`
	for _, test := range []struct{ allow, deny, source, want string }{
		{"*", "things.delete", deletes, "things.call: the policy denies it"},
		{"*", "destroy", deletes, "denies it"},
		{"*", "destroy", renames, ""},
		{"*", "things.c*", renames, "denies it"},
		{"*", "things.call", deletes, "denies it"},
		{"*", "things.call(what=del*)", deletes, "denies it"},
		{"*", "things.call(what=ren*)", deletes, ""},
		{"*", "things.delete(id=1)", deletes, ""},
		{"*", "things.delete(id=2)", deletes, "denies it"},
		{"*", "things.delete(name=web*)", deletes, "denies it"},
		{"*", "things.delete", unknown, ""},
		{"things.delete", "", deletes, ""},
		{"things.delete(name=tmp-*)", "", deletes, `allows it only as "things.delete(name=tmp-*)"`},
		{"destroy", "", deletes, ""},
		{"destroy", "", renames, "no rule of the policy allows it"},
		{"destroy", "", unknown, ""},
		{"update", "", renames, ""},
		{"things.call", "", renames, ""},
		{"things.c*", "", renames, "no rule of the policy allows it"},
		{"things.call(what=rename)", "", renames, ""},
		{"things.call(what=rename)", "", deletes, "no rule of the policy allows it"},
		{"read", "", renames, "--allow things.rename (or --allow update)"},
	} {
		asked := 0
		rt := newCloud(t, func(c *Config) {
			c.Modules = append(c.Modules, withCall(things(map[string]string{"1": "tmp-1", "2": "web2"}, &asked)))
			c.Policy = Policy{Allow: rules(t, test.allow)}
			if test.deny != "" {
				c.Policy.Deny = rules(t, test.deny)
			}
		})
		_, err := script(t, rt, test.source)
		var e *Error
		switch {
		case test.want == "" && err != nil:
			t.Errorf("allow %s, deny %s: %s: %v", test.allow, test.deny, test.source, err)
		case test.want != "" && (!errors.As(err, &e) || e.Kind != Denied || !strings.Contains(e.Message+e.Hint+e.text(), test.want)):
			t.Errorf("allow %s, deny %s: %s: %v, want %q", test.allow, test.deny, test.source, err, test.want)
		}
	}
}

func TestCountsGoByWhatACallMeans(t *testing.T) {
	for _, limit := range []string{"things.make", "create", "things.m*", "things.call"} {
		rt := newCloud(t, func(c *Config) {
			c.Modules = append(c.Modules, withCall(things(nil, new(int))))
			c.Limits.CallsOf = map[string]int64{limit: 2}
		})
		const source = `for i = 1, 3 do print(i) pcall(things.call, "make") end`
		if out, err := script(t, rt, source); out != "1\n2\n3\n" || !errors.Is(err, &Error{Kind: Limit}) {
			t.Errorf("%s: printed %q, %v", limit, out, err)
		}
	}
	var decided []string
	rt := newCloud(t, func(c *Config) {
		c.Modules = append(c.Modules, withCall(things(nil, new(int))))
		c.Policy = Policy{Allow: AllowAll().Allow, MaxCreates: 1, Decide: func(c *Call) error { decided = append(decided, c.Verb.Name); return nil }}
	})
	_, err := script(t, rt, `things.call("make") things.call("make")`)
	if got := strings.Join(decided, " "); !errors.Is(err, &Error{Kind: Denied}) || got != "things.make things.call" {
		t.Errorf("decided about %s; %v", got, err)
	}
}
