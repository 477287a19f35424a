package rackspace

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/internal/clock"
	"github.com/cloudscript/cloudscript/simulator"
	"github.com/cloudscript/cloudscript/simulator/cloudservers"
)

func taggedCreate(i int) ServerCreate {
	return ServerCreate{Name: fmt.Sprint("n", i), ImageID: "112", FlavorID: "1", Tag: fmt.Sprint("run/", i), Metadata: map[string]string{"role": "web"}}
}

// Whatever is done to the answers of creates, fifty calls make exactly fifty servers, each caller
// gets its own, and none of them sees an error.
func TestEveryCreateMakesOneServer(t *testing.T) {
	for _, fault := range []string{"lost-reply", "reset", "truncate=20", "malformed", "status=500", "status=502", "status=504"} {
		for _, which := range []string{"", "nth=1", "nth=2", "nth=25", "nth=50", "probability=0.1 seed=3"} {
			if which == "" && fault != "lost-reply" && fault != "truncate=20" && fault != "malformed" {
				continue // no create ever gets through
			}
			t.Run(fault+" "+which, func(t *testing.T) {
				config := simulator.Config{Faults: []string{strings.Join(strings.Fields("servers.create "+which+" "+fault), " ")}}
				inSimulation(t, config, func(v *clock.Virtual, sim *simulator.Simulator, c *Client) {
					ids := make([]ID, 50)
					all(v, 50, func(i int) {
						server, err := c.Servers.Create(background, taggedCreate(i))
						if err != nil {
							t.Error(err)
							return
						}
						ids[i] = server.ID
						if server.Name != fmt.Sprint("n", i) || server.Metadata["role"] != "web" {
							t.Errorf("create %d gave %+v", i, server)
						}
					})
					distinct := map[ID]bool{}
					for _, id := range ids {
						distinct[id] = true
					}
					if n := count(t, c); n != 50 || len(distinct) != 50 {
						t.Errorf("%d servers, %d of them known, for 50 creates", n, len(distinct))
					}
				})
			})
		}
	}
}

// Two creates that are alike in all but the tag are told apart.
func TestTwinsAreToldApart(t *testing.T) {
	inSimulation(t, simulator.Config{Faults: []string{"servers.create after=1 lost-reply"}}, func(_ *clock.Virtual, _ *simulator.Simulator, c *Client) {
		one, two := taggedCreate(1), taggedCreate(1)
		two.Tag = "run/2"
		first, err := c.Servers.Create(background, one)
		second, again := c.Servers.Create(background, two)
		if err != nil || again != nil {
			t.Fatal(err, again)
		}
		if first.ID == second.ID || second.Metadata[CallKey] != "run/2" {
			t.Errorf("got %v and %v", first, second)
		}
		if first.AdminPass == "" || second.AdminPass != "" {
			t.Error("the password is in the answer to a create and nowhere else")
		}
	})
}

var serverID = regexp.MustCompile(`server \d+`)

func TestACreateWhoseMetadataIsFullIsNotMarked(t *testing.T) {
	full := taggedCreate(1)
	full.Metadata = map[string]string{"a": "1", "b": "2", "c": "3", "d": "4", "e": "5"}
	for _, test := range []struct{ name, fault, want string }{
		{"made", "servers.create nth=1 lost-reply",
			`(server ID may be it, but its metadata had no room for the mark of this call: 4 pairs leave it room)`},
		{"not made", "servers.create nth=1 reset", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			inSimulation(t, simulator.Config{Faults: []string{test.fault}}, func(_ *clock.Virtual, _ *simulator.Simulator, c *Client) {
				server, err := c.Servers.Create(background, full)
				if n := count(t, c); n != 1 {
					t.Errorf("%d servers", n)
				}
				if test.want == "" {
					if err != nil || server.Metadata[CallKey] != "" {
						t.Errorf("got %v, %v", server, err)
					}
					return
				}
				var e *apiclient.Error
				if !errors.As(err, &e) || e.Kind != apiclient.KindOutcomeUnknown {
					t.Fatal(err)
				}
				_, why, _ := strings.Cut(e.Hint, "(")
				if got := serverID.ReplaceAllString("("+why, "server ID"); got != test.want {
					t.Errorf("got  %s\nwant %s", got, test.want)
				}
			})
		})
	}
}

// A name that the service wrote differently is still the name.
func TestAnUnmarkedServerIsRecognisedByAllThatWasAskedFor(t *testing.T) {
	create := taggedCreate(1)
	create.Name, create.Tag = "web-1 (Berlin)", "t"
	create.Metadata = map[string]string{"a": "1", "b": "2", "c": "3", "d": "4", "e": "5"}
	same := Server{Name: "web1Berlin", ImageID: "112", FlavorID: "1", Metadata: create.Metadata}
	if !create.mayHaveMade(same) {
		t.Error("not recognised")
	}
	for name, change := range map[string]func(*Server){
		"name":     func(s *Server) { s.Name = "web2Berlin" },
		"image":    func(s *Server) { s.ImageID = "3" },
		"flavor":   func(s *Server) { s.FlavorID = "2" },
		"metadata": func(s *Server) { s.Metadata = nil },
	} {
		other := same
		if change(&other); create.mayHaveMade(other) {
			t.Errorf("recognised with another %s", name)
		}
	}
}

func TestATagIsCheckedAsMetadataIs(t *testing.T) {
	create := taggedCreate(1)
	create.Tag = strings.Repeat("x", 256)
	const want = `the value of metadata "cloudscript-call" has 256 bytes; the service takes at most 255`
	if err := create.check(); err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
	create.Metadata[CallKey] = "mine"
	if err := create.check(); err != nil || create.metadata()[CallKey] != "mine" {
		t.Errorf("the caller's own pair does not come first: %v", err)
	}
}

// The documented rates hold for creates that are made again as well. Which answers are lost
// is said by number: with a probability one call could lose all of its rounds, depending on
// the order of the fifty, and end as outcome_unknown, rightly.
func TestLostAnswersAndRateLimitsTogether(t *testing.T) {
	config := simulator.Config{CloudServers: cloudservers.Config{RateLimits: cloudservers.DocumentedRateLimits()}}
	for nth := 3; nth < 60; nth += 7 {
		config.Faults = append(config.Faults, fmt.Sprintf("servers.create nth=%d lost-reply", nth))
	}
	took := inSimulation(t, config, func(v *clock.Virtual, _ *simulator.Simulator, c *Client) {
		all(v, 50, func(i int) {
			if _, err := c.Servers.Create(background, taggedCreate(i)); err != nil {
				t.Error(err)
			}
		})
		if n := count(t, c); n != 50 {
			t.Errorf("%d servers for 50 creates", n)
		}
	})
	if took < 4*time.Minute {
		t.Errorf("50 creates at 10 a minute took %v", took)
	}
}
