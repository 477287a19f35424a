package simulator_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/simulator"
	"github.com/cloudscript/cloudscript/simulator/cloudservers"
)

func TestAdminPaths(t *testing.T) {
	sim, _ := start(t, simulator.Config{})
	admin := sim.BaseURL() + "/_simulator"
	do := func(method, path, body, want string) {
		t.Helper()
		r := send(t, method, admin+path, body)
		if got := fmt.Sprintf("%d %s", r.StatusCode, r.body); got != want {
			t.Errorf("%s %s answers\n  %s\nwant\n  %s", method, path, got, want)
		}
	}
	token, url := logIn(t, sim)
	list := func(want int) {
		t.Helper()
		if r := send(t, "GET", url+"/servers", "", "X-Auth-Token", token); r.StatusCode != want {
			t.Errorf("the list answers %d, want %d", r.StatusCode, want)
		}
	}

	do("POST", "/faults", "servers.list nth=1 status=503 # first\n\nlimits.get reset\n", "204 ")
	list(503)
	list(200)
	do("GET", "/faults", "", "200 servers.list nth=1 status=503 # 1 of 2\nlimits.get reset # 0 of 0\n")
	do("POST", "/faults", "sometimes", `400 fault rule "sometimes": "sometimes" is no operation (servers.create), no method (GET), no path (/servers) and no effect (status=, fault=, delay=, late=, slow=, truncate=, reset, lost-reply, malformed, fail)`+"\n")
	do("DELETE", "/faults", "", "204 ")
	do("GET", "/faults", "", "200 ")

	do("POST", "/token/expire", "", "204 ")
	list(401)
	token, _ = logIn(t, sim)
	list(200)
	do("POST", "/token/revoke", "", "204 ")
	list(401)
	do("POST", "/token/revoke", "nonsense", "404 there is no such token\n")
	do("POST", "/token/life", "soon", `400 the body must be a time such as 90s, not "soon"`+"\n")
	do("POST", "/token/life", "90s", "204 ")
	if r := send(t, "GET", sim.AuthURL(), "", "X-Auth-User", sim.Username(), "X-Auth-Key", sim.APIKey()); r.Header.Get("Cache-Control") != "s-maxage=90" {
		t.Errorf("the token's life is %s", r.Header.Get("Cache-Control"))
	}

	old := sim.APIKey()
	r := send(t, "POST", admin+"/key/reset", "")
	if key := strings.TrimSpace(r.body); key == old || key != sim.APIKey() {
		t.Errorf("the new key is %q", key)
	}
	do("POST", "/user/disable", "", "204 ")
	if r := send(t, "GET", sim.AuthURL(), "", "X-Auth-User", sim.Username(), "X-Auth-Key", sim.APIKey()); r.StatusCode != 403 {
		t.Errorf("a disabled user gets %d", r.StatusCode)
	}
	do("POST", "/user/enable", "", "204 ")
	logIn(t, sim)

	var calls struct {
		Counts map[string]int
		Calls  []simulator.Call
	}
	if r := send(t, "GET", admin+"/calls", ""); json.Unmarshal([]byte(r.body), &calls) != nil || calls.Counts["servers.list"] != 5 || len(calls.Calls) != 10 {
		t.Errorf("calls are %s", r.body)
	}
	do("DELETE", "/calls", "", "204 ")
	if len(sim.Calls()) != 0 {
		t.Error("calls are not forgotten")
	}
	do("POST", "/clock/advance", "10m", "204 ")
	do("POST", "/clock/advance", "-10m", `400 the body must be a time such as 90s, not "-10m"`+"\n")
}

func TestAdminBodiesAreBounded(t *testing.T) {
	sim, _ := start(t, simulator.Config{})
	for _, path := range []string{"/faults", "/token/revoke", "/token/life"} {
		r := send(t, "POST", sim.BaseURL()+"/_simulator"+path, strings.Repeat(" ", 1<<20+1))
		if r.StatusCode != 400 || r.body != "http: request body too large\n" {
			t.Errorf("%s answers %d %s", path, r.StatusCode, r.body)
		}
	}
}

func TestAdminHelpAndUnknownPaths(t *testing.T) {
	sim, _ := start(t, simulator.Config{})
	help := send(t, "GET", sim.BaseURL()+"/_simulator/", "")
	if help.StatusCode != 200 || !strings.Contains(help.body, "POST   /_simulator/key/reset        make a new API key and return it\n") {
		t.Errorf("help is %d\n%s", help.StatusCode, help.body)
	}
	if r := send(t, "GET", sim.BaseURL()+"/_simulator/key/reset", ""); r.StatusCode != 405 || r.body != help.body {
		t.Errorf("a wrong verb answers %d %s", r.StatusCode, r.body)
	}
	if r := send(t, "POST", sim.BaseURL()+"/_simulator/nothing", ""); r.StatusCode != 404 || r.body != help.body {
		t.Errorf("an unknown path answers %d %s", r.StatusCode, r.body)
	}
}

