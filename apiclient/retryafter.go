package apiclient

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// ParseRetryAfter reads the value of a Retry-After header: whole seconds or an HTTP date.
// The wait is at least a second where the header is there, so that a date that has just
// passed still reads as "the server said when"; 0 means that there is nothing to read.
func ParseRetryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(value)
	if seconds, err := strconv.ParseInt(value, 10, 32); err == nil {
		return AtLeastASecond(time.Duration(seconds) * time.Second)
	}
	if at, err := http.ParseTime(value); err == nil {
		return AtLeastASecond(at.Sub(now))
	}
	return 0
}

// AtLeastASecond is d, or one second where d is less.
func AtLeastASecond(d time.Duration) time.Duration { return max(d, time.Second) }
