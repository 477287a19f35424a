package runtime

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// callsOfPrefix begins the names of the limits in CallsOf on the command line:
// calls.servers.create.
const callsOfPrefix = "calls."

// A callCount counts the calls of the verbs that one limit of CallsOf names.
type callCount struct {
	verbs      string // as in Rule.Verbs
	most, made int64
}

func callCounts(limits map[string]int64) []callCount {
	var counts []callCount
	for _, verbs := range slices.Sorted(maps.Keys(limits)) {
		counts = append(counts, callCount{verbs: verbs, most: limits[verbs]})
	}
	return counts
}

// countCall counts a call of the verb, or refuses it if it is too many. A clean-up
// function may undo what the run did, so it has an allowance, but not make anything:
// it would make more than there may ever be.
func (r *run) countCall(v *Verb) *Error {
	allowance := r.extra.Calls
	if v.Effect == Create {
		allowance = 0
	}
	for i := range r.counts {
		c := &r.counts[i]
		if !names(c.verbs, v) {
			continue
		}
		if c.made >= c.most+allowance {
			what := c.verbs
			if slices.Contains(effectNames[:], what) {
				what = "effect " + what
			}
			calls := "calls"
			if c.most == 1 {
				calls = "call"
			}
			return r.limits.hit(callsOfPrefix+c.verbs, "the run used up its %d %s of %s", c.most, calls, what)
		}
		c.made++
	}
	return nil
}

// callsOver are the limits of CallsOf, with those of base where none is set. The map is
// nobody else's, or base's, which does not change.
func callsOver(limits, base map[string]int64) map[string]int64 {
	if len(limits) == 0 {
		return base
	}
	out := maps.Clone(base)
	if out == nil {
		out = map[string]int64{}
	}
	maps.Copy(out, limits)
	return out
}

func checkCallsOf(limits map[string]int64, c *catalogue) (problems []error) {
	for _, verbs := range slices.Sorted(maps.Keys(limits)) {
		_, err := c.matching(verbs)
		if err == nil && limits[verbs] <= 0 {
			err = errors.New("is not above zero; Policy.Deny keeps scripts from a verb")
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("Limits.CallsOf[%q] %w", verbs, err))
		}
	}
	return problems
}
