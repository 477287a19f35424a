package runtime

import (
	"context"
	"strings"
	"testing"
)

// things is a module whose verbs act on things that have a name and can get another.
func things(names map[string]string, asked *int) Module {
	subject := &Subject{Fields: []string{"name"}, Look: func(_ context.Context, c *Call) (map[string]string, error) {
		*asked++
		name, ok := names[c.String("id")]
		if !ok {
			return nil, &Error{Kind: NotFound, Message: "there is no thing " + c.String("id")}
		}
		return map[string]string{"name": name}, nil
	}}
	id := Param{Name: "id", Type: ID, Required: true}
	return Module{Name: "things", Verbs: []Verb{
		{Name: "things.delete", Effect: Destroy, Doc: "Deletes.", Params: []Param{id}, Subject: subject,
			Func: func(_ context.Context, c *Call) (any, error) { delete(names, c.String("id")); return nil, nil }},
		{Name: "things.rename", Effect: Update, Doc: "Renames.", Params: []Param{id, {Name: "name", Type: String}, {Name: "size", Type: Integer}}, Subject: subject,
			Func: func(_ context.Context, c *Call) (any, error) {
				names[c.String("id")] = c.String("name")
				return nil, nil
			}},
	}}
}

func TestRulesGoByWhatACallActsOn(t *testing.T) {
	for _, test := range []struct {
		allow, deny string
		source      string
		want        string // part of the refusal; "" if the call is allowed
		asked       int
	}{
		{"things.delete(name=tmp-*)", "", `things.delete(1)`, "", 1},
		{"things.delete(name=tmp-*)", "", `things.delete(2)`, `the policy allows it only as "things.delete(name=tmp-*)"`, 1},
		{"things.delete(name=tmp-*)", "", `things.delete(3)`, "there is no thing 3", 1},
		{"things.delete(id=2,name=tmp-*)", "", `things.delete(1)`, "allows it only as", 1},
		{"*", "things.*(name=web*)", `things.delete(2)`, "the policy denies it", 1},
		{"*", "things.*(name=web*)", `things.delete(1)`, "", 1},

		// Renaming is no way around a rule, in either direction.
		{"things.*(name=tmp-*)", "", `things.rename(2, "tmp-2")`, "allows it only as", 1},
		{"things.*(name=tmp-*)", "", `things.rename(1, "web1")`, "allows it only as", 1},
		{"things.*(name=tmp-*)", "", `things.rename(1, "tmp-2")`, "", 1},
		{"things.*(name=tmp-*)", "", `things.rename{id = 1, size = 2}`, "", 1},
		{"*", "things.*(name=web*)", `things.rename(2, "tmp-2")`, "denies it", 1},
		{"*", "things.*(name=web*)", `things.rename(1, "web1")`, "denies it", 1},

		// Nobody asks where no rule wants to know.
		{"things.delete(id=1)", "", `things.delete(1)`, "", 0},
		{"*", "things.rename(name=web*)", `things.delete(2)`, "", 0},
	} {
		asked := 0
		rt := newCloud(t, func(c *Config) {
			c.Modules = append(c.Modules, things(map[string]string{"1": "tmp-1", "2": "web2"}, &asked))
			c.Policy = Policy{Allow: rules(t, test.allow)}
			if test.deny != "" {
				c.Policy.Deny = rules(t, test.deny)
			}
		})
		if test.want == "" {
			prints(t, rt, test.source, "")
		} else if e := fails(t, rt, test.source); !strings.Contains(e.text(), test.want) {
			t.Errorf("%s (allow %s, deny %s): %s\nwant %s", test.source, test.allow, test.deny, e.text(), test.want)
		}
		if asked != test.asked {
			t.Errorf("%s (allow %s, deny %s): asked %d times, want %d", test.source, test.allow, test.deny, asked, test.asked)
		}
	}
}

func TestARuleCanOnlyGoByFieldsThatThereAre(t *testing.T) {
	asked := 0
	_, err := New(Config{Modules: []Module{things(nil, &asked)}, Policy: Policy{Allow: rules(t, "things.delete(colour=red)")}})
	const want = `things.delete has no parameter "colour", and what it acts on no such field; there is name`
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v, want %s", err, want)
	}
}

func TestAPanicInLookIsTheCallsError(t *testing.T) {
	verb := Verb{Name: "things.delete", Effect: Destroy, Doc: "Deletes.", Func: func(context.Context, *Call) (any, error) { return nil, nil },
		Params:  []Param{{Name: "id", Type: ID, Required: true}},
		Subject: &Subject{Fields: []string{"name"}, Look: func(context.Context, *Call) (map[string]string, error) { panic("oh") }}}
	rt := newCloud(t, func(c *Config) {
		c.Modules = append(c.Modules, Module{Name: "things", Verbs: []Verb{verb}})
		c.Policy = Policy{Allow: rules(t, "things.delete(name=tmp-*)")}
	})
	if e := fails(t, rt, `things.delete(1)`); e.Kind != Internal {
		t.Errorf("%s: %s", e.Kind, e.text())
	}
}
