package clock

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// turns runs f as the first goroutine of a Serial clock and returns what was
// written to the log; only one goroutine works at a time, so it needs no lock.
func turns(t *testing.T, f func(s *Serial, log func(format string, args ...any))) string {
	t.Helper()
	s := NewSerial(start)
	var lines []string
	done := make(chan struct{})
	s.Go(func() {
		defer close(done)
		f(s, func(format string, args ...any) {
			lines = append(lines, fmt.Sprintf("%v ", s.Now().Sub(start))+fmt.Sprintf(format, args...))
		})
	})
	select {
	case <-done:
	case <-time.After(5 * time.Minute):
		t.Fatal("nobody has the turn, or somebody kept it")
	}
	return strings.Join(lines, "\n")
}

// all starts n goroutines and waits for them.
func all(s *Serial, n int, f func(i int)) {
	var done []chan struct{}
	for i := range n {
		c := make(chan struct{})
		done = append(done, c)
		s.Go(func() { defer close(c); f(i) })
	}
	for _, c := range done {
		_ = s.Wait(context.Background(), c)
	}
}

func TestSerialRunsTheSameWayEachTime(t *testing.T) {
	program := func(s *Serial, log func(string, ...any)) {
		login := make(chan struct{})
		all(s, 5, func(i int) {
			log("%d begins", i)
			if i == 0 {
				_ = s.Sleep(context.Background(), time.Second)
				close(login)
			} else {
				_ = s.Wait(context.Background(), login)
			}
			log("%d is in", i)
			_ = s.Sleep(context.Background(), time.Duration(5-i%2)*time.Second)
			log("%d ends", i)
		})
	}
	want := strings.Join([]string{
		"0s 0 begins", "0s 1 begins", "0s 2 begins", "0s 3 begins", "0s 4 begins",
		"1s 0 is in", "1s 1 is in", "1s 2 is in", "1s 3 is in", "1s 4 is in",
		"5s 1 ends", "5s 3 ends", "6s 0 ends", "6s 2 ends", "6s 4 ends",
	}, "\n")
	for range 100 {
		if got := turns(t, program); got != want {
			t.Fatalf("got\n%s\nwant\n%s", got, want)
		}
	}
}

func TestSerialLetsOneWorkAtATime(t *testing.T) {
	working := 0 // no lock: the race detector would tell
	turns(t, func(s *Serial, _ func(string, ...any)) {
		all(s, 50, func(i int) {
			for r := range 20 {
				if working++; working != 1 {
					t.Errorf("%d goroutines work", working)
				}
				working--
				_ = s.Sleep(context.Background(), time.Duration(1+(i*r)%5)*time.Second)
			}
		})
	})
}

func TestSerialWakesWhoseContextHasEnded(t *testing.T) {
	cause := errors.New("stop")
	got := turns(t, func(s *Serial, log func(string, ...any)) {
		ctx, cancel := context.WithCancelCause(context.Background())
		never := make(chan struct{})
		s.Go(func() { _ = s.Sleep(context.Background(), time.Second); cancel(cause) })
		all(s, 4, func(i int) {
			err := s.Sleep(ctx, time.Hour)
			if i%2 == 0 {
				err = s.Wait(ctx, never)
			}
			log("%d: %v", i, err)
		})
		deadline, release := s.WithTimeout(context.Background(), time.Minute)
		defer release()
		log("%v", s.Sleep(deadline, time.Hour))
	})
	// 0 and 2 wait once more, behind 1 and 3.
	want := "1s 1: stop\n1s 3: stop\n1s 0: stop\n1s 2: stop\n1m1s context deadline exceeded"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// An interrupt comes from a goroutine that the clock does not know.
func TestSerialIsInterruptedFromOutside(t *testing.T) {
	s := NewSerial(start)
	ctx, cancel := context.WithCancel(context.Background())
	waiting, done := make(chan struct{}), make(chan error)
	s.Go(func() {
		close(waiting)
		done <- s.Wait(ctx, make(chan struct{}))
	})
	<-waiting
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
