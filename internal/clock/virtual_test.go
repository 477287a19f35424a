package clock

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"
)

var start = time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)

// run runs f as the only working goroutine of a new clock and returns the clock.
func run(t *testing.T, f func(v *Virtual)) *Virtual {
	t.Helper()
	v := NewVirtual(start)
	done := make(chan struct{})
	v.Go(func() { defer close(done); f(v) })
	select {
	case <-done:
	case <-time.After(5 * time.Minute):
		t.Fatal("the clock never moved: a goroutine still counts as working")
	}
	return v
}

func TestTimeJumpsWhenEverybodySleeps(t *testing.T) {
	v := run(t, func(v *Virtual) {
		if err := v.Sleep(context.Background(), time.Hour); err != nil {
			t.Error(err)
		}
	})
	if got := v.Now().Sub(start); got != time.Hour {
		t.Errorf("moved by %v, want 1h", got)
	}
}

func TestSleepersWakeInOrderOfTheirMoments(t *testing.T) {
	var mu sync.Mutex
	var order []string
	run(t, func(v *Virtual) {
		var all []chan struct{}
		for _, d := range []int{30, 10, 20} {
			done := make(chan struct{})
			all = append(all, done)
			v.Go(func() {
				defer close(done)
				_ = v.Sleep(context.Background(), time.Duration(d)*time.Minute)
				mu.Lock()
				order = append(order, fmt.Sprintf("%d@%v", d, v.Now().Sub(start)))
				mu.Unlock()
			})
		}
		for _, done := range all {
			if err := v.Wait(context.Background(), done); err != nil {
				t.Error(err)
			}
		}
	})
	want := "[10@10m0s 20@20m0s 30@30m0s]"
	if got := fmt.Sprint(order); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// The gap between "the channel is closed" and "its waiter works again" must not
// let time move.
func TestAWaiterWhoseChannelIsClosedCountsAsWorking(t *testing.T) {
	for range 200 {
		run(t, func(v *Virtual) {
			done := make(chan struct{})
			idle := make(chan struct{})
			v.Go(func() { _ = v.Sleep(context.Background(), time.Hour); close(idle) })
			v.Go(func() { close(done) })
			if err := v.Wait(context.Background(), done); err != nil {
				t.Error(err)
			}
			if got := v.Now().Sub(start); got != 0 {
				t.Errorf("time moved by %v while a waiter was waking", got)
			}
			_ = v.Wait(context.Background(), idle)
		})
	}
}

func TestATimeoutEndsASleepAtItsMoment(t *testing.T) {
	v := run(t, func(v *Virtual) {
		ctx, cancel := v.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := v.Sleep(ctx, time.Hour); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v, want deadline exceeded", err)
		}
	})
	if got := v.Now().Sub(start); got != time.Minute {
		t.Errorf("moved by %v, want 1m", got)
	}
}

// Each clock tells when a context ends, the earliest of several.
func TestEnd(t *testing.T) {
	for name, c := range map[string]Clock{"system": System, "virtual": NewVirtual(start), "serial": NewSerial(start)} {
		if _, ok := End(context.Background()); ok {
			t.Errorf("%s: a context without a time has an end", name)
		}
		now := c.Now()
		ctx, cancel := c.WithTimeout(context.Background(), time.Hour)
		defer cancel()
		later, cancelLater := c.WithTimeout(ctx, 2*time.Hour)
		defer cancelLater()
		sooner, cancelSooner := c.WithTimeout(later, time.Minute)
		defer cancelSooner()
		for i, want := range []time.Duration{time.Hour, time.Hour, time.Minute} {
			end, ok := End([]context.Context{ctx, later, sooner}[i])
			if got := end.Sub(now).Round(time.Second); !ok || got != want {
				t.Errorf("%s: it ends in %v, want %v", name, got, want)
			}
		}
	}
}

func TestATimeoutAloneDoesNotMoveTime(t *testing.T) {
	v := run(t, func(v *Virtual) {
		_, cancel := v.WithTimeout(context.Background(), time.Minute)
		t.Cleanup(cancel)
	})
	if got := v.Now().Sub(start); got != 0 {
		t.Errorf("moved by %v after all work was done", got)
	}
}

func TestACancelledSleepReturnsTheCause(t *testing.T) {
	cause := errors.New("interrupted")
	run(t, func(v *Virtual) {
		ctx, cancel := context.WithCancelCause(context.Background())
		done := make(chan struct{})
		v.Go(func() {
			defer close(done)
			if err := v.Sleep(ctx, time.Hour); !errors.Is(err, cause) {
				t.Errorf("got %v, want the cause", err)
			}
		})
		cancel(cause)
		_ = v.Wait(context.Background(), done)
	})
}

func TestHammer(t *testing.T) {
	const tasks, rounds = 200, 50
	v := run(t, func(v *Virtual) {
		done := make(chan struct{})
		var left sync.WaitGroup
		left.Add(tasks)
		for i := range tasks {
			v.Go(func() {
				defer left.Done()
				for r := range rounds {
					_ = v.Sleep(context.Background(), time.Duration(1+(i*r)%7)*time.Second)
				}
			})
		}
		go func() { left.Wait(); close(done) }()
		_ = v.Wait(context.Background(), done)
	})
	if v.Now().Before(start.Add(rounds * time.Second)) {
		t.Errorf("time only reached %v", v.Now().Sub(start))
	}
}

func TestSystemSleepEndsWithItsContext(t *testing.T) {
	ctx, cancel := System.WithTimeout(context.Background(), 0)
	defer cancel()
	if err := System.Sleep(ctx, time.Hour); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want deadline exceeded", err)
	}
}
