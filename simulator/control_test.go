package simulator_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/simulator"
	"github.com/cloudscript/cloudscript/simulator/cloudservers"
)

func TestOnePortServesEveryService(t *testing.T) {
	sim, _ := start(t, simulator.Config{})
	for path, want := range map[string]int{
		"/":                            200,
		"/v1.0/":                       200,
		"/v1.0":                        200,
		"/v1.0/700123/servers":         401,
		"/storage/v1/MossoCloudFS_1/x": 501,
		"/cdn/v1/MossoCloudFS_1":       501,
		"/storages":                    404,
		"/nothing":                     404,
	} {
		if r := send(t, "GET", sim.BaseURL()+path, ""); r.StatusCode != want {
			t.Errorf("GET %s answers %d %s, want %d", path, r.StatusCode, r.body, want)
		}
	}
	if r := send(t, "GET", sim.AuthURL(), "", "X-Auth-User", "eve"); r.StatusCode != 401 || r.body != "Bad username or password" {
		t.Errorf("a wrong log-in answers %d %s", r.StatusCode, r.body)
	}
}

func TestCallsAreCounted(t *testing.T) {
	sim, _ := start(t, simulator.Config{Faults: []string{"servers.list nth=2 status=503", "servers.list nth=3 lost-reply"}})
	token, url := logIn(t, sim)
	for range 2 {
		send(t, "GET", url+"/servers?limit=5", "", "X-Auth-Token", token)
	}
	req, _ := http.NewRequest("GET", url+"/servers", nil)
	req.Header.Set("X-Auth-Token", token)
	fresh := &http.Transport{DisableKeepAlives: true} // on a used connection it would ask again
	if _, err := fresh.RoundTrip(req); err == nil {
		t.Error("the lost reply arrived")
	}
	send(t, "POST", url+"/servers/1/action", `{"reboot":{"type":"SOFT"}}`, "X-Auth-Token", token, "Content-Type", "application/json")
	send(t, "GET", url+"/nowhere", "", "X-Auth-Token", token)

	got := ""
	for _, c := range sim.Calls() {
		got += fmt.Sprintf("%s|%s|%s|%d|%v\n", c.Operation, c.Method, c.Path, c.Status, c.Acted)
	}
	want := `auth|GET|/v1.0|204|true
servers.list|GET|/v1.0/700123/servers?limit=5|200|true
servers.list|GET|/v1.0/700123/servers?limit=5|503|false
servers.list|GET|/v1.0/700123/servers|0|true
servers.reboot|POST|/v1.0/700123/servers/1/action|404|true
|GET|/v1.0/700123/nowhere|404|true
`
	if got != want {
		t.Errorf("calls:\n%swant:\n%s", got, want)
	}
	if sim.Count("servers.list") != 3 || sim.Count("servers.create") != 0 || sim.Counts()["auth"] != 1 {
		t.Errorf("counts %v", sim.Counts())
	}
	sim.ForgetCalls()
	if len(sim.Calls()) != 0 || len(sim.Counts()) != 0 {
		t.Error("calls are not forgotten")
	}
}

func TestCallLogIsBounded(t *testing.T) {
	sim, err := simulator.New(simulator.Config{})
	if err != nil {
		t.Fatal(err)
	}
	const calls = 10_003
	for n := range calls {
		sim.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", fmt.Sprintf("/?n=%d", n), nil))
	}
	kept := sim.Calls()
	if len(kept) != 10_000 || kept[0].Path != "/?n=3" || kept[9_999].Path != "/?n=10002" {
		t.Errorf("%d calls are kept, from %s to %s", len(kept), kept[0].Path, kept[len(kept)-1].Path)
	}
	if sim.Count("versions.list") != calls {
		t.Errorf("%d calls are counted", sim.Count("versions.list"))
	}
}

