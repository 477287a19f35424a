package bindings

import (
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/simulator"
	simulated "github.com/cloudscript/cloudscript/simulator/lunanode"
)

// A call that is refused again and again says so while it waits, on both clouds, in verbs that
// return at once and in those that call back.
func TestRefusedCallsTellOfTheirPauses(t *testing.T) {
	w := newCloudWorld(t, simulator.Config{Faults: []string{"servers.detail status=413 retry-after=30s times=1", "flavors.list status=413 retry-after=40s times=1"}})
	w.check(t, `servers.each(function() end) print(#servers.create{name = "web1", image = 104, flavor = "256 server"}.name)`, "4")
	m := newLunaNodeWorld(t, simulated.Config{})
	if err := m.sim.AddFaults("vm.list status=429 retry-after=50s times=1"); err != nil {
		t.Fatal(err)
	}
	m.check(t, `print(#vm.list())`, "0")
	got := strings.Join(append(w.progress, m.progress...), "\n")
	want := `servers.each: servers.list waits 30s after over_limit: Too many requests... (attempt 1)
servers.each: 
servers.create: 
servers.create: flavors.list waits 40s after over_limit: Too many requests... (attempt 1)
servers.create: 
vm.list: 
vm.list: waits 50s after over_limit: the server answered 429 Too Many Requests and no answer of the API (attempt 1)
vm.list: `
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
