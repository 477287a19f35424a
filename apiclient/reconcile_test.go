package apiclient

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/internal/clock"
)

// A lookout is a Look with ready answers, the last of which stays.
type lookout struct {
	answers [][]Found
	err     error
	looked  int
}

func (l *lookout) look(context.Context) ([]Found, error) {
	l.looked++
	if l.err != nil {
		return nil, l.err
	}
	return l.answers[min(l.looked, len(l.answers))-1], nil
}

func foundOne(what, doubt string) Found {
	return Found{What: what, Doubt: doubt, Answer: &Response{Status: 202, Header: http.Header{}, Body: []byte(what)}}
}

func TestWhatBecomesOfACallThatWasLostSightOf(t *testing.T) {
	var (
		nothing  []Found
		mine     = []Found{foundOne("server 17", "")}
		perhaps  = []Found{foundOne("server 17", "it was there before")}
		two      = []Found{foundOne("server 17", ""), foundOne("server 18", "")}
		unheard  = errors.New("no network")
		garbled  = &Error{Kind: KindBadAnswer, Status: 202, Message: "not JSON", MayHaveActed: true, Hint: "the call itself succeeded"}
		patience = 14 * time.Second // four looks
	)
	const lookAt = `; it may have been carried out: before trying again, look whether servers.list() shows "web1" (`
	for _, test := range []struct {
		name         string
		failures     []*Error
		answers      [][]Found
		err          error
		calls, looks int
		waited       time.Duration
		want         string // the answer's body, or the error
	}{
		{"it is there", []*Error{broken}, [][]Found{mine}, nil, 1, 1, 0, "server 17"},
		{"it is seen late", []*Error{silent}, [][]Found{nothing, nothing, mine}, nil, 1, 3, 6 * time.Second, "server 17"},
		{"the answer could not be read", []*Error{garbled}, [][]Found{mine}, nil, 1, 1, 0, "server 17"},
		{"it failed inside and is there", []*Error{internal}, [][]Found{mine}, nil, 1, 1, 0, "server 17"},
		{"it is not there", []*Error{broken}, [][]Found{nothing, nothing, nothing, nothing, mine}, nil, 2, 5, patience, ""},
		{"it is not there, and looking again fails to matter", []*Error{broken}, [][]Found{nothing, nothing, nothing, nothing, perhaps}, nil, 2, 5, patience, ""},
		{"never sent, then lost, then there", []*Error{refused, broken}, [][]Found{mine}, nil, 2, 1, 125 * time.Millisecond, "server 17"},
		{"the second one is lost too", []*Error{broken, broken}, [][]Found{nothing, nothing, nothing, nothing, mine}, nil, 2, 5, patience, "server 17"},
		{"it comes to light when it was made again", []*Error{broken}, [][]Found{nothing, nothing, nothing, nothing, two}, nil, 2, 5, patience,
			"servers.create: outcome_unknown: carried out more than once: there are server 17, server 18 (HTTP 200, 2 attempts); " +
				"an attempt whose answer was lost took effect late: keep one of them and delete the rest"},
		{"it never gets there", slice(broken, 9), [][]Found{nothing}, nil, 4, 16, 4 * patience,
			"servers.create: outcome_unknown: the connection broke (4 attempts)" + lookAt + "nothing of it is to be seen yet)"},
		{"the service said that it did it", []*Error{garbled}, [][]Found{nothing}, nil, 1, 4, patience,
			"servers.create: bad_answer: not JSON (HTTP 202); the call itself succeeded"},
		{"it may be another one", []*Error{broken}, [][]Found{perhaps}, nil, 1, 1, 0,
			"servers.create: outcome_unknown: the connection broke" + lookAt + "server 17 may be it, but it was there before)"},
		{"there are several", []*Error{broken}, [][]Found{two}, nil, 1, 1, 0,
			"servers.create: outcome_unknown: the connection broke" + lookAt + "any of these may be it: server 17, server 18)"},
		{"nobody can look", []*Error{internal}, nil, unheard, 1, 1, 0,
			"servers.create: outcome_unknown: oops (HTTP 500)" + lookAt + "looking failed as well: no network)"},
		{"it was refused", []*Error{malformed}, nil, nil, 1, 0, 0, "servers.create: bad_request: Bad Request (HTTP 400)"},
		{"it was not carried out", []*Error{away}, nil, nil, 1, 0, 0, "servers.create: unavailable: Unavailable (HTTP 503)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			server, out := &script{failures: test.failures}, &lookout{answers: test.answers, err: test.err}
			req := aCreate
			req.Look = out.look
			got := ""
			waited := inVirtualTime(t, func(v *clock.Virtual) {
				policy := RetryPolicy{Jitter: func() float64 { return 0.5 }, Quota: &Quota{}}
				h := Reconciled(Retried(server, policy, v, &Redactor{}), policy, v, &Redactor{})
				resp, err := h.Do(context.Background(), &req)
				if err != nil {
					got = err.Error()
				} else if got = string(resp.Body); resp.Attempts != test.calls {
					t.Errorf("%d attempts, want %d", resp.Attempts, test.calls)
				}
			})
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if server.calls != test.calls || out.looked != test.looks || waited != test.waited {
				t.Errorf("%d calls and %d looks in %v, want %d and %d in %v", server.calls, out.looked, waited, test.calls, test.looks, test.waited)
			}
		})
	}
}