func TestRefusalsHaveEachServicesForm(t *testing.T) {
	sim, _ := start(t, simulator.Config{Faults: []string{"servers.list fault=serverCapacityUnavailable", "limits.get status=418", "auth after=1 status=503", "vm.list status=502", "image.list fault=serviceUnavailable"}})
	token, url := logIn(t, sim)
	for _, test := range []struct{ url, want string }{
		{url + "/servers", `503 {"serverCapacityUnavailable":{"message":"Server Capacity Unavailable","code":503}}`},
		{url + "/servers.xml", `503 <?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<serverCapacityUnavailable xmlns="http://docs.rackspacecloud.com/servers/api/v1.0" code="503"><message>Server Capacity Unavailable</message></serverCapacityUnavailable>`},
		{url + "/limits", `418 {"cloudServersFault":{"message":"I'm a teapot","code":418}}`},
		{sim.AuthURL(), "503 <html><head><title>503 Service Unavailable</title></head><body><h1>503 Service Unavailable</h1></body></html>\n"},
		{sim.LunaNodeURL() + "/image/list/", "503 <html><head><title>503 Service Unavailable</title></head><body><h1>503 Service Unavailable</h1></body></html>\n"},
		{sim.LunaNodeURL() + "/vm/list/", "502 <html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n"},
	} {
		headers := []string{"X-Auth-Token", token}
		if test.url == sim.AuthURL() {
			headers = append(headers, "X-Auth-User", "demo")
		}
		r := send(t, "GET", test.url, "", headers...)
		if got := fmt.Sprintf("%d %s", r.StatusCode, r.body); got != test.want {
			t.Errorf("%s answers\n  %s\nwant\n  %s", test.url, got, test.want)
		}
	}
}

func TestFailingBuild(t *testing.T) {
	sim, clock := start(t, simulator.Config{Faults: []string{"servers.create nth=1 fail"}})
	token, url := logIn(t, sim)
	for range 2 {
		send(t, "POST", url+"/servers", `{"server":{"name":"w","imageId":112,"flavorId":1}}`, "X-Auth-Token", token, "Content-Type", "application/json")
	}
	clock.Advance(2 * time.Minute)
	r := send(t, "GET", url+"/servers/detail", "", "X-Auth-Token", token)
	if strings.Count(r.body, `"status":"ERROR"`) != 1 || strings.Count(r.body, `"status":"ACTIVE"`) != 1 {
		t.Errorf("the servers are %s", r.body)
	}
}

// A delay is in the simulator's time: whoever waits for the answer waits with it.
func TestDelayPassesOnTheVirtualClock(t *testing.T) {
	sim, clock := start(t, simulator.Config{Faults: []string{"versions.list delay=1h"}})
	before := clock.Now()
	done := make(chan string)
	clock.Go(func() {
		resp, err := http.Get(sim.BaseURL() + "/")
		if err != nil {
			done <- err.Error()
			return
		}
		defer resp.Body.Close()
		done <- resp.Status
	})
	if got := <-done; got != "200 OK" {
		t.Errorf("the delayed answer is %s", got)
	}
	if passed := clock.Now().Sub(before); passed != time.Hour {
		t.Errorf("%v passed, want an hour", passed)
	}
}

func TestBadRulesAreRefused(t *testing.T) {
	sim, _ := start(t, simulator.Config{})
	for rule, want := range map[string]string{
		"servers.create fault=tooTired": `fault rule "servers.create fault=tooTired": Cloud Servers has no fault "tooTired"`,
		"servers.creat reset":           `fault rule "servers.creat reset": there is no operation "servers.creat"`,
		"server.* reset":                `fault rule "server.* reset": there is no operation "server.*"`,
		"reset=1":                       `fault rule "reset=1": reset takes no value`,
	} {
		if err := sim.AddFaults("* status=500", rule); err == nil || err.Error() != want {
			t.Errorf("AddFaults(%q) = %v, want %s", rule, err, want)
		}
	}
	if len(sim.Faults().Counts()) != 0 {
		t.Error("rules beside a bad one were added")
	}
	if _, err := simulator.New(simulator.Config{Faults: []string{"x"}}); err == nil || !strings.HasPrefix(err.Error(), `simulator: fault rule "x"`) {
		t.Errorf("New: %v", err)
	}
}

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

func (fixed) Now() time.Time { return time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC) }

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

