package runtime

import (
	"errors"
	"fmt"
	"path"
	"slices"

	"github.com/cloudscript/cloudscript/internal/nearest"
)

// Match are the verbs that a rule of a policy, or a limit of calls, names: a verb's
// name, a glob over names ("servers.*"), an effect ("read"), or "*". The error says
// that there is none, with the name that was probably meant. The caller must not
// change the verbs.
func (rt *Runtime) Match(verbs string) ([]*Verb, error) {
	bound, err := rt.catalogue.matching(verbs)
	if err != nil {
		return nil, fmt.Errorf("%q %w", verbs, err)
	}
	list := make([]*Verb, len(bound))
	for i, v := range bound {
		list[i] = v.Verb
	}
	return list, nil
}

// names reports whether a rule or limit is about this verb.
func names(verbs string, v *Verb) bool {
	if verbs == v.Name || verbs == "*" || verbs == v.Effect.String() {
		return true
	}
	ok, _ := path.Match(verbs, v.Name)
	return ok
}

// matching is Match, with errors that follow the pattern. An effect, and "*", may have
// no verbs.
func (c *catalogue) matching(pattern string) ([]*boundVerb, error) {
	if _, err := path.Match(pattern, ""); err != nil {
		return nil, errors.New("is not a glob")
	}
	var verbs []*boundVerb
	for _, name := range c.names {
		if v := c.verbs[name]; names(pattern, v.Verb) {
			verbs = append(verbs, v)
		}
	}
	if len(verbs) > 0 || pattern == "*" || slices.Contains(effectNames[:], pattern) {
		return verbs, nil
	}
	hint := ""
	if near := nearest.Name(pattern, slices.Concat(c.names, effectNames[:])); near != "" {
		hint = fmt.Sprintf("; did you mean %q?", near)
	}
	return nil, errors.New("matches no verb" + hint)
}