func TestAdminPathsAreForLoopback(t *testing.T) {
	sim, err := simulator.New(simulator.Config{})
	if err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]int{"192.0.2.1:80": 403, "": 403, "127.0.0.1:80": 200, "[::1]:80": 200} {
		r := httptest.NewRequest("GET", "/_simulator/faults", nil)
		r.RemoteAddr = address
		w := httptest.NewRecorder()
		sim.Handler().ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("from %q: %d, want %d", address, w.Code, want)
		}
	}
}

func TestAdvancingAScaledClock(t *testing.T) {
	clock := simulator.Scaled(1)
	sim := simulator.StartT(t, simulator.Config{Clock: clock})
	before := clock.Now()
	if r := send(t, "POST", sim.BaseURL()+"/_simulator/clock/advance", "10m"); r.StatusCode != 204 {
		t.Errorf("advancing answers %d %s", r.StatusCode, r.body)
	}
	if passed := clock.Now().Sub(before); passed < 10*time.Minute || passed > 11*time.Minute {
		t.Errorf("%v passed, want ten minutes", passed)
	}
}

type fixed struct{}

func TestAClockThatCannotBeSet(t *testing.T) {
	sim := simulator.StartT(t, simulator.Config{Clock: fixed{}})
	r := send(t, "POST", sim.BaseURL()+"/_simulator/clock/advance", "10m")
	if r.StatusCode != 501 || r.body != "this simulator's clock cannot be set\n" {
		t.Errorf("advancing answers %d %s", r.StatusCode, r.body)
	}
}

func TestScaledClock(t *testing.T) {
	slow, fast := simulator.Scaled(1), simulator.Scaled(3_600_000)
	start := fast.Now()
	if err := fast.Sleep(t.Context(), time.Hour); err != nil {
		t.Error(err)
	}
	if passed := fast.Now().Sub(start); passed < time.Hour {
		t.Errorf("%v passed on the fast clock, want an hour", passed)
	}
	cancelled, cancel := context.WithCancelCause(t.Context())
	cause := errors.New("enough")
	cancel(cause)
	if err := slow.Sleep(cancelled, time.Hour); err != cause {
		t.Errorf("a cancelled sleep ends with %v", err)
	}
	if passed := time.Until(slow.Now()); passed > time.Minute || passed < -time.Minute {
		t.Errorf("a clock at speed 1 is %v off", passed)
	}
}

func TestStateIsSeededAndDumped(t *testing.T) {
	const seed = `{"cloudservers":{"servers":[{"name":"web1","imageId":112,"flavorId":2,"metadata":{"team":"billing"}}]}}`
	state, err := simulator.DecodeState([]byte(seed))
	if err != nil {
		t.Fatal(err)
	}
	sim, _ := start(t, simulator.Config{State: state})
	r := send(t, "GET", sim.BaseURL()+"/_simulator/state", "")
	again, err := simulator.DecodeState([]byte(r.body))
	if err != nil {
		t.Fatal(err)
	}
	restored, _ := start(t, simulator.Config{State: again})
	for _, s := range []*simulator.Simulator{sim, restored} {
		servers := s.Dump().CloudServers.Servers
		if len(servers) != 1 || servers[0].Name != "web1" || servers[0].Metadata["team"] != "billing" {
			t.Errorf("the servers are %+v", servers)
		}
	}
}

func TestBadSeeds(t *testing.T) {
	for seed, want := range map[string]string{
		``:                          "seed: the JSON ends too early",
		`{"cloudservers":`:          "seed: the JSON ends too early",
		"{\n\"cloudservers\":\n[]}": "seed: line 3: cloudservers: expected an object, got array",
		`{"cloudservers":{"servers":[{"name":5}]}}`: "seed: line 1: cloudservers.servers.name: expected a text, got number",
		`{"cloudservers":{"servers":[{"id":"5"}]}}`: "seed: line 1: cloudservers.servers.id: expected a whole number, got string",
		`{"cloudservers":{"servers":5}}`:            "seed: line 1: cloudservers.servers: expected a list, got number",
		`[]`:                                        "seed: line 1: the seed: expected an object, got array",
		`{"cloudserver":{}}`:                        `seed: json: unknown field "cloudserver"`,
		`{"cloudservers":{"server":[]}}`:            `seed: json: unknown field "server"`,
		"{\n\n}}":                                   "seed: there is more after the JSON object",
		"{\"cloudservers\":{\n\"x\" 5}}}":           "seed: line 2: invalid character '5' after object key",
	} {
		if _, err := simulator.DecodeState([]byte(seed)); err == nil || err.Error() != want {
			t.Errorf("DecodeState(%q) = %v, want %s", seed, err, want)
		}
	}
	_, err := simulator.New(simulator.Config{State: &simulator.State{CloudServers: &cloudservers.State{Servers: []cloudservers.ServerState{{Name: "x", ImageID: 1}}}}})
	if want := `simulator: cloudservers.servers: server `; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("New = %v, want %s…", err, want)
	}
}
