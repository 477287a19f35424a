package rackspace

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/internal/clock"
	"github.com/cloudscript/cloudscript/simulator"
	"github.com/cloudscript/cloudscript/simulator/cloudservers"
)

// inSimulation runs f with a client of a simulated account, on one virtual clock.
func inSimulation(t *testing.T, config simulator.Config, f func(v *clock.Virtual, sim *simulator.Simulator, c *Client)) time.Duration {
	return inVirtualTime(t, func(v *clock.Virtual) {
		config.Clock = v
		sim, err := simulator.Start(config)
		if err != nil {
			t.Error(err)
			return
		}
		defer func() { _ = sim.Close() }()
		env := map[string]string{}
		for _, line := range sim.Env() {
			name, value, _ := strings.Cut(line, "=")
			env[name] = value
		}
		c := New(Config{Clock: v, Credentials: StaticCredentials{
			Username: env["CLOUDSCRIPT_USERNAME"], APIKey: apiclient.Secret(env["CLOUDSCRIPT_API_KEY"]), AuthURL: sim.AuthURL()}})
		defer c.Close()
		f(v, sim, c)
	})
}

func create(c *Client, name string) error {
	return dropped(c.Servers.Create(background, ServerCreate{Name: name, ImageID: "112", FlavorID: "1"}))
}

func count(t *testing.T, c *Client) int {
	n := 0
	for _, err := range c.Servers.All(background, ListOptions{}) {
		if err != nil {
			t.Error(err)
			return n
		}
		n++
	}
	return n
}

// Forty creates at once, ten of which are allowed in a minute: all are made, none twice, and
// the service's refusals never surface.
func TestAStormOfRefusalsIsWaitedThrough(t *testing.T) {
	config := simulator.Config{CloudServers: cloudservers.Config{RateLimits: cloudservers.DocumentedRateLimits()}}
	took := inSimulation(t, config, func(v *clock.Virtual, sim *simulator.Simulator, c *Client) {
		all(v, 40, func(i int) {
			if err := create(c, fmt.Sprint("n", i)); err != nil {
				t.Error(err)
			}
		})
		if n := count(t, c); n != 40 {
			t.Errorf("%d servers for 40 creates", n)
		}
	})
	if took < 3*time.Minute || took > 10*time.Minute {
		t.Errorf("40 creates at 10 a minute took %v", took)
	}
}

// The daily limit is no storm: nobody waits until tomorrow without having been asked.
func TestADailyLimitIsAnErrorThatSaysWhen(t *testing.T) {
	config := simulator.Config{CloudServers: cloudservers.Config{RateLimits: []cloudservers.RateLimit{{Verb: "POST", URI: "*/servers", Regex: "^/servers", Value: 2, Unit: "DAY"}}}}
	took := inSimulation(t, config, func(v *clock.Virtual, sim *simulator.Simulator, c *Client) {
		for i, want := range []bool{true, true, false} {
			err := create(c, "n")
			if (err == nil) != want {
				t.Errorf("create %d: %v", i, err)
			}
			if e := (*apiclient.Error)(nil); errors.As(err, &e) && (e.Kind != apiclient.KindOverLimit || e.RetryAfter != 24*time.Hour) {
				t.Errorf("got %v", e)
			}
		}
	})
	if took != 0 {
		t.Errorf("waited %v", took)
	}
}

// Every third answer to a create is lost. The client never repeats one, so each error stands for
// exactly one server that may exist, and does.
func TestLostAnswersMakeNoServerTwice(t *testing.T) {
	inSimulation(t, simulator.Config{Faults: []string{"servers.create probability=0.3 seed=7 lost-reply"}},
		func(v *clock.Virtual, sim *simulator.Simulator, c *Client) {
			var unknown atomic.Int64
			all(v, 50, func(i int) {
				err := create(c, fmt.Sprint("n", i))
				if err == nil {
					return
				}
				unknown.Add(1)
				if !errors.Is(err, apiclient.KindOutcomeUnknown) {
					t.Errorf("got %v", err)
				}
			})
			if n := count(t, c); n != 50 || unknown.Load() == 0 {
				t.Errorf("%d servers for 50 creates, %d of them with a lost answer", n, unknown.Load())
			}
		})
}

// Reads and deletions go on through answers that are lost, late, broken or 503.
func TestWhatIsRepeatableGoesThroughABadNetwork(t *testing.T) {
	inSimulation(t, simulator.Config{}, func(v *clock.Virtual, sim *simulator.Simulator, c *Client) {
		for i := range 10 {
			if err := create(c, fmt.Sprint("n", i)); err != nil {
				t.Fatal(err)
			}
		}
		_ = v.Sleep(background, time.Hour)
		if err := sim.AddFaults("GET probability=0.2 seed=3 lost-reply", "GET probability=0.2 seed=4 status=503",
			"DELETE probability=0.4 seed=5 lost-reply"); err != nil {
			t.Fatal(err)
		}
		for server, err := range c.Servers.All(background, ListOptions{Limit: 3}) {
			if err != nil {
				t.Error(err)
				return
			}
			if err := c.Servers.Delete(background, server.ID); err != nil {
				t.Error(err)
			}
		}
	})
}
