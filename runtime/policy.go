package runtime

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
)

// A Policy decides which verbs a run may call. The zero value allows only verbs of
// effect local, which touch nothing outside the run. A refusal is an *Error of kind
// Denied that names the verb, the rule and how to grant it.
type Policy struct {
	// Deny is looked at first: a call that one of its rules matches is refused.
	Deny []Rule

	// Allow must have a rule that matches the call, unless its effect is local.
	Allow []Rule

	// MaxCreates is how many calls of effect create a run may make; 0 does not
	// limit. The script can catch the refusal of further ones and go on;
	// Limits.CallsOf{"create": n} ends the run.
	MaxCreates int64

	// Decide is asked last, for calls that the rules let through. It returns nil,
	// or an error that says why not and how it could be allowed. It runs while its
	// task holds the interpreter.
	Decide func(c *Call) error
}

// AllowAll is the policy that allows every verb: for hosts that trust the script as
// they trust whoever runs it.
func AllowAll() Policy { return Policy{Allow: []Rule{{Verbs: "*"}}} }

// ReadOnly is the policy that allows nothing but reading.
func ReadOnly() Policy { return Policy{Allow: []Rule{{Verbs: "read"}}} }

// A Rule matches calls.
type Rule struct {
	// Verbs is a verb's name, a glob over names ("servers.*"), an effect ("read"),
	// or "*".
	Verbs string

	// Where holds a glob for each name that must match: of a parameter, as the text
	// of the argument ({"type": "SOFT"}; an object that was passed as an id is its id),
	// or of a field of the verb's Subject, as it is in the cloud just before the call
	// ({"name": "tmp-*"} for servers.delete). Where a name is both, as in
	// servers.update, both must match to allow the call and one to deny it, so that
	// nothing can be renamed into the rule's reach. What is absent matches nothing. In a
	// rule that denies, * and ? match a slash too; in one that allows they do not, so that
	// "out/*" is no "out/../in".
	Where map[string]string

	// From is where the rule was written, such as "--deny servers.delete" or
	// "policy.toml:3": what a refusal calls it. "" calls it by its text.
	From string
}

// ParseRule reads a rule as String writes it: "servers.*", "read",
// "servers.reboot(type=SOFT)", "servers.delete(name=tmp-*)".
func ParseRule(text string) (Rule, error) {
	text = strings.TrimSpace(text)
	verbs, rest, conditions := strings.Cut(text, "(")
	r := Rule{Verbs: strings.TrimSpace(verbs)}
	if r.Verbs == "" {
		return r, fmt.Errorf("rule %q: expected a verb, a glob or an effect", text)
	}
	if !conditions {
		return r, nil
	}
	rest, closed := strings.CutSuffix(rest, ")")
	if !closed {
		return r, fmt.Errorf("rule %q: the bracket is not closed", text)
	}
	r.Where = map[string]string{}
	for _, condition := range strings.Split(rest, ",") {
		name, glob, ok := strings.Cut(condition, "=")
		if name = strings.TrimSpace(name); !ok || name == "" {
			return r, fmt.Errorf("rule %q: expected parameter=glob, got %q", text, condition)
		}
		r.Where[name] = strings.TrimSpace(glob)
	}
	return r, nil
}

func (r Rule) String() string {
	if len(r.Where) == 0 {
		return r.Verbs
	}
	var conditions []string
	for name, glob := range r.Where {
		conditions = append(conditions, name+"="+glob)
	}
	sort.Strings(conditions)
	return r.Verbs + "(" + strings.Join(conditions, ",") + ")"
}

// name is what a refusal calls the rule.
func (r Rule) name() string { return cmp.Or(r.From, fmt.Sprintf("rule %q", r)) }

// check refuses a rule that can never match one of the verbs.
func (r Rule) check(c *catalogue) error {
	verbs, err := c.matching(r.Verbs)
	if err != nil {
		return fmt.Errorf("policy rule %q %w", r, err)
	}
	for param, glob := range r.Where {
		if _, err := path.Match(glob, ""); err != nil {
			return fmt.Errorf("policy rule %q: %q is not a glob", r, glob)
		}
		for _, v := range verbs {
			if v.index(param) < 0 && !v.Subject.has(param) {
				return fmt.Errorf("policy rule %q: %s has no parameter %q%s", r, v.Name, param, v.Subject.choice())
			}
		}
	}
	return nil
}

// names reports whether the rule is about this verb.
func (r Rule) names(v *Verb) bool { return names(r.Verbs, v) }

// allows reports whether the rule is about this call, whose arguments are bound, in
// every respect.
func (r Rule) allows(c *Call, subject map[string]string) bool {
	return r.matches(c, subject, true)
}

// denies reports whether the rule is about this call in any respect.
func (r Rule) denies(c *Call, subject map[string]string) bool {
	return r.matches(c, subject, false)
}

