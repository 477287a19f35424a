package apiclient

import "sync"

// A Quota is the retries that an endpoint's calls may make together: a token bucket as in
// aws-sdk-go-v2 (aws/ratelimit). Each retry takes from it, a call that succeeded gives back
// what its last retry took, and a call that succeeded at once gives one token. While most
// calls succeed it is never felt; when most fail, retries stop. It is safe for many
// goroutines. The zero value is a full bucket of the default size.
type Quota struct {
	Capacity int // default 500

	mu    sync.Mutex
	taken int
}

const (
	defaultQuota = 500
	retryCost    = 5
	timeoutCost  = 10
)

// take reports whether cost tokens were there.
func (q *Quota) take(cost int) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	capacity := q.Capacity
	if capacity <= 0 {
		capacity = defaultQuota
	}
	if q.taken+cost > capacity {
		return false
	}
	q.taken += cost
	return true
}

func (q *Quota) give(tokens int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.taken = max(0, q.taken-tokens)
}
