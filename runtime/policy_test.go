package runtime

import (
	"fmt"
	"strings"
	"testing"
)

func rules(t *testing.T, texts ...string) []Rule {
	t.Helper()
	var out []Rule
	for _, text := range texts {
		r, err := ParseRule(text)
		if err != nil {
			t.Fatal(err)
		}
		if r.String() != text {
			t.Errorf("rule %q writes itself as %q", text, r)
		}
		out = append(out, r)
	}
	return out
}

func TestPolicies(t *testing.T) {
	for _, test := range []struct {
		allow, deny string
		source      string
		want        string // part of the refusal; "" if the call is allowed
	}{
		{"", "", `servers.get(3):delete()`, ""},
		{"read", "", `servers.list()`, ""},
		{"read", "", `try.sleep(1)`, ""},
		{"read", "", `servers.get(3):delete()`, `servers.delete: no rule of the policy allows it`},
		{"servers.*", "", `servers.get(3):delete()`, ""},
		{"servers.*", "destroy", `servers.get(3):delete()`, `servers.delete: the policy denies it (rule "destroy")`},
		{"*", "servers.delete", `servers.get(3)`, ""},
		{"", "try.sleep", `try.sleep(1)`, `try.sleep: the policy denies it (rule "try.sleep")`},
		{"servers.reboot(type=SOFT)", "", `servers.reboot(3)`, ""},
		{"servers.reboot(type=SOFT)", "", `servers.reboot(3, "HARD")`, `servers.reboot: the policy allows it only as "servers.reboot(type=SOFT)"`},
		{"servers.create(flavor=1,name=tmp-*)", "", `servers.create("tmp-1", 5, 1)`, ""},
		{"servers.create(flavor=1,name=tmp-*)", "", `servers.create("web1", 5, 1)`, `only as "servers.create(flavor=1,name=tmp-*)"`},
		{"*", "servers.create(password=*)", `servers.create("web1", 5, 1)`, ""},
		{"*", "servers.create(password=*)", `servers.create("web1", 5, 1, {password = "x"})`, `the policy denies it`},
		{"*", "servers.create(name=web*)", `servers.create("web/1", 5, 1)`, `the policy denies it`},
		{"servers.create(name=web*)", "", `servers.create("web/1", 5, 1)`, `only as "servers.create(name=web*)"`},
		{"*", "servers.reboot(id=7)", `servers.reboot("007")`, `the policy denies it`},
		{"servers.reboot(id=0*)", "", `servers.reboot("07")`, `only as "servers.reboot(id=0*)"`},
		{"servers.reboot(id=7)", "", `servers.reboot(7)`, ""},
	} {
		rt := newCloud(t, func(c *Config) {
			if test.allow != "" {
				c.Policy.Allow = rules(t, test.allow)
			}
			if test.deny != "" {
				c.Policy.Deny = rules(t, test.deny)
			}
		})
		if test.want == "" {
			prints(t, rt, test.source, "")
			continue
		}
		e := fails(t, rt, test.source)
		if e.Kind != Denied || !strings.Contains(e.text(), test.want) || e.Hint == "" {
			t.Errorf("%s\n%s: %s (%s)\nwant %s", test.source, e.Kind, e.text(), e.Hint, test.want)
		}
	}
}

// A refusal names the rule as whoever wrote it did, and what would allow the call.
func TestARefusalSaysHowToGrantTheCall(t *testing.T) {
	const grant = "to allow it: --allow servers.delete (or --allow destroy) on the command line, Policy.Allow in Go"
	for _, test := range []struct {
		policy        Policy
		message, hint string
	}{
		{Policy{Allow: []Rule{{Verbs: "read"}, {Verbs: "create", From: "policy.toml:3"}}}, `no rule of the policy allows it (rule "read", policy.toml:3)`, grant},
		{Policy{Allow: []Rule{{Verbs: "read", From: "--read-only"}}}, "no rule of the policy allows it (--read-only)", grant},
		{Policy{Allow: []Rule{{Verbs: "a.*"}, {Verbs: "b.*"}, {Verbs: "c.*"}, {Verbs: "d.*"}, {Verbs: "e.*"}, {Verbs: "f.*"}}},
			`no rule of the policy allows it (rule "a.*", rule "b.*", rule "c.*", rule "d.*", 2 more)`, grant},
		{Policy{Allow: []Rule{{Verbs: "destroy", Where: map[string]string{"id": "9"}}}}, `the policy allows it only as "destroy(id=9)"`, grant},
		{Policy{Allow: []Rule{{Verbs: "*"}}, Deny: []Rule{{Verbs: "destroy"}}}, `the policy denies it (rule "destroy")`, "to allow it: take that rule out of Policy.Deny"},
		{Policy{Allow: []Rule{{Verbs: "*"}}, Deny: []Rule{{Verbs: "destroy", From: "--deny destroy"}}}, `the policy denies it (--deny destroy)`,
			"to allow it: leave out --deny destroy"},
	} {
		verb := &Verb{Name: "servers.delete", Effect: Destroy}
		c := &Call{Verb: verb, bound: &boundVerb{Verb: verb}}
		if e := test.policy.decide(c, c, nil); e == nil || e.Message != test.message || e.Hint != test.hint {
			t.Errorf("%+v\n%v\nwant %s\n%s", test.policy, e, test.message, test.hint)
		}
	}
}

