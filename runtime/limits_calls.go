package runtime

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/internal/english"
)

// callsOfPrefix begins the names of the limits in CallsOf on the command line:
// calls.servers.create.
const callsOfPrefix = "calls."

// A callCount counts the calls of the verbs that one limit of CallsOf names.
type callCount struct {
	verbs      string // as in Rule.Verbs
	most, made int64
}

// callCounts are the counts of limits, by name, so that a call that hits several hits the
// same one each time.
func callCounts(limits map[string]int64) []callCount {
	counts := make([]callCount, 0, len(limits))
	for verbs, most := range limits {
		counts = append(counts, callCount{verbs: verbs, most: most})
	}
	slices.SortFunc(counts, func(a, b callCount) int { return strings.Compare(a.verbs, b.verbs) })
	return counts
}

// countCall counts a call, or refuses it if it is too many. A clean-up
// function may undo what the run did, so it has an allowance, but not make anything:
// it would make more than there may ever be.
func (r *run) countCall(call *Call) *Error {
	if len(r.counts) == 0 {
		return nil
	}
	allowance, meant := r.extra.Calls, call.meant()
	if meant.Verb.Effect == Create {
		allowance = 0
	}
	for i := range r.counts {
		c := &r.counts[i]
		if !call.goesBy(c.verbs, meant) {
			continue
		}
		if c.made >= c.most+allowance {
			what := c.verbs
			if slices.Contains(effectNames[:], what) {
				what = "effect " + what
			}
			return r.limits.hit(callsOfPrefix+c.verbs, "the run used up its %s of %s", english.Count(c.most, "call"), what)
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
	for _, count := range callCounts(limits) {
		verbs := count.verbs
		_, err := c.matching(verbs)
		if err == nil && count.most <= 0 {
			err = errors.New("is not above zero; Policy.Deny keeps scripts from a verb")
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("Limits.CallsOf[%q] %w", verbs, err))
		}
	}
	return problems
}
