package rackspace

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/internal/clock"
)

// An operation is one of the specification's section 1, as a client call.
type operation struct {
	id   string
	call func(ctx context.Context, c *Client) error
}

func dropped[T any](_ T, err error) error { return err }

// All 31 operations, in the specification's order.
var operations = []operation{
	{"V1", func(ctx context.Context, c *Client) error { return dropped(c.Versions.List(ctx)) }},
	{"V2", func(ctx context.Context, c *Client) error { return dropped(c.Versions.Get(ctx)) }},
	{"L1", func(ctx context.Context, c *Client) error { return dropped(c.Limits.Get(ctx)) }},
	{"S1", func(ctx context.Context, c *Client) error { return dropped(c.Servers.List(ctx, ListOptions{})) }},
	{"S2", func(ctx context.Context, c *Client) error {
		return dropped(c.Servers.List(ctx, ListOptions{Detail: true, Limit: 5, Offset: 10, ChangesSince: start}))
	}},
	{"S3", func(ctx context.Context, c *Client) error {
		return dropped(c.Servers.Create(ctx, ServerCreate{Name: "web1", ImageID: "112", FlavorID: "2", SharedIPGroupID: "310",
			PublicAddress: "198.51.100.17", Metadata: map[string]string{"team": "billing"},
			Personality: []File{{Path: "/etc/motd", Contents: []byte("hello\n")}, {Path: "/etc/empty"}}}))
	}},
	{"S4", func(ctx context.Context, c *Client) error { return dropped(c.Servers.Get(ctx, "17")) }},
	{"S5 name", func(ctx context.Context, c *Client) error {
		return c.Servers.Update(ctx, "17", ServerUpdate{Name: "web2"})
	}},
	{"S5 password", func(ctx context.Context, c *Client) error {
		return c.Servers.Update(ctx, "17", ServerUpdate{AdminPass: "n3w-Secret"})
	}},
	{"S6", func(ctx context.Context, c *Client) error { return c.Servers.Delete(ctx, "17") }},
	{"A1", func(ctx context.Context, c *Client) error { return dropped(c.Addresses.List(ctx, "17")) }},
	{"A2", func(ctx context.Context, c *Client) error { return dropped(c.Addresses.Public(ctx, "17")) }},
	{"A3", func(ctx context.Context, c *Client) error { return dropped(c.Addresses.Private(ctx, "17")) }},
	{"A4", func(ctx context.Context, c *Client) error {
		return c.Addresses.Share(ctx, "17", "198.51.100.17", "310", false)
	}},
	{"A5", func(ctx context.Context, c *Client) error { return c.Addresses.Unshare(ctx, "17", "198.51.100.17") }},
	{"X1", func(ctx context.Context, c *Client) error { return c.Servers.Reboot(ctx, "17", "") }},
	{"X2", func(ctx context.Context, c *Client) error { return c.Servers.Rebuild(ctx, "17", "118") }},
	{"X2 same image", func(ctx context.Context, c *Client) error { return c.Servers.Rebuild(ctx, "17", "") }},
	{"X3", func(ctx context.Context, c *Client) error { return c.Servers.Resize(ctx, "17", "3") }},
	{"X4", func(ctx context.Context, c *Client) error { return c.Servers.ConfirmResize(ctx, "17") }},
	{"X5", func(ctx context.Context, c *Client) error { return c.Servers.RevertResize(ctx, "17") }},
	{"F1", func(ctx context.Context, c *Client) error { return dropped(c.Flavors.List(ctx, ListOptions{})) }},
	{"F2", func(ctx context.Context, c *Client) error {
		return dropped(c.Flavors.List(ctx, ListOptions{Detail: true}))
	}},
	{"F3", func(ctx context.Context, c *Client) error { return dropped(c.Flavors.Get(ctx, "2")) }},
	{"I1", func(ctx context.Context, c *Client) error { return dropped(c.Images.List(ctx, ListOptions{})) }},
	{"I2", func(ctx context.Context, c *Client) error {
		return dropped(c.Images.List(ctx, ListOptions{Detail: true}))
	}},
	{"I3", func(ctx context.Context, c *Client) error {
		return dropped(c.Images.Create(ctx, ImageCreate{ServerID: "17", Name: "golden"}))
	}},
	{"I4", func(ctx context.Context, c *Client) error { return dropped(c.Images.Get(ctx, "112")) }},
	{"I5", func(ctx context.Context, c *Client) error { return c.Images.Delete(ctx, "112") }},
	{"B1", func(ctx context.Context, c *Client) error { return dropped(c.Backups.Get(ctx, "17")) }},
	{"B2", func(ctx context.Context, c *Client) error {
		return c.Backups.Set(ctx, "17", BackupSchedule{Enabled: true, Weekly: "THURSDAY"})
	}},
	{"B3", func(ctx context.Context, c *Client) error { return c.Backups.Disable(ctx, "17") }},
	{"G1", func(ctx context.Context, c *Client) error { return dropped(c.IPGroups.List(ctx, ListOptions{})) }},
	{"G2", func(ctx context.Context, c *Client) error {
		return dropped(c.IPGroups.List(ctx, ListOptions{Detail: true}))
	}},
	{"G3", func(ctx context.Context, c *Client) error {
		return dropped(c.IPGroups.Create(ctx, IPGroupCreate{Name: "ha", ServerID: "17"}))
	}},
	{"G4", func(ctx context.Context, c *Client) error { return dropped(c.IPGroups.Get(ctx, "310")) }},
	{"G5", func(ctx context.Context, c *Client) error { return c.IPGroups.Delete(ctx, "310") }},
}

