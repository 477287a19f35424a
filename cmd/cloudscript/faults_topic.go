package main

import (
	"fmt"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/spf13/cobra"
)

// newFaultsTopic tells how rules are written, from the parameters of sim.fault, whose
// text form they are.
func newFaultsTopic() *cobra.Command {
	return &cobra.Command{
		Use:   "faults",
		Short: "How to let requests to simulated clouds go wrong",
		Long: `Rules of what goes wrong, for --sim-fault in a rehearsal, --fault of cloudscript sim,
and POST /_simulator/faults while it serves:

  servers.create nth=2 lost-reply
  vm.* after=5 times=3 delay=30s
  GET /servers/5 probability=0.1 seed=7 status=503

Which requests: those of a verb (servers.create), of all that fit a pattern (servers.*),
the log-in (auth), or by HTTP method and the end of the path. The requests of
servers.wait are those of servers.get. servers.list stands for lists with and without
details, servers.detail for those with; so do flavors, images and ip_groups.

When, of these requests:

` + settingLines(faultTimes) + `
What happens:

` + settingLines(faultEffects) + settingLines([]runtime.Param{faultRetryAfter}) + `
A fault that did not happen is reported at the end, unless it was left to chance. In
tests, sim.fault takes the same: cloudscript doc sim.fault.`,
	}
}

// settingLines are the settings of a rule, a line each.
func settingLines(params []runtime.Param) string {
	var b strings.Builder
	for _, p := range params {
		name := ruleWord(p)
		switch p.Type {
		case runtime.Boolean:
		case runtime.Duration:
			name += "=TIME"
		case runtime.String:
			name += "=NAME"
		default:
			name += "=N"
		}
		fmt.Fprintf(&b, "  %-17s %s\n", name, p.Doc)
	}
	return b.String()
}

// ruleWord is what the text form of a rule calls a parameter of sim.fault.
func ruleWord(p runtime.Param) string { return strings.ReplaceAll(p.Name, "_", "-") }
