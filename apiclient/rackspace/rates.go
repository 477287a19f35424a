package rackspace

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
)

// rates asks for the limits, for a limiter. Rows that cannot be understood are left out: what
// they hold back is then learnt from refusals.
func (c *Client) rates(ctx context.Context) ([]apiclient.Rate, error) {
	limits, err := c.Limits.Get(ctx)
	if err != nil {
		return nil, err
	}
	var rates []apiclient.Rate
	for _, row := range limits.Rate {
		if rate, ok := row.rate(); ok {
			rates = append(rates, rate)
		}
	}
	return rates, nil
}

func (r RateLimit) rate() (apiclient.Rate, bool) {
	pattern, err := regexp.Compile(r.Regex)
	window := unitOf(r.Unit)
	return apiclient.Rate{
		Method: strings.ToUpper(r.Verb), Pattern: pattern,
		Name:  fmt.Sprintf("%d %s calls a %s on %s", r.Value, r.Verb, strings.ToLower(r.Unit), r.URI),
		Value: r.Value, Window: window, Remaining: r.Remaining, Reset: r.Reset(),
	}, err == nil && window > 0 && r.Value > 0
}

// unitOf is 0 for a unit that the specification does not have (section 7.1).
func unitOf(name string) time.Duration {
	switch strings.ToUpper(name) {
	case "MINUTE":
		return time.Minute
	case "HOUR":
		return time.Hour
	case "DAY":
		return 24 * time.Hour
	}
	return 0
}
