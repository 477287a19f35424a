package bindings

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/simulator"
	simulated "github.com/cloudscript/cloudscript/simulator/lunanode"
)

const (
	fiftyServers = `
		local seen, n = {}, 0
		for i = 1, 50 do
			local s = servers.create{name = "web" .. i, image = "Ubuntu 10.04 LTS", flavor = "256 server", metadata = {number = tostring(i)}}
			if not seen[s.id] and s.name == "web" .. i then n = n + 1 end
			seen[s.id] = true
		end
		print(n)`
	fiftyMachines = `
		local seen, n = {}, 0
		for i = 1, 50 do
			local id = vm.create{hostname = "web" .. i, plan_id = 1, image_id = 26}.vm_id
			if not seen[id] then n = n + 1 end
			seen[id] = true
		end
		print(n)`
)

// The proof that no answer that is lost makes a script create too much or too little: whichever
// request it is, a log-in, a look for a name, a create or the look for what it made, fifty
// creates make fifty servers, and the script sees no error.
func TestAnyLostAnswerLeavesFiftyServers(t *testing.T) {
	for _, rule := range oneByOne(53) { // a log-in, two lists of names, fifty creates
		w := newCloudWorld(t, simulator.Config{Faults: []string{rule}})
		checkFifty(t, w.sim, rule, func() { w.check(t, fiftyServers, "50") },
			func() { w.check(t, `print(#servers.list())`, "50") })
	}
}

func TestAnyLostAnswerLeavesFiftyMachines(t *testing.T) {
	for _, rule := range oneByOne(51) { // a list of what was there, fifty creates
		w := newLunaNodeWorld(t, simulated.Config{})
		if err := w.sim.AddFaults(rule); err != nil {
			t.Fatal(err)
		}
		checkFifty(t, w.sim, rule, func() { w.check(t, fiftyMachines, "50") },
			func() { w.check(t, `print(#vm.list())`, "50") })
	}
}

// oneByOne loses the answer of each request in turn, and some requests themselves.
func oneByOne(requests int) (rules []string) {
	for n := 1; n <= requests; n++ {
		rules = append(rules, fmt.Sprintf("nth=%d lost-reply", n))
	}
	for _, n := range []int{1, 2, 3, 4, 30, requests} {
		rules = append(rules, fmt.Sprintf("nth=%d reset", n))
	}
	return rules
}

// And if the answer of every create is lost, and of every third look for what it made.
func TestEveryLostAnswerLeavesFifty(t *testing.T) {
	w := newCloudWorld(t, simulator.Config{Faults: []string{"servers.create lost-reply", "servers.detail probability=0.33 seed=5 lost-reply"}})
	checkFifty(t, w.sim, "servers", func() { w.check(t, fiftyServers, "50") }, func() { w.check(t, `print(#servers.list())`, "50") })
	m := newLunaNodeWorld(t, simulated.Config{})
	if err := m.sim.AddFaults("vm.create lost-reply", "vm.list probability=0.33 seed=5 lost-reply"); err != nil {
		t.Fatal(err)
	}
	checkFifty(t, m.sim, "machines", func() { m.check(t, fiftyMachines, "50") }, func() { m.check(t, `print(#vm.list())`, "50") })
}

func checkFifty(t *testing.T, sim *simulator.Simulator, name string, create, count func()) {
	t.Helper()
	create()
	fired := 0
	for _, c := range sim.Faults().Counts() {
		fired += c.Fired
	}
	if fired == 0 {
		t.Errorf("%s: nothing was lost", name)
	}
	sim.Faults().Clear()
	count()
	if t.Failed() {
		t.Fatalf("with %s; requests: %s", name, operations(sim))
	}
	_ = sim.Close()
}

func operations(sim *simulator.Simulator) string {
	var b strings.Builder
	for _, call := range sim.Calls() {
		fmt.Fprintf(&b, "%s %d, ", call.Operation, call.Status)
	}
	return b.String()
}
