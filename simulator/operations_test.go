package simulator_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/simulator"
)

// Rules and counts know operations by all of their names.
func TestNamesOfOperations(t *testing.T) {
	sim, _ := start(t, simulator.Config{Faults: []string{"servers.list nth=2 status=503", "servers.detail nth=2 status=504", "vm.floatingip_add status=502"}})
	token, url := logIn(t, sim)
	for i, test := range []struct {
		path string
		want int
	}{
		{"/servers", 200}, {"/servers/detail", 503}, {"/servers", 200}, {"/servers/detail", 504},
	} {
		if r := send(t, "GET", url+test.path, "", "X-Auth-Token", token); r.StatusCode != test.want {
			t.Errorf("%d: GET %s answers %d, want %d", i, test.path, r.StatusCode, test.want)
		}
	}
	if r := send(t, "POST", sim.LunaNodeURL()+"/vm/floatingip-add/", ""); r.StatusCode != 502 {
		t.Errorf("vm/floatingip-add answers %d", r.StatusCode)
	}
	for name, want := range map[string]int{
		"servers.list": 4, "servers.each": 4, "servers.detail": 2, "servers.wait": 0, "vm.floatingip_add": 1, "vm.floatingip-add": 1, "auth": 1, "weather.change": 0, "": 0,
	} {
		if got := sim.Count(name); got != want {
			t.Errorf("%q was asked for %d times, want %d", name, got, want)
		}
	}
}

func TestOperationsAreListed(t *testing.T) {
	names := simulator.Operations()
	for _, want := range []string{"auth", "versions.get", "servers.create", "servers.confirm_resize", "servers.detail", "servers.wait", "dns2.zone_add", "volume.snapshot_create"} {
		if !slices.Contains(names, want) || !simulator.HasOperation(want) {
			t.Errorf("%s is not listed", want)
		}
	}
	sim, _ := start(t, simulator.Config{})
	if r := send(t, "GET", sim.BaseURL()+"/_simulator/operations", ""); r.StatusCode != 200 || r.body != strings.Join(names, "\n")+"\n" {
		t.Errorf("%d %s", r.StatusCode, r.body)
	}
	for pattern, want := range map[string]bool{"*": true, "servers.*": true, "*.wait": true, "dns2.zone-add": true, "": false, "server.*": false, "servers.creat": false} {
		if got := simulator.HasOperation(pattern); got != want {
			t.Errorf("HasOperation(%q) = %v", pattern, got)
		}
	}
}
