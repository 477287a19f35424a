package simulator

import (
	"fmt"

	"github.com/cloudscript/cloudscript/simulator/cloudservers"
	"github.com/cloudscript/cloudscript/simulator/faults"
)

// AddFaults makes requests go wrong by rules in their text form, such as
// "servers.create nth=2 lost-reply" (see package faults). When one of them cannot
// be read, none is added.
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
		parsed = append(parsed, rule)
	}
	s.faults.Add(parsed...)
	return nil
}

// Faults holds the fault rules, for rules that are made in Go and for their counts.
func (s *Simulator) Faults() *faults.Injector { return s.faults }
