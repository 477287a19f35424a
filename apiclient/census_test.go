package apiclient

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/internal/clock"
)

// A shelf is a service that makes things, slowly.
type shelf struct {
	clock   clock.Clock
	failing bool // lists fail
	takes   time.Duration

	mu     sync.Mutex
	things []string
	lists  int
}

func (s *shelf) making(name string, lost bool) Making {
	return Making{
		Name: name,
		List: func(ctx context.Context) (rows []Listed, err error) {
			s.mu.Lock()
			s.lists++
			s.mu.Unlock()
			if err := s.clock.Sleep(ctx, s.takes); err != nil {
				return nil, err
			}
			if s.failing {
				return nil, &Error{Kind: KindNotImplemented}
			}
			s.mu.Lock()
			defer s.mu.Unlock()
			for i, thing := range s.things {
				row := Listed{ID: fmt.Sprint(i), What: "thing " + fmt.Sprint(i)}
				if thing == name {
					row.Answer = &Response{Status: 200}
				}
				rows = append(rows, row)
			}
			return rows, nil
		},
		Do: func(ctx context.Context, look Look) (string, error) {
			s.mu.Lock()
			s.things = append(s.things, name)
			id := fmt.Sprint(len(s.things) - 1)
			s.mu.Unlock()
			if !lost {
				return id, nil
			}
			found, err := look(ctx)
			if err != nil || len(found) != 1 || found[0].Doubt != "" {
				return "", &Error{Kind: KindOutcomeUnknown, Message: fmt.Sprint(found, err), MayHaveActed: true}
			}
			return found[0].What, nil
		},
	}
}

// makeAll makes n things at once and returns what the calls that failed say.
func (s *shelf) makeAll(v *clock.Virtual, roll *Roll, ctx func(i int) context.Context, n int, lost bool) (failed []error) {
	var done []chan struct{}
	for i := range n {
		ended := make(chan struct{})
		done = append(done, ended)
		v.Go(func() {
			defer close(ended)
			err := roll.Make(ctx(i), posting("things.create"), s.making(fmt.Sprint("n", i), lost))
			s.mu.Lock()
			defer s.mu.Unlock()
			if err != nil {
				failed = append(failed, err)
			}
		})
	}
	for _, ended := range done {
		_ = v.Wait(context.Background(), ended)
	}
	return failed
}

func background(int) context.Context { return context.Background() }

// A burst of calls asks once, whether the list comes or fails; without it the calls are made all
// the same, and what is lost stays in doubt.
func TestABurstListsOnceAlsoInVain(t *testing.T) {
	for _, failing := range []bool{false, true} {
		took := inVirtualTime(t, func(v *clock.Virtual) {
			s := &shelf{clock: v, takes: time.Minute, failing: failing}
			if failed := s.makeAll(v, NewCensus(v, &Redactor{}).Of("things"), background, 20, false); failed != nil || s.lists != 1 || len(s.things) != 20 {
				t.Errorf("failing %v: %d lists, %d things, %v", failing, s.lists, len(s.things), failed)
			}
		})
		if took != time.Minute {
			t.Errorf("failing %v: it took %v", failing, took)
		}
	}
}

// Without a list from before, what comes to light stays in doubt; with one it is the call's.
func TestWhatIsLost(t *testing.T) {
	for _, failing := range []bool{false, true} {
		inVirtualTime(t, func(v *clock.Virtual) {
			s := &shelf{clock: v, failing: failing}
			failed := s.makeAll(v, NewCensus(v, &Redactor{}).Of("things"), background, 5, true)
			if len(s.things) != 5 || failing != (len(failed) == 5) || !failing && failed != nil {
				t.Errorf("failing %v: %d things, %v", failing, len(s.things), failed)
			}
		})
	}
}

// The end of the call that lists is no failure of the list: the next one lists.
func TestTheEndOfOneCallIsNotThatOfItsList(t *testing.T) {
	inVirtualTime(t, func(v *clock.Virtual) {
		s := &shelf{clock: v, takes: time.Minute}
		short, cancel := v.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		failed := s.makeAll(v, NewCensus(v, &Redactor{}).Of("things"), func(i int) context.Context {
			if i == 0 {
				return short
			}
			_ = v.Sleep(context.Background(), time.Second)
			return context.Background()
		}, 5, false)
		if failed != nil || s.lists != 2 || len(s.things) != 5 {
			t.Errorf("%d lists, %d things, %v", s.lists, len(s.things), failed)
		}
	})
}
