// Package clock is the time that a run lives in.
//
// Everything that waits (a script's sleep, a client's back-off, a token's
// renewal) waits on a Clock and never on package time. With System that is the
// machine's time. With Virtual, time stands still while anybody works and jumps
// to the next moment somebody waits for as soon as everybody waits, so a script
// that waits for minutes ends in milliseconds and always in the same order.
//
// A Virtual clock has to know who works. Goroutines started with Clock.Go count
// as working, except while they are inside Sleep or Wait. A goroutine that waits
// in any other way (a mutex, an HTTP answer) counts as working: time stands
// still for it.
package clock

import (
	"context"
	"time"
)

// A Clock tells the time and waits. All methods are safe for many goroutines.
type Clock interface {
	// Now is the present moment.
	Now() time.Time

	// Sleep returns nil after d, or the context's cause as soon as ctx ends.
	Sleep(ctx context.Context, d time.Duration) error

	// Wait returns nil once done is closed, or the context's cause as soon as
	// ctx ends. The channel must be closed, not sent to.
	Wait(ctx context.Context, done <-chan struct{}) error

	// Go runs f on a new goroutine that counts as working until f returns.
	Go(f func())

	// WithTimeout is context.WithTimeout in this clock's time; the context's
	// cause is context.DeadlineExceeded. Deadline reports no deadline, because
	// packages that read it would compare it with the machine's time; End knows it.
	WithTimeout(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc)
}

// System is the machine's clock.
var System Clock = system{}

type system struct{}

func (system) Now() time.Time { return time.Now() }

func (system) Sleep(ctx context.Context, d time.Duration) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	if d <= 0 {
		return nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (system) Wait(ctx context.Context, done <-chan struct{}) error {
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (system) Go(f func()) { go f() }

type endKey struct{}

// End is when a context ends by WithTimeout, on the clock that made it. It is not ok where no
// time was set.
func End(ctx context.Context) (end time.Time, ok bool) {
	end, ok = ctx.Value(endKey{}).(time.Time)
	return end, ok
}

// withEnd notes when a context ends, if that is earlier than its parent does.
func withEnd(ctx context.Context, end time.Time) context.Context {
	if earlier, ok := End(ctx); ok && earlier.Before(end) {
		return ctx
	}
	return context.WithValue(ctx, endKey{}, end)
}

func (s system) WithTimeout(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(withEnd(ctx, s.Now().Add(d)))
	t := time.AfterFunc(d, func() { cancel(context.DeadlineExceeded) })
	return ctx, func() { t.Stop(); cancel(context.Canceled) }
}