func TestTheZeroPolicyAllowsOnlyWhatStaysInside(t *testing.T) {
	rt := newCloud(t, func(c *Config) { c.Policy = Policy{} })
	prints(t, rt, `try.sleep(1) print("slept")`, "slept\n")
	for _, policy := range []Policy{{}, {MaxCreates: 1}, {Decide: func(*Call) error { return nil }}} {
		rt := newCloud(t, func(c *Config) { c.Policy = policy })
		e := fails(t, rt, `servers.list()`)
		const want = "servers.list: the policy allows nothing outside the run"
		const hint = `the host can grant it with runtime.Policy{Allow: []runtime.Rule{{Verbs: "servers.list"}}}, or all verbs with runtime.AllowAll()`
		if e.Kind != Denied || e.text() != want || e.Hint != hint {
			t.Errorf("%s: %s (%s)", e.Kind, e.text(), e.Hint)
		}
	}
}

func TestAllowAll(t *testing.T) {
	rt := newCloud(t, func(c *Config) { c.Policy = AllowAll() })
	prints(t, rt, `servers.get(3):delete() print("deleted")`, "deleted\n")
	rt = newCloud(t, func(c *Config) { c.Policy = AllowAll(); c.Policy.Deny = rules(t, "destroy") })
	if e := fails(t, rt, `servers.get(3):delete()`); e.Kind != Denied {
		t.Errorf("%s: %s", e.Kind, e.text())
	}
}

func TestPolicyLimitsCreates(t *testing.T) {
	rt := newCloud(t, func(c *Config) { c.Policy.MaxCreates = 2 })
	prints(t, rt, `
for i = 1, 2 do servers.create("a", 1, 1) end
local ok, e = pcall(servers.create, "a", 1, 1)
print(ok, e.kind, e.message)`, "false\tdenied\tthe policy allows 2 calls that create something, and the run has made them\n")
	prints(t, rt, `servers.create("a", 1, 1) print("another run")`, "another run\n")
}

func TestPolicyAsksTheHostLast(t *testing.T) {
	rt := newCloud(t, func(c *Config) {
		c.Policy.Deny = rules(t, "create")
		c.Policy.Decide = func(c *Call) error {
			if c.Verb.Effect == Destroy {
				return fmt.Errorf("server %s is not yours to delete", c.String("id"))
			}
			return nil
		}
	})
	e := fails(t, rt, `servers.get(3):delete()`)
	if e.Kind != Denied || e.text() != "servers.delete: server 3 is not yours to delete" {
		t.Errorf("%s: %s", e.Kind, e.text())
	}
	prints(t, rt, `print(select(2, pcall(servers.create, "a", 1, 1)).message)`, "the policy denies it (rule \"create\")\n")
	rt = newCloud(t, func(c *Config) { c.Policy = ReadOnly() })
	prints(t, rt, `print(#servers.list(), pcall(servers.reboot, 1))`, "2\tfalse\tservers.reboot: no rule of the policy allows it (rule \"read\")\n")
}

func TestMistakesInRulesAreFoundEarly(t *testing.T) {
	for text, want := range map[string]string{
		"":                         "expected a verb, a glob or an effect",
		"servers.reboot(type=SOFT": "the bracket is not closed",
		"servers.reboot(SOFT)":     `expected parameter=glob, got "SOFT"`,
	} {
		if _, err := ParseRule(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	for text, want := range map[string]string{
		"servers.creat":               `matches no verb; did you mean "servers.create"?`,
		"distroy":                     `matches no verb; did you mean "destroy"?`,
		"servers.[":                   `"servers.[" is not a glob`,
		"servers.reboot(mode=SOFT)":   `servers.reboot has no parameter "mode"`,
		"servers.reboot(type=[)":      `"[" is not a glob`,
		"servers.*(name=tmp-*)":       `servers.delete has no parameter "name"`,
		"nothing.like.this.is.around": "matches no verb",
	} {
		r, err := ParseRule(text)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := New(Config{Modules: cloud(), Policy: Policy{Allow: []Rule{r}}}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}
