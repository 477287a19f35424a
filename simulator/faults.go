package simulator

import (
	"fmt"

	"github.com/cloudscript/cloudscript/simulator/cloudservers"
	"github.com/cloudscript/cloudscript/simulator/faults"
)

// An UnknownOperationError is about a rule whose operation there is not, so that
// nothing would ever go wrong.
type UnknownOperationError struct {
	Rule      string // its text form
	Operation string
}

func (e *UnknownOperationError) Error() string {
	return fmt.Sprintf("fault rule %q: there is no operation %q", e.Rule, e.Operation)
}

// AddFaults makes requests go wrong by rules in their text form, such as
// "servers.create nth=2 lost-reply" (see package faults). When one of them cannot
// be read, or is about an operation that is none of [Operations], none is added.
func (s *Simulator) AddFaults(rules ...string) error {
	parsed := make([]faults.Rule, 0, len(rules))
	for _, text := range rules {
		rule, err := faults.Parse(text)
		if err != nil {
			return err
		}
		if rule.Fault != "" && cloudservers.FaultStatus(rule.Fault) == 0 {
			return fmt.Errorf("fault rule %q: Cloud Servers has no fault %q", text, rule.Fault)
		}
		if rule.Operation != "" && !HasOperation(rule.Operation) {
			return &UnknownOperationError{Rule: text, Operation: rule.Operation}
		}
		parsed = append(parsed, rule)
	}
	s.faults.Add(parsed...)
	return nil
}

// Faults holds the fault rules, for rules that are made in Go and for their counts.
func (s *Simulator) Faults() *faults.Injector { return s.faults }
