package simulator

import (
	"context"
	"sync"
	"time"
)

// A ScaledClock is the machine's clock, running faster and set forward by hand.
type ScaledClock struct {
	started time.Time
	speed   float64

	mu     sync.Mutex
	offset time.Duration
}

// Scaled is a clock on which speed seconds pass in a second of the machine; speed
// is above 0. It starts at the machine's time.
func Scaled(speed float64) *ScaledClock { return &ScaledClock{started: time.Now(), speed: speed} }

// Now is the present moment of this clock.
func (c *ScaledClock) Now() time.Time {
	passed := time.Duration(float64(time.Since(c.started)) * c.speed)
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.started.Add(passed + c.offset)
}

// Advance sets the clock forward.
func (c *ScaledClock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.offset += d
}

// Sleep returns after d of this clock's time, or with the context's cause. It
// does not notice Advance.
func (c *ScaledClock) Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(time.Duration(float64(d) / c.speed))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