// whole answers every operation.
const whole = `{"server":{"id":17},"servers":[],"image":{"id":1},"images":[],"flavor":{"id":1},"flavors":[],
	"sharedIpGroup":{"id":1},"sharedIpGroups":[],"backupSchedule":{},"limits":{},"addresses":{},"public":[],"private":[],
	"versions":[],"version":{"id":"v1.0"}}`

// What each operation puts on the wire, and what it makes of a lost answer.
func TestOperationsOnTheWire(t *testing.T) {
	var out strings.Builder
	for _, op := range operations {
		f := newFake(t)
		f.service = func(w http.ResponseWriter, r *http.Request) {
			if got := r.Header.Get("X-Auth-Token"); got != token(1) && !strings.HasPrefix(op.id, "V") {
				t.Errorf("%s: token %q", op.id, got)
			}
			if r.ContentLength > 0 && r.Header.Get("Content-Type") != "application/json" || r.Header.Get("Accept") != "application/json" {
				t.Errorf("%s: %v", op.id, r.Header)
			}
			fmt.Fprint(w, whole)
		}
		if err := op.call(t.Context(), f.client(t, f.config())); err != nil {
			t.Errorf("%s: %v", op.id, err)
		}
		fmt.Fprintf(&out, "%s: %s\n", op.id, f.steady(strings.Join(f.sent(), " | ")))
	}
	golden(t, "wire.golden", out.String())
}

func TestALostAnswer(t *testing.T) {
	var out strings.Builder
	for _, op := range operations {
		f := newFake(t)
		var lost atomic.Bool
		f.service = func(w http.ResponseWriter, r *http.Request) {
			if listsBefore(w, r) {
				return
			}
			if !lost.Swap(true) {
				panic(http.ErrAbortHandler)
			}
			if r.Method == "DELETE" && !strings.Contains(r.URL.Path, "backup") {
				http.NotFound(w, r) // the first attempt did it
				return
			}
			fmt.Fprint(w, whole)
		}
		inVirtualTime(t, func(v *clock.Virtual) {
			config := f.config()
			config.Clock, config.Retry = v, apiclient.RetryPolicy{}
			outcome := "repeated, done"
			if err := op.call(background, f.client(t, config)); err != nil {
				e := asError(t, err)
				outcome = fmt.Sprintf("%s; %s", e.Kind, e.Hint)
			}
			fmt.Fprintf(&out, "%s: %d calls, %s\n", op.id, len(f.sent()), outcome)
		})
	}
	golden(t, "lost-answers.golden", out.String())
}

