package simulator_test

import (
	"crypto/hmac"
	"crypto/sha512"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/internal/clock"
	"github.com/cloudscript/cloudscript/simulator"
)

// call makes a signed call the way the specification says, at a clock's time.
func call(t *testing.T, sim *simulator.Simulator, clock *clock.Virtual, name string, params map[string]string) map[string]any {
	t.Helper()
	key := sim.LunaNodeAPIKey()
	all := map[string]string{"api_id": sim.LunaNodeAPIID(), "api_partialkey": key[:64]}
	for k, v := range params {
		all[k] = v
	}
	req, _ := json.Marshal(all)
	nonce := fmt.Sprint(clock.Now().Unix())
	mac := hmac.New(sha512.New, []byte(key))
	fmt.Fprintf(mac, "%s|%s|%s", name, req, nonce)
	form := url.Values{"req": {string(req)}, "nonce": {nonce}, "signature": {hex.EncodeToString(mac.Sum(nil))}}
	r := send(t, "POST", sim.LunaNodeURL()+"/"+name, form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
	var answer map[string]any
	if err := json.Unmarshal([]byte(r.body), &answer); err != nil {
		t.Fatalf("%s answers %d %s", name, r.StatusCode, r.body)
	}
	return answer
}

func TestBothCloudsShareTheClockAndTheLog(t *testing.T) {
	sim, clock := start(t, simulator.Config{Faults: []string{"vm.create nth=2 fail"}})
	image := call(t, sim, clock, "image/list/", nil)["images"].([]any)[0].(map[string]any)
	var ids []string
	for range 2 {
		a := call(t, sim, clock, "vm/create/", map[string]string{"hostname": "web", "plan_id": "1", "region": "toronto", "image_id": fmt.Sprint(image["image_id"])})
		if a["success"] != "yes" {
			t.Fatalf("vm/create answers %v", a)
		}
		ids = append(ids, fmt.Sprint(a["vm_id"]))
	}
	clock.Advance(10 * time.Minute)
	for n, want := range []string{"true", "false"} {
		a := call(t, sim, clock, "vm/info/", map[string]string{"vm_id": ids[n]})
		info, _ := json.Marshal(a)
		if got := fmt.Sprint(strings.Contains(strings.ToLower(string(info)), "online")); got != want {
			t.Errorf("machine %d is online: %s, want %s: %s", n+1, got, want, info)
		}
	}
	if a, b := len(sim.LunaNode().State().VMs), len(sim.CloudServers().Dump().Servers); a != 2 || b != 0 {
		t.Errorf("there are %d machines and %d servers", a, b)
	}
	if sim.Count("vm.create") != 2 || sim.Count("vm.info") != 2 || sim.Count("image.list") != 1 {
		t.Errorf("counts %v", sim.Counts())
	}
	if vms := sim.Dump().LunaNode.VMs; len(vms) != 2 {
		t.Errorf("the dump has %d machines", len(vms))
	}
	restored, _ := start(t, simulator.Config{State: sim.Dump()})
	if vms := restored.Dump().LunaNode.VMs; len(vms) != 2 || vms[0].Hostname != "web" {
		t.Errorf("the restored simulator has the machines %+v", vms)
	}
}

func TestKeysInQueriesAreNotLogged(t *testing.T) {
	sim, _ := start(t, simulator.Config{})
	for _, path := range []string{"/api?api_key=" + sim.LunaNodeAPIKey(), "/api.php?api_key=" + sim.LunaNodeAPIKey(), "/api/vm/list/?x=" + sim.LunaNodeAPIKey()} {
		send(t, "GET", sim.BaseURL()+path, "")
	}
	for _, call := range sim.Calls() {
		if strings.Contains(call.Path, "?") {
			t.Errorf("the log has %s", call.Path)
		}
	}
}

func TestPathsOfTheCategoryActionAPI(t *testing.T) {
	sim, _ := start(t, simulator.Config{})
	for path, want := range map[string]string{"/api/vm/list/": "vm.list", "/api/vm/list": "vm.list", "/api/": "", "/api/vm": "", "/apis/vm/list": ""} {
		sim.ForgetCalls()
		send(t, "POST", sim.BaseURL()+path, "")
		if sim.Count(want) != 1 {
			t.Errorf("%s counts as %v, want %q", path, sim.Counts(), want)
		}
	}
}