func TestCloseEndsServing(t *testing.T) {
	sim, err := simulator.Start(simulator.Config{})
	if err != nil {
		t.Fatal(err)
	}
	if err := sim.Close(); err != nil {
		t.Error(err)
	}
	if _, err := http.Get(sim.BaseURL()); err == nil {
		t.Error("a closed simulator answers")
	}
	embedded, err := simulator.New(simulator.Config{})
	if err != nil || embedded.Close() != nil || embedded.BaseURL() != "" {
		t.Errorf("a simulator that does not listen: %v", err)
	}
}

func TestShutdownEndsServing(t *testing.T) {
	sim, err := simulator.Start(simulator.Config{})
	if err != nil {
		t.Fatal(err)
	}
	if err := sim.Shutdown(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := http.Get(sim.BaseURL()); err == nil {
		t.Error("a simulator that was shut down answers")
	}
	embedded, err := simulator.New(simulator.Config{})
	if err != nil || embedded.Shutdown(t.Context()) != nil {
		t.Errorf("a simulator that does not listen: %v", err)
	}
}

func TestIdleConnectionsAreClosed(t *testing.T) {
	sim := simulator.StartT(t, simulator.Config{IdleTimeout: time.Millisecond})
	conn, err := net.Dial("tcp", strings.TrimPrefix(sim.BaseURL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: sim\r\n\r\n")
	all, err := io.ReadAll(conn) // ends when the simulator closes
	if err != nil || !strings.Contains(string(all), "200 OK") || strings.Contains(string(all), "Connection: close") {
		t.Errorf("the connection carries %q, %v", all, err)
	}
}

type fakeTB struct {
	testing.TB
	failed  string
	cleanup []func()
}

func (f *fakeTB) Helper()          {}
func (f *fakeTB) Cleanup(c func()) { f.cleanup = append(f.cleanup, c) }
func (f *fakeTB) Fatalf(format string, args ...any) {
	f.failed = fmt.Sprintf(format, args...)
	panic(f)
}

func TestStartT(t *testing.T) {
	f := &fakeTB{}
	sim := simulator.StartT(f, simulator.Config{})
	for _, c := range f.cleanup {
		c()
	}
	if _, err := http.Get(sim.BaseURL()); err == nil {
		t.Error("the simulator outlives its test")
	}
	defer func() {
		if recover() != any(f) || !strings.Contains(f.failed, "fault rule") {
			t.Errorf("the test ends with %q", f.failed)
		}
	}()
	simulator.StartT(f, simulator.Config{Faults: []string{"x"}})
}

// A create whose reply is lost has made its server; one whose connection broke
// before has not. The client cannot tell.
func TestLostReplies(t *testing.T) {
	sim, _ := start(t, simulator.Config{Faults: []string{"servers.create nth=1 lost-reply", "servers.create nth=2 reset", "servers.create nth=3 truncate=40"}})
	token, url := logIn(t, sim)
	client := &http.Transport{DisableKeepAlives: true}
	for n, want := range []string{"lost", "reset", "cut", "whole"} {
		req, _ := http.NewRequest("POST", url+"/servers", strings.NewReader(`{"server":{"name":"`+want+`","imageId":112,"flavorId":1}}`))
		req.Header.Set("X-Auth-Token", token)
		req.Header.Set("Content-Type", "application/json")
		resp, err := client.RoundTrip(req)
		if n < 2 {
			if err == nil {
				t.Errorf("%s: the reply arrived", want)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if cut := want == "cut"; cut != (err != nil) || cut != (len(body) == 40) || resp.StatusCode != 202 {
			t.Errorf("%s: the reply is %d %s, %v", want, resp.StatusCode, body, err)
		}
	}
	var made []string
	for _, s := range sim.Dump().CloudServers.Servers {
		made = append(made, s.Name)
	}
	if got := strings.Join(made, " "); got != "lost cut whole" {
		t.Errorf("the servers are %q", got)
	}
	if sim.Count("servers.create") != 4 {
		t.Errorf("%d creates arrived", sim.Count("servers.create"))
	}
}
