package simulator_test

import (
	"encoding/json"
	"testing"

	"github.com/BurntSushi/toml"

	"github.com/cloudscript/cloudscript/simulator"
)

// A seed in TOML is read by way of JSON, so that there is one set of names and of
// errors.
func TestSeedInTOML(t *testing.T) {
	var tree map[string]any
	if _, err := toml.DecodeFile("testdata/seed.toml", &tree); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	state, err := simulator.DecodeState(text)
	if err != nil {
		t.Fatal(err)
	}
	sim, _ := start(t, simulator.Config{State: state})
	token, url := logIn(t, sim)
	if r := send(t, "GET", url+"/servers/20303536", "", "X-Auth-Token", token); r.body != `{"server":{"id":20303536,"name":"ledger-02","imageId":112,"flavorId":2,"hostId":"ec65f51c9976ef2335336a6de7a332fd","status":"ERROR","progress":100,"metadata":{},"addresses":{"public":["192.0.2.7"],"private":["10.176.0.1"]}}}` {
		t.Errorf("the server is %s", r.body)
	}
	dump := sim.Dump()
	if n := len(dump.CloudServers.Servers); n != 2 {
		t.Errorf("there are %d servers", n)
	}
	if keys := dump.LunaNode.SSHKeys; len(keys) != 1 || keys[0].Label != "laptop" {
		t.Errorf("the keys are %+v", keys)
	}
}