func TestArgumentsThatCannotBeSentNeverLeave(t *testing.T) {
	long := strings.Repeat("x", 256)
	create := func(change func(s *ServerCreate)) func(ctx context.Context, c *Client) error {
		s := ServerCreate{Name: "web1", ImageID: "112", FlavorID: "2"}
		change(&s)
		return func(ctx context.Context, c *Client) error { return dropped(c.Servers.Create(ctx, s)) }
	}
	six := map[string]string{"a": "", "b": "", "c": "", "d": "", "e": "", "f": ""}
	f := newFake(t)
	c := f.client(t, f.config())
	var out strings.Builder
	for _, call := range []func(ctx context.Context, c *Client) error{
		create(func(s *ServerCreate) { s.Name = "" }),
		create(func(s *ServerCreate) { s.ImageID = "" }),
		create(func(s *ServerCreate) { s.FlavorID = "" }),
		create(func(s *ServerCreate) { s.Metadata = six }),
		create(func(s *ServerCreate) { s.Metadata = map[string]string{long: ""} }),
		create(func(s *ServerCreate) { s.Metadata = map[string]string{"a": long} }),
		create(func(s *ServerCreate) { s.Metadata = map[string]string{"": "a"} }),
		create(func(s *ServerCreate) { s.Personality = make([]File, 6) }),
		create(func(s *ServerCreate) { s.Personality = []File{{Path: "etc/motd"}} }),
		create(func(s *ServerCreate) { s.Personality = []File{{Path: "/" + long}} }),
		create(func(s *ServerCreate) { s.Personality = []File{{Path: "/a", Contents: make([]byte, 10241)}} }),
		create(func(s *ServerCreate) { s.PublicAddress = "198.51.100.17" }),
		create(func(s *ServerCreate) { s.SharedIPGroupID, s.PublicAddress = "310", "nowhere" }),
		func(ctx context.Context, c *Client) error { return dropped(c.Servers.Get(ctx, "")) },
		func(ctx context.Context, c *Client) error { return dropped(c.Servers.Get(ctx, "detail")) },
		func(ctx context.Context, c *Client) error { return c.Servers.Delete(ctx, "..") },
		func(ctx context.Context, c *Client) error { return c.Servers.Delete(ctx, "17/../18") },
		func(ctx context.Context, c *Client) error { return c.Servers.Update(ctx, "17", ServerUpdate{}) },
		func(ctx context.Context, c *Client) error { return c.Servers.Reboot(ctx, "17", "GENTLE") },
		func(ctx context.Context, c *Client) error { return c.Servers.Resize(ctx, "17", "") },
		func(ctx context.Context, c *Client) error {
			return dropped(c.Images.Create(ctx, ImageCreate{Name: "x"}))
		},
		func(ctx context.Context, c *Client) error {
			return dropped(c.Images.Create(ctx, ImageCreate{ServerID: "17"}))
		},
		func(ctx context.Context, c *Client) error { return c.Images.Delete(ctx, "a b") },
		func(ctx context.Context, c *Client) error { return dropped(c.Flavors.Get(ctx, "?x=1")) },
		func(ctx context.Context, c *Client) error { return c.Addresses.Share(ctx, "17", "::1", "310", false) },
		func(ctx context.Context, c *Client) error {
			return c.Addresses.Share(ctx, "17", "198.51.100.17", "", false)
		},
		func(ctx context.Context, c *Client) error { return c.Addresses.Unshare(ctx, "17", "198.51.100.17/32") },
		func(ctx context.Context, c *Client) error {
			return c.Backups.Set(ctx, "17", BackupSchedule{Weekly: "FUNDAY"})
		},
		func(ctx context.Context, c *Client) error {
			return c.Backups.Set(ctx, "17", BackupSchedule{Daily: "4am"})
		},
		func(ctx context.Context, c *Client) error { return dropped(c.IPGroups.Create(ctx, IPGroupCreate{})) },
		func(ctx context.Context, c *Client) error {
			return dropped(c.Servers.List(ctx, ListOptions{Limit: -1}))
		},
	} {
		err := call(t.Context(), c)
		if err == nil || !errors.Is(err, apiclient.KindBadRequest) {
			t.Errorf("got %v, want a bad request", err)
			continue
		}
		fmt.Fprintln(&out, err)
	}
	if len(f.sent()) != 0 || f.count() != 0 {
		t.Errorf("sent %v", f.sent())
	}
	golden(t, "bad-arguments.golden", out.String())
}

func TestPasswordsLearntFromAnswersAreRedactedLater(t *testing.T) {
	f := newFake(t)
	f.service = func(w http.ResponseWriter, r *http.Request) {
		if r.Method == "POST" {
			fmt.Fprint(w, `{"server":{"id":17,"name":"web1","adminPass":"web1Qm7XvK2pd"}}`)
			return
		}
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprint(w, `{"badRequest":{"code":400,"message":"web1Qm7XvK2pd and n3w-Secret are bad"}}`)
	}
	c := f.client(t, f.config())
	server, err := c.Servers.Create(t.Context(), ServerCreate{Name: "web1", ImageID: "1", FlavorID: "1"})
	if err != nil || server.AdminPass.Reveal() != "web1Qm7XvK2pd" || strings.Contains(fmt.Sprintf("%+v", server), "Qm7X") {
		t.Errorf("got %+v, %v", server, err)
	}
	err = c.Servers.Update(t.Context(), "17", ServerUpdate{AdminPass: "n3w-Secret"})
	if e := asError(t, err); e.Message != "[redacted] and [redacted] are bad" {
		t.Errorf("got %v", e)
	}
}

// A text is cut after it was redacted: a token across the place of the cut leaves no part of it.
func TestNoPartOfATokenIsLeft(t *testing.T) {
	for _, before := range []int{280, 290, 295, 299, 301, 990, 999} {
		f := newFake(t)
		f.service = func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprint(w, strings.Repeat("x", before), r.Header.Get("X-Auth-Token"))
		}
		_, err := f.client(t, f.config()).Servers.Get(t.Context(), "17")
		if e := asError(t, err); strings.Contains(e.Message, "to") || len(e.Message) > 310 {
			t.Errorf("after %d bytes: %s", before, strings.TrimLeft(e.Message, "x"))
		}
	}
}