// Nobody saw the status that an adopted call answers with, and its event says so.
func TestTheEventTellsOfAnAdoption(t *testing.T) {
	for _, failures := range [][]*Error{{broken}, nil} {
		req := aCreate
		req.Look = (&lookout{answers: [][]Found{{foundOne("server 17", "")}}}).look
		var event Event
		inVirtualTime(t, func(v *clock.Virtual) {
			h := Reconciled(Retried(&script{failures: failures}, RetryPolicy{}, v, &Redactor{}), RetryPolicy{}, v, &Redactor{})
			h = Traced(h, func(_ context.Context, e Event) { event = e }, v, &Redactor{})
			if _, err := h.Do(context.Background(), &req); err != nil {
				t.Error(err)
			}
		})
		if want := failures != nil; event.Adopted != want {
			t.Errorf("after %v: adopted is %v", failures, event.Adopted)
		}
	}
}

func TestACallWithoutALookIsNotLookedFor(t *testing.T) {
	server := &script{failures: []*Error{broken}}
	inVirtualTime(t, func(v *clock.Virtual) {
		h := Reconciled(Retried(server, RetryPolicy{}, v, &Redactor{}), RetryPolicy{}, v, &Redactor{})
		if _, err := h.Do(context.Background(), &aCreate); !errors.Is(err, KindOutcomeUnknown) || server.calls != 1 {
			t.Errorf("%d calls: %v", server.calls, err)
		}
	})
}

func TestTheContextEndsTheLooking(t *testing.T) {
	waited := inVirtualTime(t, func(v *clock.Virtual) {
		ctx, cancel := v.WithTimeout(context.Background(), 3*time.Second)
		defer cancel()
		req := aCreate
		req.Look = (&lookout{answers: [][]Found{nil}}).look
		h := Reconciled(&script{failures: []*Error{broken}}, RetryPolicy{}, v, &Redactor{})
		_, err := h.Do(ctx, &req)
		const want = `servers.create: outcome_unknown: the connection broke; it may have been carried out: before trying again, look ` +
			`whether servers.list() shows "web1" (looking failed as well: the time allowed ran out while looking whether it was carried out)`
		if err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	})
	if waited != 3*time.Second {
		t.Errorf("looked for %v", waited)
	}
}

// While everything fails, calls are not made again and again for the sake of what cannot be seen.
func TestTheQuotaStopsCallsThatAreMadeAgain(t *testing.T) {
	server := &script{failures: slice(broken, 100)}
	inVirtualTime(t, func(v *clock.Virtual) {
		policy := RetryPolicy{Quota: &Quota{Capacity: 10}}
		req := aCreate
		req.Look = (&lookout{answers: [][]Found{nil}}).look
		h := Reconciled(Retried(server, policy, v, &Redactor{}), policy, v, &Redactor{})
		for range 5 {
			_, _ = h.Do(context.Background(), &req)
		}
	})
	if server.calls != 7 { // 5 and the 10/5 that the quota pays for
		t.Errorf("%d calls, want 7", server.calls)
	}
}
