package apiclient

import "time"

// backoff is full jitter: a time drawn evenly from zero up to a bound that doubles with each
// attempt. Even draws spread callers that failed together, which a fixed part would not.
func (p RetryPolicy) backoff(attempt int) time.Duration {
	bound := p.BaseDelay
	for range attempt - 1 {
		if bound *= 2; bound >= p.MaxDelay {
			bound = p.MaxDelay
			break
		}
	}
	return time.Duration(p.Jitter() * float64(bound))
}