func TestWaits(t *testing.T) {
	type answer struct {
		status string
		code   int
	}
	is := func(status ...string) (all []answer) {
		for _, s := range status {
			all = append(all, answer{s, 200})
		}
		return all
	}
	gone := answer{"", 404}
	for _, test := range []struct {
		name    string
		answers []answer // the last one stays
		want    ServerStatus
		waited  time.Duration
		err     string
	}{
		{"a build", is("BUILD", "BUILD", "ACTIVE"), ServerActive, 5 * time.Second, ""},
		{"already there", is("ACTIVE"), ServerActive, 0, ""},
		{"an unknown state on the way", is("REFORMING", "ACTIVE"), ServerActive, 2 * time.Second, ""},
		{"a build that fails", is("BUILD", "ERROR"), ServerActive, 2 * time.Second,
			"servers.wait: failed: server 17 is in ERROR and can no longer become ACTIVE"},
		{"a server deleted meanwhile", append(is("BUILD"), gone), ServerActive, 2 * time.Second,
			"servers.wait: failed: server 17 is gone; it was BUILD and can no longer become ACTIVE"},
		{"a server that never was", []answer{gone}, ServerActive, 0,
			"servers.get: not_found: 404 page not found (HTTP 404, GET http://fake/v1.0/7/servers/17?fresh=N)"},
		{"a deletion", append(is("ACTIVE", "ERROR"), gone), ServerDeleted, 5 * time.Second, ""},
		{"a resize", is("QUEUE_RESIZE", "RESIZE", "VERIFY_RESIZE"), ServerVerifyResize, 5 * time.Second, ""},
		{"a resize that fell back", is("QUEUE_RESIZE", "ACTIVE"), ServerVerifyResize, 2 * time.Second,
			"servers.wait: failed: the resize failed: server 17 is ACTIVE again with its old flavor"},
		{"a resize that has not begun", is("ACTIVE", "RESIZE", "VERIFY_RESIZE"), ServerVerifyResize, 5 * time.Second, ""},
		{"too long", is("BUILD"), ServerActive, 10 * time.Minute,
			"servers.wait: timeout: the time allowed ran out while waiting for server 17 to become ACTIVE; it was last seen as BUILD"},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFake(t)
			f.service = func(w http.ResponseWriter, r *http.Request) {
				n := min(len(f.sent()), len(test.answers)) - 1
				if a := test.answers[n]; a.code == 200 {
					fmt.Fprintf(w, `{"server":{"id":17,"status":%q,"progress":40}}`, a.status)
				} else {
					http.NotFound(w, r)
				}
			}
			waited := inVirtualTime(t, func(v *clock.Virtual) {
				config := f.config()
				config.Clock = v
				ctx, cancel := v.WithTimeout(background, 10*time.Minute)
				defer cancel()
				server, err := f.client(t, config).Servers.Wait(ctx, "17", test.want, WaitOptions{})
				got := ""
				if err != nil {
					got = f.steady(err.Error())
				} else if test.want != ServerDeleted && server.Status != test.want {
					t.Errorf("got a server that is %s", server.Status)
				}
				if got != test.err {
					t.Errorf("got  %s\nwant %s", got, test.err)
				}
			})
			if waited != test.waited {
				t.Errorf("waited %v, want %v", waited, test.waited)
			}
			if !strings.Contains(f.sent()[0], "?fresh=") {
				t.Errorf("a poll may be answered by a cache: %s", f.sent()[0])
			}
		})
	}
}

func TestImagesAreWaitedForLikeServers(t *testing.T) {
	for last, want := range map[string]string{
		"ACTIVE": "", "FAILED": "images.wait: failed: image 30 is in FAILED and can no longer become ACTIVE",
	} {
		f := newFake(t)
		f.service = func(w http.ResponseWriter, r *http.Request) {
			status := last
			if len(f.sent()) < 3 {
				status = "SAVING"
			}
			fmt.Fprintf(w, `{"image":{"id":30,"status":%q}}`, status)
		}
		var seen []string
		inVirtualTime(t, func(v *clock.Virtual) {
			config := f.config()
			config.Clock = v
			_, err := f.client(t, config).Images.Wait(background, "30", ImageActive, WaitOptions{
				Interval: time.Minute, Observe: func(status string, _ int) { seen = append(seen, status) }})
			if got := fmt.Sprint(err); got != want && !(err == nil && want == "") {
				t.Errorf("got %v, want %s", err, want)
			}
			if moved := v.Now().Sub(start); moved != 2*time.Minute {
				t.Errorf("waited %v", moved)
			}
		})
		if fmt.Sprint(seen) != "[SAVING SAVING]" {
			t.Errorf("observed %v", seen)
		}
	}
}
