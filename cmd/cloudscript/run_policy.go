package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
)

// policyReport collects what --report-policy tells: the verbs that a run called and
// that a policy has a say in. Nil collects nothing.
type policyReport struct {
	verbs map[string]bool
}

func newPolicyReport(wanted bool) *policyReport {
	if !wanted {
		return nil
	}
	return &policyReport{verbs: map[string]bool{}}
}

// link is a step of the door behind policy, so it sees what policy let through. It
// runs on the task that holds the interpreter, one at a time.
func (r *policyReport) link() runtime.Link {
	if r == nil {
		return nil
	}
	return func(next runtime.Handler) runtime.Handler {
		return func(ctx context.Context, c *runtime.Call) (any, error) {
			if c.Verb.Effect != runtime.Local {
				r.verbs[c.Verb.Name] = true
			}
			return next(ctx, c)
		}
	}
}

// write prints the flags that allow these verbs and no others, by name. A run that
// called none needs a rule as well: without one, everything is allowed.
func (r *policyReport) write(w io.Writer) {
	if r == nil {
		return
	}
	verbs := slices.Sorted(maps.Keys(r.verbs))
	if len(verbs) == 0 {
		verbs = []string{runtime.Local.String()}
	}
	fmt.Fprintf(w, "least policy: --allow %s\n", strings.Join(verbs, " --allow "))
}
