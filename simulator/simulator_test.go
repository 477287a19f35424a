package simulator_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/internal/clock"
	"github.com/cloudscript/cloudscript/simulator"
	"github.com/cloudscript/cloudscript/simulator/lunanode"
)

// start is a simulator whose time the test moves.
func start(t *testing.T, c simulator.Config) (*simulator.Simulator, *clock.Virtual) {
	t.Helper()
	v := clock.NewVirtual(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC))
	c.Clock = v
	return simulator.StartT(t, c), v
}

type reply struct {
	*http.Response
	body string
}

func send(t *testing.T, method, url, body string, headers ...string) reply {
	t.Helper()
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	all, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{resp, string(all)}
}

func logIn(t *testing.T, sim *simulator.Simulator) (token, management string) {
	t.Helper()
	r := send(t, "GET", sim.AuthURL(), "", "X-Auth-User", sim.Username(), "X-Auth-Key", sim.APIKey())
	if r.StatusCode != 204 {
		t.Fatalf("log-in answers %d %s", r.StatusCode, r.body)
	}
	return r.Header.Get("X-Auth-Token"), r.Header.Get("X-Server-Management-Url")
}

func TestServerIsBuiltAsTheClockSays(t *testing.T) {
	sim, clock := start(t, simulator.Config{})
	token, url := logIn(t, sim)
	headers := []string{"X-Auth-Token", token, "Content-Type", "application/json"}
	r := send(t, "POST", url+"/servers", `{"server":{"name":"web1","imageId":112,"flavorId":1}}`, headers...)
	if r.StatusCode != 202 {
		t.Fatalf("create answers %d %s", r.StatusCode, r.body)
	}
	for _, step := range []struct {
		wait     time.Duration
		status   string
		progress int
	}{{0, "BUILD", 0}, {45 * time.Second, "BUILD", 50}, {45 * time.Second, "ACTIVE", 100}} {
		clock.Advance(step.wait)
		r := send(t, "GET", url+"/servers/detail", "", headers...)
		var list struct {
			Servers []struct {
				Name, Status string
				Progress     int
			}
		}
		if err := json.Unmarshal([]byte(r.body), &list); err != nil || len(list.Servers) != 1 {
			t.Fatalf("list is %s", r.body)
		}
		if got := list.Servers[0]; got.Status != step.status || got.Progress != step.progress || got.Name != "web1" {
			t.Errorf("after %v more the server is %+v, want %s %d", step.wait, got, step.status, step.progress)
		}
	}
}

func TestEnvOpensBothClouds(t *testing.T) {
	sim, _ := start(t, simulator.Config{Account: simulator.Account{Username: "mira", APIKey: "k1"}})
	got := strings.Join(sim.Env(), "\n")
	want := strings.Join([]string{
		"CLOUDSCRIPT_AUTH_URL=" + sim.BaseURL() + "/v1.0",
		"CLOUDSCRIPT_USERNAME=mira",
		"CLOUDSCRIPT_API_KEY=k1",
		"CLOUDSCRIPT_LUNANODE_URL=" + sim.BaseURL() + "/api",
		"CLOUDSCRIPT_LUNANODE_API_ID=" + sim.LunaNodeAPIID(),
		"CLOUDSCRIPT_LUNANODE_API_KEY=" + sim.LunaNodeAPIKey(),
	}, "\n")
	if got != want {
		t.Errorf("Env is\n%s\nwant\n%s", got, want)
	}
}

func TestCredentialsFollowFromTheSeed(t *testing.T) {
	a, _ := start(t, simulator.Config{})
	b, _ := start(t, simulator.Config{})
	c, _ := start(t, simulator.Config{RandomSeed: 1})
	if a.APIKey() != b.APIKey() || a.LunaNodeAPIKey() != b.LunaNodeAPIKey() || a.LunaNodeAPIID() != b.LunaNodeAPIID() {
		t.Error("two simulators with one seed have different credentials")
	}
	if a.APIKey() == c.APIKey() || a.LunaNodeAPIKey() == c.LunaNodeAPIKey() || a.LunaNodeAPIID() == c.LunaNodeAPIID() {
		t.Error("two seeds give the same credentials")
	}
	if a.Username() != "demo" || a.Number() != 700123 || len(a.APIKey()) != 32 {
		t.Errorf("the account is %q %d with a key of %d characters", a.Username(), a.Number(), len(a.APIKey()))
	}
	if len(a.LunaNodeAPIID()) != 16 || len(a.LunaNodeAPIKey()) != 128 {
		t.Errorf("the Luna Node id has %d characters and the key %d", len(a.LunaNodeAPIID()), len(a.LunaNodeAPIKey()))
	}
}

func TestBadConfigIsRefused(t *testing.T) {
	for name, test := range map[string]struct {
		config simulator.Config
		want   string
	}{
		"short id":  {simulator.Config{LunaNode: lunanode.Config{APIID: "x"}}, "simulator: lunanode simulator: the API id has 1 characters, it must have 16"},
		"short key": {simulator.Config{LunaNode: lunanode.Config{APIKey: "xy"}}, "simulator: lunanode simulator: the API key has 2 characters, it must have 128"},
		"address":   {simulator.Config{Listen: "127.0.0.1:notaport"}, "simulator: listen tcp: "},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := simulator.Start(test.config)
			if err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("error is %v, want %s", err, test.want)
			}
		})
	}
}
