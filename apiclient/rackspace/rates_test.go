package rackspace

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/internal/clock"
	"github.com/cloudscript/cloudscript/simulator"
	"github.com/cloudscript/cloudscript/simulator/cloudservers"
)

// limitedTo is another client of the same account, with a limiter.
func limitedTo(v *clock.Virtual, c *Client, limiter *apiclient.RateLimiter) *Client {
	return New(Config{Clock: v, Credentials: c.sessions.source, Limiter: limiter})
}

// refusals counts the answers with 413, by operation.
func refusals(sim *simulator.Simulator) map[string]int {
	counts := map[string]int{}
	for _, call := range sim.Calls() {
		if call.Status == 413 {
			counts[call.Operation]++
		}
	}
	return counts
}

// Fifty servers are made, renamed and deleted, and changes looked for, by two clients at once,
// against the documented table: no call is refused, because none is made too early.
func TestTheDocumentedLimitsAreNeverHit(t *testing.T) {
	config := simulator.Config{CloudServers: cloudservers.Config{RateLimits: cloudservers.DocumentedRateLimits()}}
	inSimulation(t, config, func(v *clock.Virtual, sim *simulator.Simulator, c *Client) {
		limiter := apiclient.NewRateLimiter(apiclient.RateOptions{Clock: v})
		clients := []*Client{limitedTo(v, c, limiter), limitedTo(v, c, limiter)}
		all(v, 50, func(i int) {
			c := clients[i%2]
			server, err := c.Servers.Create(background, taggedCreate(i))
			if err == nil {
				_, err = c.Servers.Wait(background, server.ID, ServerActive, WaitOptions{})
			}
			if err == nil {
				err = c.Servers.Update(background, server.ID, ServerUpdate{Name: fmt.Sprint("renamed", i)})
			}
			if err == nil {
				_, err = c.Servers.List(background, ListOptions{ChangesSince: v.Now().Add(-time.Hour)})
			}
			if err == nil {
				err = c.Servers.Delete(background, server.ID)
			}
			if err != nil {
				t.Error(err)
			}
		})
		if got := refusals(sim); len(got) > 0 {
			t.Errorf("refused: %v", got)
		}
		if n := sim.Count("limits.get"); n != 1 {
			t.Errorf("the limits were asked for %d times", n)
		}
		for _, c := range clients {
			c.Close()
		}
	})
}

// Storms of refusals of every sort do not make a call fail while there is time, whether the
// limiter knows the limits or not.
func TestStormsAreWaitedThrough(t *testing.T) {
	for _, faults := range [][]string{
		{"POST probability=0.6 seed=1 status=413 retry-after=20s"},
		{"POST after=3 times=60 status=429 retry-after=5s"},
		{"POST probability=0.7 seed=2 status=429"},
		{"GET /limits status=500", "POST probability=0.6 seed=3 status=413 retry-after=90s"},
	} {
		t.Run(strings.Join(faults, ", "), func(t *testing.T) {
			config := simulator.Config{Faults: faults, CloudServers: cloudservers.Config{RateLimits: cloudservers.DocumentedRateLimits()}}
			inSimulation(t, config, func(v *clock.Virtual, sim *simulator.Simulator, c *Client) {
				limited := limitedTo(v, c, apiclient.NewRateLimiter(apiclient.RateOptions{Clock: v}))
				defer limited.Close()
				all(v, 40, func(i int) {
					if _, err := limited.Servers.Create(background, taggedCreate(i)); err != nil {
						t.Error(err)
					}
				})
				if n := count(t, c); n != 40 {
					t.Errorf("%d servers for 40 creates", n)
				}
			})
		})
	}
}

