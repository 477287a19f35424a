package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/cloudscript/cloudscript/internal/nearest"
	"github.com/cloudscript/cloudscript/simulator"
	"github.com/cloudscript/cloudscript/simulator/faults"
)

const faultFlag = "a `RULE` of what goes wrong, such as 'servers.create nth=2 lost-reply'; may be repeated; cloudscript help faults"

// operationHint is what somebody meant who named an operation that there is not.
func operationHint(name string) string {
	if near := nearest.Name(name, simulator.Operations()); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "cloudscript doc lists the verbs"
}

// faultHint tells a rule without an operation from other mistakes.
func faultHint(err error, otherwise string) string {
	if e, ok := errors.AsType[*simulator.UnknownOperationError](err); ok {
		return operationHint(e.Operation)
	}
	return otherwise
}

// idle reports whether a fault should have happened and did not.
func idle(c faults.Count) bool { return c.Fired == 0 && c.Rule.Probability == 0 }

func didNotHappen(rule string, requests int) string {
	such := fmt.Sprintf("there were %d such requests", requests)
	switch requests {
	case 0:
		such = "there was no such request"
	case 1:
		such = "there was 1 such request"
	}
	return fmt.Sprintf("the fault %q did not happen: %s", rule, such)
}

// reportIdleFaults says which faults did not happen: who ordered one believes that it did.
func reportIdleFaults(w io.Writer, sim *simulator.Simulator) {
	for _, c := range sim.Faults().Counts() {
		if idle(c) {
			fmt.Fprintf(w, "cloudscript: %s\n", didNotHappen(c.Rule.String(), c.Seen))
		}
	}
}
