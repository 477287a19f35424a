package rackspace

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/internal/clock"
)

// building serves n servers and images that become ACTIVE a minute after the start, by list and
// one by one. Number 0 is never in a list.
func building(v *clock.Virtual, n int) func(w http.ResponseWriter, r *http.Request) {
	one := func(id int) string {
		status := "BUILD"
		if v.Now().Sub(start) >= time.Minute {
			status = "ACTIVE"
		}
		return fmt.Sprintf(`{"id":%d,"status":%q}`, id, status)
	}
	return func(w http.ResponseWriter, r *http.Request) {
		kind, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/v1.0/7/"), "/")
		if id, err := strconv.Atoi(rest); err == nil {
			fmt.Fprintf(w, `{%q:%s}`, strings.TrimSuffix(kind, "s"), one(id))
			return
		}
		var rows []string
		for id := 1; id < n; id++ {
			rows = append(rows, one(id))
		}
		fmt.Fprintf(w, `{%q:[%s]}`, kind, strings.Join(rows, ","))
	}
}

func TestManyWaitsPollTogether(t *testing.T) {
	server := func(c *Client, id ID) (ID, string, error) {
		s, err := c.Servers.Wait(background, id, ServerActive, WaitOptions{})
		if err != nil {
			return "", "", err
		}
		return s.ID, string(s.Status), nil
	}
	image := func(c *Client, id ID) (ID, string, error) {
		i, err := c.Images.Wait(background, id, ImageActive, WaitOptions{})
		if err != nil {
			return "", "", err
		}
		return i.ID, string(i.Status), nil
	}
	for _, test := range []struct {
		list           string
		wait           func(*Client, ID) (ID, string, error)
		n, lists, gets int
	}{
		{"/servers/detail", server, 2, 0, 2 * 10}, // so few ask each for its own
		{"/servers/detail", server, 50, 9, 50},    // each once at first, then lists for all but the last two to end
		{"/images/detail", image, 2, 0, 2 * 10},
		{"/images/detail", image, 50, 9, 50},
	} {
		f := newFake(t)
		waited := inVirtualTime(t, func(v *clock.Virtual) {
			f.service = building(v, test.n+1)
			config := f.config()
			config.Clock = v
			c := f.client(t, config)
			all(v, test.n, func(i int) {
				want := ID(fmt.Sprint(i + 1))
				if id, status, err := test.wait(c, want); err != nil || status != "ACTIVE" || id != want {
					t.Errorf("got %s %s, %v", id, status, err)
				}
			})
		})
		lists, gets := 0, 0
		for _, call := range f.sent() {
			if strings.Contains(call, test.list) {
				lists++
			} else {
				gets++
			}
		}
		if lists != test.lists || gets < test.gets || gets > test.gets+togetherFrom-1 || waited < time.Minute || waited > 70*time.Second {
			t.Errorf("%d of %s: %d lists and %d single calls in %v, want %d and %d", test.n, test.list, lists, gets, waited, test.lists, test.gets)
		}
	}
}

// An image that was waited for until it was gone is asked for by itself once no list shows it.
func TestImagesThatGoAwayAreNotMissed(t *testing.T) {
	f := newFake(t)
	inVirtualTime(t, func(v *clock.Virtual) {
		there := building(v, 6)
		f.service = func(w http.ResponseWriter, r *http.Request) {
			switch gone := v.Now().Sub(start) > 30*time.Second; {
			case gone && strings.HasSuffix(r.URL.Path, "/detail"):
				fmt.Fprint(w, `{"images":[]}`)
			case gone:
				http.NotFound(w, r)
			default:
				there(w, r)
			}
		}
		config := f.config()
		config.Clock = v
		c := f.client(t, config)
		all(v, 5, func(i int) {
			if image, err := c.Images.Wait(background, ID(fmt.Sprint(i+1)), ImageDeleted, WaitOptions{}); err != nil || image != nil {
				t.Errorf("got %v, %v", image, err)
			}
		})
	})
}

func TestAServerThatTheListDoesNotShowIsAskedFor(t *testing.T) {
	f := newFake(t)
	inVirtualTime(t, func(v *clock.Virtual) {
		f.service = building(v, 4)
		config := f.config()
		config.Clock = v
		c := f.client(t, config)
		all(v, 4, func(i int) {
			if server, err := c.Servers.Wait(background, ID(fmt.Sprint(i)), ServerActive, WaitOptions{}); err != nil || string(server.ID) != fmt.Sprint(i) {
				t.Errorf("got %v, %v", server, err)
			}
		})
	})
}

// A list from before a wait began shows the state before the action that is waited for.
func TestAListFromBeforeTheWaitIsNotUsed(t *testing.T) {
	f := newFake(t)
	inVirtualTime(t, func(v *clock.Virtual) {
		f.service = building(v, 4)
		config := f.config()
		config.Clock = v
		b := f.client(t, config).Servers.board
		for id := range 4 {
			b.enter(ID(fmt.Sprint(id)))
		}
		first := b.snapshot(start.Add(-time.Second))
		if again := b.snapshot(start.Add(-time.Second)); again != first {
			t.Error("a list that is new enough was not used")
		}
		if other := b.snapshot(start); other == first {
			t.Error("a list that is not newer than the wait was used")
		}
		_ = v.Sleep(background, 2*time.Second)
		if late := b.snapshot(start.Add(-time.Second)); late == first {
			t.Error("a list of two seconds ago was used")
		}
		for id := range 4 {
			b.leave(ID(fmt.Sprint(id)))
		}
		if b.snapshot(start.Add(-time.Second)) != nil || len(b.waiting) != 0 {
			t.Error("nobody waits, and a list was made")
		}
	})
}

func TestAListThatFailsLeavesTheSingleCalls(t *testing.T) {
	f := newFake(t)
	inVirtualTime(t, func(v *clock.Virtual) {
		one := building(v, 6)
		f.service = func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/detail") {
				w.WriteHeader(http.StatusInternalServerError)
				return
			}
			one(w, r)
		}
		config := f.config()
		config.Clock = v
		c := f.client(t, config)
		all(v, 5, func(i int) {
			if _, err := c.Servers.Wait(background, ID(fmt.Sprint(i+1)), ServerActive, WaitOptions{}); err != nil {
				t.Error(err)
			}
		})
	})
}

func TestTheEndOfOneWaitDoesNotEndTheOthers(t *testing.T) {
	f := newFake(t)
	inVirtualTime(t, func(v *clock.Virtual) {
		f.service = building(v, 6)
		config := f.config()
		config.Clock = v
		c := f.client(t, config)
		all(v, 5, func(i int) {
			ctx, cancel := v.WithTimeout(context.Background(), time.Duration(i+1)*25*time.Second)
			defer cancel()
			_, err := c.Servers.Wait(ctx, ID(fmt.Sprint(i+1)), ServerActive, WaitOptions{})
			if ended := err != nil; ended != (i < 2) {
				t.Errorf("wait %d: %v", i, err)
			}
		})
	})
}