// The time allowed ends the wait, and the error says that nobody refused.
func TestTheTimeAllowedEndsTheWaitForALimit(t *testing.T) {
	config := simulator.Config{CloudServers: cloudservers.Config{RateLimits: cloudservers.DocumentedRateLimits()}}
	inSimulation(t, config, func(v *clock.Virtual, sim *simulator.Simulator, c *Client) {
		limited := limitedTo(v, c, apiclient.NewRateLimiter(apiclient.RateOptions{Clock: v}))
		defer limited.Close()
		ctx, cancel := v.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		for i := range 11 {
			_, err := limited.Servers.Create(ctx, taggedCreate(i))
			if i < 10 {
				if err != nil {
					t.Error(err)
				}
				continue
			}
			const want = "servers.create: timeout: the time allowed ran out while waiting for the rate limit of 10 POST calls a minute on * " +
				"(held back here: the service did not refuse this call)"
			if err == nil || err.Error() != want {
				t.Errorf("got  %v\nwant %s", err, want)
			}
		}
		if n := len(refusals(sim)); n != 0 || v.Now().Sub(start) != 30*time.Second {
			t.Errorf("%d refused in %v", n, v.Now().Sub(start))
		}
	})
}

// A wrong is a clock that is off.
type wrong struct {
	clock.Clock
	by time.Duration
}

func (w wrong) Now() time.Time { return w.Clock.Now().Add(w.by) }

// A client whose clock is an hour off works: it logs in once, keeps to the rates with and without
// a limiter, finds what lost answers made, and waits no longer than others.
func TestAClockThatIsWrongByAnHour(t *testing.T) {
	config := simulator.Config{Faults: []string{"servers.create nth=2 lost-reply", "images.create lost-reply"},
		CloudServers: cloudservers.Config{RateLimits: cloudservers.DocumentedRateLimits()}}
	for _, by := range []time.Duration{time.Hour, -time.Hour} {
		for _, limited := range []bool{true, false} {
			took := inSimulation(t, config, func(v *clock.Virtual, sim *simulator.Simulator, right *Client) {
				clk := wrong{v, by}
				config := Config{Clock: clk, Credentials: right.sessions.source}
				if limited {
					config.Limiter = apiclient.NewRateLimiter(apiclient.RateOptions{Clock: clk})
				}
				c := New(config)
				defer c.Close()
				var last ID
				for i := range 15 {
					server, err := c.Servers.Create(background, taggedCreate(i))
					if err != nil {
						t.Error(err)
						return
					}
					last = server.ID
				}
				if _, err := c.Servers.Wait(background, last, ServerActive, WaitOptions{}); err != nil {
					t.Error(err)
				}
				if _, err := c.Images.Create(background, ImageCreate{ServerID: last, Name: "golden"}); err != nil {
					t.Error(err)
				}
				if n := count(t, c); n != 15 || sim.Count("auth") != 1 {
					t.Errorf("off by %v: %d servers, %d log-ins", by, n, sim.Count("auth"))
				}
			})
			if took < time.Minute || took > 4*time.Minute {
				t.Errorf("off by %v, limited %v: it took %v", by, limited, took)
			}
		}
	}
}

func TestRatesAsALimiterTakesThem(t *testing.T) {
	at := start.Add(time.Minute)
	for _, test := range []struct {
		row  RateLimit
		want string
	}{
		{RateLimit{Verb: "POST", URI: "*/servers", Regex: "^/servers", Value: 50, Remaining: 7, Unit: "DAY", ResetTime: at.Unix()},
			"POST, 50 POST calls a day on */servers, 50 in 24h0m0s, 7 left, true"},
		{RateLimit{Verb: "put", URI: "*", Regex: ".*", Value: 10, Remaining: 10, Unit: "minute", ResetTime: at.Unix()},
			"PUT, 10 put calls a minute on *, 10 in 1m0s, 10 left, true"},
		{RateLimit{Verb: "GET", Regex: "(", Value: 1, Unit: "HOUR"}, ""},
		{RateLimit{Verb: "GET", Regex: ".*", Value: 1, Unit: "FORTNIGHT"}, ""},
		{RateLimit{Verb: "GET", Regex: ".*", Unit: "HOUR"}, ""},
	} {
		got := ""
		if r, ok := test.row.rate(); ok {
			got = fmt.Sprintf("%s, %s, %d in %v, %d left, %v", r.Method, r.Name, r.Value, r.Window, r.Remaining, r.Reset.Equal(at))
		}
		if d := cmp.Diff(test.want, got); d != "" {
			t.Error(d)
		}
	}
}
