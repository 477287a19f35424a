package bindings

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/runtime"
)

// A slowList answers after a second of the clock, and fails for whom its context ends before.
type slowList struct {
	clock runtime.Clock
	err   error
	calls atomic.Int64
}

func (l *slowList) Pages(ctx context.Context, _ rackspace.ListOptions) iter.Seq2[*rackspace.RawPage, error] {
	return func(yield func(*rackspace.RawPage, error) bool) {
		l.calls.Add(1)
		if err := l.clock.Sleep(ctx, time.Second); err != nil {
			yield(nil, &apiclient.Error{Kind: apiclient.KindCancelled, Message: "cancelled", Cause: err})
			return
		}
		if l.err != nil {
			yield(nil, l.err)
			return
		}
		yield(&rackspace.RawPage{Items: []json.RawMessage{[]byte(`{"id":7,"name":"golden"}`)}}, nil)
	}
}

// slowNames are names from a list that ends with err.
func slowNames(err error) (*names, *slowList, runtime.Clock) {
	clock := runtime.NewVirtualClock(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC))
	list := &slowList{clock: clock, err: err}
	return &names{what: "image", list: list}, list, clock
}

func TestTasksThatWantTheSameNamesAskOnce(t *testing.T) {
	n, list, clock := slowNames(nil)
	var tasks sync.WaitGroup
	tasks.Add(50)
	clock.Go(func() {
		for range 50 {
			clock.Go(func() {
				if id, err := n.id(context.Background(), clock, "golden"); id != "7" || err != nil {
					t.Errorf("got %s, %v", id, err)
				}
				tasks.Done()
			})
		}
	})
	tasks.Wait()
	if calls := list.calls.Load(); calls != 1 {
		t.Errorf("%d lists for 50 tasks", calls)
	}
}

// The task that asks for all others is cancelled: one of them asks anew.
func TestACancelledTaskDoesNotTakeTheOthersAlong(t *testing.T) {
	n, list, clock := slowNames(nil)
	var tasks sync.WaitGroup
	tasks.Add(11)
	clock.Go(func() {
		defer tasks.Done()
		ctx, cancel := clock.WithTimeout(context.Background(), time.Millisecond)
		defer cancel()
		for range 10 {
			clock.Go(func() {
				defer tasks.Done()
				_ = clock.Sleep(context.Background(), time.Microsecond) // after the first has begun
				if id, err := n.id(context.Background(), clock, "golden"); id != "7" || err != nil {
					t.Errorf("got %s, %v", id, err)
				}
			})
		}
		_, err := n.id(ctx, clock, "golden")
		var e *runtime.Error
		if !errors.As(err, &e) || e.Kind != runtime.Cancelled {
			t.Errorf("the cancelled task got %v", err)
		}
	})
	tasks.Wait()
	if calls := list.calls.Load(); calls != 2 {
		t.Errorf("%d lists, want 2", calls)
	}
}

func TestAListThatFailsFailsAllWhoWaitForIt(t *testing.T) {
	n, list, clock := slowNames(&apiclient.Error{Kind: apiclient.KindUnavailable, Message: "away"})
	var tasks sync.WaitGroup
	tasks.Add(10)
	clock.Go(func() {
		for i := range 10 {
			clock.Go(func() {
				ctx, want := context.Background(), runtime.Unavailable
				if i == 9 { // cancelled while it waits for another one's list, or for its own
					timed, cancel := clock.WithTimeout(ctx, time.Millisecond)
					defer cancel()
					_ = clock.Sleep(ctx, time.Microsecond)
					ctx, want = timed, runtime.Timeout
				}
				_, err := n.id(ctx, clock, "golden")
				var e *runtime.Error
				if !errors.As(err, &e) || e.Kind != want {
					t.Errorf("task %d: got %v, want %s", i, err, want)
				}
				tasks.Done()
			})
		}
	})
	tasks.Wait()
	if calls := list.calls.Load(); calls != 1 {
		t.Errorf("%d lists for 10 tasks", calls)
	}
}
