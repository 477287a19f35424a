package simulator_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/simulator"
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

func (fixed) Now() time.Time { return time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC) }

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