func (r Rule) matches(c *Call, subject map[string]string, wholly bool) bool {
	if !r.names(c.Verb) {
		return false
	}
	for name, glob := range r.Where {
		texts := textsOf(name, c, subject)
		matching := 0
		for _, text := range texts {
			if matchesText(glob, text, !wholly) {
				matching++
			}
		}
		if matching == 0 || wholly && matching < len(texts) {
			return false
		}
	}
	return true
}

// matchesText matches a text that may be a path or an address: * goes beyond a slash only
// where that is wanted.
func matchesText(glob, text string, beyondSlashes bool) bool {
	if beyondSlashes {
		const noSlash = "\x00"
		glob, text = strings.ReplaceAll(glob, "/", noSlash), strings.ReplaceAll(text, "/", noSlash)
	}
	ok, _ := path.Match(glob, text)
	return ok
}

// textsOf are what a condition on a name is about: an argument, an id also without the
// zeros before it, a field of what the call acts on, or both.
func textsOf(name string, c *Call, subject map[string]string) (texts []string) {
	if i := c.bound.index(name); i >= 0 && c.args[i] != nil {
		text := argumentText(c.args[i])
		texts = append(texts, text)
		if number := strings.TrimLeft(text, "0"); c.bound.Params[i].Type == ID && number != text && number != "" {
			texts = append(texts, number) // a service may take 007 for 7
		}
	}
	if field, ok := subject[name]; ok {
		texts = append(texts, field)
	}
	return texts
}

func argumentText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return luanum.FormatExact(v)
	}
	return fmt.Sprint(v)
}

func (p *Policy) check(c *catalogue) error {
	var problems []error
	for _, r := range slices.Concat(p.Deny, p.Allow) {
		problems = append(problems, r.check(c))
	}
	return errors.Join(problems...)
}

// allowsAll reports a policy that has nothing to decide.
func (p *Policy) allowsAll() bool {
	return len(p.Deny) == 0 && p.MaxCreates == 0 && p.Decide == nil &&
		slices.ContainsFunc(p.Allow, func(r Rule) bool { return r.Verbs == "*" && len(r.Where) == 0 })
}

// decide returns nil if the policy allows the call, which amounts to the one that is meant.
func (p *Policy) decide(c, meant *Call, subject map[string]string) *Error {
	for _, r := range p.Deny {
		if r.denies(meant, subject) || meant != c && r.Verbs != c.Verb.Effect.String() && r.denies(c, nil) {
			hint := "to allow it: take that rule out of Policy.Deny"
			if r.From != "" {
				hint = "to allow it: leave out " + r.From
			}
			return denied(c, "the policy denies it ("+r.name()+")", hint)
		}
	}
	allows := func(r Rule) bool { return r.allows(meant, subject) || r.Verbs == c.Verb.Name && r.allows(c, nil) }
	if meant.Verb.Effect != Local && !slices.ContainsFunc(p.Allow, allows) {
		if len(p.Allow) == 0 {
			return denied(c, "the policy allows nothing outside the run",
				fmt.Sprintf("the host can grant it with runtime.Policy{Allow: []runtime.Rule{{Verbs: %q}}}, or all verbs with runtime.AllowAll()", meant.Verb.Name))
		}
		return denied(c, p.lacking(meant.Verb), fmt.Sprintf(
			"to allow it: --allow %s (or --allow %s) on the command line, Policy.Allow in Go", meant.Verb.Name, meant.Verb.Effect))
	}
	if run := c.task.run; p.MaxCreates > 0 && meant.Verb.Effect == Create {
		if run.creates >= p.MaxCreates {
			return denied(c, fmt.Sprintf("the policy allows %d calls that create something, and the run has made them", p.MaxCreates),
				"to allow more: Policy.MaxCreates in Go")
		}
		run.creates++
	}
	if p.Decide == nil {
		return nil
	}
	err := p.Decide(meant)
	if err == nil && meant != c {
		err = p.Decide(c)
	}
	var e *Error
	if err != nil && !errors.As(err, &e) {
		e = &Error{Kind: Denied, Message: err.Error(), Cause: err}
	}
	return e
}

// lacking says why no rule allows a call of the verb.
func (p *Policy) lacking(v *Verb) string {
	var names []string
	for _, r := range p.Allow {
		if r.names(v) {
			return "the policy allows it only as " + cmp.Or(r.From, strconv.Quote(r.String()))
		}
		names = append(names, r.name())
	}
	const most = 4 // rules that a message can hold
	if len(names) > most {
		names = append(names[:most], fmt.Sprintf("%d more", len(names)-most))
	}
	return "no rule of the policy allows it (" + strings.Join(names, ", ") + ")"
}

func denied(c *Call, why, hint string) *Error {
	return &Error{Kind: Denied, Verb: c.Verb.Name, Message: why, Hint: hint}
}
