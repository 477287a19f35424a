package rackspace

import (
	"context"
	"encoding/json"
	"time"
)

// Limits are what the account may do (spec, section 7).
type Limits struct {
	Rate []RateLimit `json:"rate"`

	// Absolute are counts and sizes by name, such as maxTotalRAMSize in MB. The names are
	// open-ended.
	Absolute map[string]int64 `json:"absolute"`

	Raw json.RawMessage `json:"-"`
}

// A RateLimit is how many calls with a method and a URI may be made in a unit of time.
type RateLimit struct {
	Verb      string `json:"verb"` // the HTTP method
	URI       string `json:"URI"`  // for people, such as "*/servers"
	Regex     string `json:"regex"`
	Value     int    `json:"value"`
	Remaining int    `json:"remaining"`
	Unit      string `json:"unit"`      // MINUTE, HOUR or DAY
	ResetTime int64  `json:"resetTime"` // seconds since 1970 in UTC
}

// Reset is when the limit counts anew.
func (r RateLimit) Reset() time.Time { return time.Unix(r.ResetTime, 0).UTC() }

// LimitService is the operation on limits.
type LimitService struct{ client *Client }

// Get returns the limits as they are now (L1).
func (s *LimitService) Get(ctx context.Context) (*Limits, error) {
	return fetch(ctx, s.client, call{op: "limits.get", path: "/limits"}, "limits", decodeLimits)
}

func decodeLimits(raw json.RawMessage) (l Limits, err error) {
	l.Raw = raw
	err = json.Unmarshal(raw, &l)
	return l, err
}
