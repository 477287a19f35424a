package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/simulator"
	"github.com/cloudscript/cloudscript/simulator/cloudservers"
	"github.com/cloudscript/cloudscript/simulator/faults"
)

func simModule(w *testWorld) runtime.Module {
	return runtime.Module{
		Name: "sim", Section: testSection, Doc: "The simulated clouds of the test, in the files of cloudscript test.",
		Verbs: []runtime.Verb{faultVerb(w), countVerb(w)},
	}
}

// faultEffects are the parameters of sim.fault that say what goes wrong, as
// package faults explains them; the others say when. Their names are those of a
// rule's text form, with "_" for "-".
var faultEffects = []runtime.Param{
	{Name: "status", Type: runtime.Integer, Doc: "answer with this HTTP status instead of acting"},
	{Name: "fault", Type: runtime.String, Enum: cloudservers.FaultNames(), Doc: "answer with this fault of Cloud Servers instead of acting"},
	{Name: "reset", Type: runtime.Boolean, Doc: "break the connection instead of acting"},
	{Name: "delay", Type: runtime.Duration, Doc: "wait, then act"},
	{Name: "fail", Type: runtime.Boolean, Doc: "act, but what begins ends badly: a build in ERROR"},
	{Name: "lost_reply", Type: runtime.Boolean, Doc: "act, then break the connection"},
	{Name: "late", Type: runtime.Duration, Doc: "act, then wait before the answer"},
	{Name: "slow", Type: runtime.Duration, Doc: "act, and let the answer take so long"},
	{Name: "truncate", Type: runtime.Integer, Doc: "act, send so many bytes of the answer and break the connection"},
	{Name: "malformed", Type: runtime.Boolean, Doc: "act, and send an answer that cannot be read"},
}

var faultTimes = []runtime.Param{
	{Name: "nth", Type: runtime.Integer, Doc: "only the nth request, from 1; repetitions count"},
	{Name: "after", Type: runtime.Integer, Doc: "not the first so many requests"},
	{Name: "times", Type: runtime.Integer, Doc: "only so often"},
	{Name: "probability", Type: runtime.Number, Doc: "by chance, above 0 and at most 1"},
	{Name: "seed", Type: runtime.Integer, Doc: "of that chance"},
}

var faultRetryAfter = runtime.Param{Name: "retry_after", Type: runtime.Duration, Doc: "for status and fault: say when to come back"}

func faultVerb(w *testWorld) runtime.Verb {
	params := []runtime.Param{{Name: "verb", Type: runtime.String, Required: true,
		Doc: `whose requests go wrong: a verb, a pattern such as "servers.*", or "auth" for the log-in`}}
	for _, p := range slices.Concat(faultTimes, faultEffects, []runtime.Param{faultRetryAfter}) {
		p.Named = true
		params = append(params, p)
	}
	return runtime.Verb{
		Name: "sim.fault",
		Doc: "Lets requests that are still to come go wrong. A test whose faults did not all happen fails, those by " +
			"chance aside.",
		Params:  params,
		Example: `sim.fault{verb = "servers.create", nth = 2, lost_reply = true}`,
		Inline: func(_ context.Context, c *runtime.Call) (any, error) {
			if verb := c.String("verb"); !simulator.HasOperation(verb) {
				return nil, noSuchVerb(verb)
			}
			if !slices.ContainsFunc(faultEffects, func(p runtime.Param) bool { return c.Has(p.Name) && c.Any(p.Name) != false }) {
				return nil, runtime.Errorf(runtime.Usage, "what goes wrong is missing; add one of %s", names(faultEffects))
			}
			if err := w.sim.AddFaults(faultRule(c)); err != nil {
				_, reason, _ := strings.Cut(err.Error(), `": `) // after the rule's text form
				return nil, runtime.Errorf(runtime.Usage, "%s", reason)
			}
			w.faulty = append(w.faulty, c.Place(&runtime.Error{Kind: assertionFailed, Verb: c.Verb.Name}))
			return nil, nil
		},
	}
}

// faultRule is the text form of the rule that a call of sim.fault describes.
func faultRule(c *runtime.Call) string {
	words := []string{c.String("verb")}
	for _, p := range c.Verb.Params[1:] {
		name := ruleWord(p)
		switch v := c.Any(p.Name).(type) {
		case nil:
		case bool:
			if v {
				words = append(words, name)
			}
		case string:
			words = append(words, name+"="+v)
		default: // numbers and durations
			words = append(words, fmt.Sprintf("%s=%v", name, v))
		}
	}
	return strings.Join(words, " ")
}

func names(params []runtime.Param) string {
	var list []string
	for _, p := range params {
		list = append(list, p.Name)
	}
	return strings.Join(list, ", ")
}

// idleFaults are problems for the faults that the test ordered and that did not
// happen: it does not show what it claims to.
func (w *testWorld) idleFaults() []error {
	var problems []error
	for i, count := range w.sim.Faults().Counts() {
		if !idle(count) {
			continue
		}
		problem := *w.faulty[i]
		problem.Message = didNotHappen(faultText(count.Rule), count.Seen)
		problem.Hint = "a fault is for requests that come after it; nth counts them, repetitions too"
		problems = append(problems, &problem)
	}
	return problems
}

// faultText is a rule as the simulator writes it, with the names that sim.fault
// has for its settings.
func faultText(r faults.Rule) string {
	return strings.NewReplacer("lost-reply", "lost_reply", "retry-after", "retry_after").Replace(r.String())
}
