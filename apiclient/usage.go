package apiclient

import (
	"context"
	"sync/atomic"
	"time"
)

// usage counts what one call used over all its attempts. It travels in the context from
// Traced to Transport, which are the ends of the chain.
type usage struct {
	attempts, bytesSent, bytesReceived, heldBack atomic.Int64
	adopted                                      atomic.Bool
}

type usageKey struct{}

func withUsage(ctx context.Context) (context.Context, *usage) {
	u := &usage{}
	return context.WithValue(ctx, usageKey{}, u), u
}

// usageFrom returns the call's usage, or nil, whose methods do nothing.
func usageFrom(ctx context.Context) *usage {
	u, _ := ctx.Value(usageKey{}).(*usage)
	return u
}

func (u *usage) attempt(sent int) {
	if u != nil {
		u.attempts.Add(1)
		u.bytesSent.Add(int64(sent))
	}
}

func (u *usage) received(n int) {
	if u != nil {
		u.bytesReceived.Add(int64(n))
	}
}

func (u *usage) adopt() {
	if u != nil {
		u.adopted.Store(true)
	}
}

func (u *usage) held(d time.Duration) {
	if u != nil {
		u.heldBack.Add(int64(d))
	}
}
