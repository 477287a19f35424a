package faults

import (
	"context"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"
)

// Config is what an injector needs to know of the service.
type Config struct {
	// Sleep waits on the service's clock. nil: on the machine's.
	Sleep func(ctx context.Context, d time.Duration) error

	// Refuse answers a request with a status, a fault's name or both, in the form
	// that the service would use.
	Refuse func(w http.ResponseWriter, r *http.Request, fault string, status int)

	// Failing marks a request so that what it begins ends badly.
	Failing func(*http.Request) *http.Request
}

// An Injector applies rules to requests. It is safe for many goroutines.
type Injector struct {
	config Config

	mu    sync.Mutex
	rules []*armed
}

// armed is a rule with its counts.
type armed struct {
	Rule
	chance *rand.Rand
	seen   int
	fired  int
}

// A Count is how often a rule was about a request, and how often it decided.
type Count struct {
	Rule  Rule
	Seen  int
	Fired int
}

// NewInjector makes an injector without rules.
func NewInjector(c Config) *Injector {
	if c.Sleep == nil {
		c.Sleep = sleep
	}
	return &Injector{config: c}
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// Add puts rules behind those that are there.
func (i *Injector) Add(rules ...Rule) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, r := range rules {
		i.rules = append(i.rules, &armed{Rule: r, chance: rand.New(rand.NewPCG(r.Seed, 0))})
	}
}

// Clear removes all rules.
func (i *Injector) Clear() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.rules = nil
}

// Counts are the rules in their order.
func (i *Injector) Counts() []Count {
	i.mu.Lock()
	defer i.mu.Unlock()
	counts := make([]Count, 0, len(i.rules))
	for _, a := range i.rules {
		counts = append(counts, Count{a.Rule, a.seen, a.fired})
	}
	return counts
}

// pick counts a request in every rule that is about it and returns the first one
// whose schedule has come.
func (i *Injector) pick(r *http.Request, operation []string) (Rule, bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	var picked *armed
	for _, a := range i.rules {
		if a.fits(r, operation) && a.due() && picked == nil {
			picked = a
		}
	}
	if picked == nil {
		return Rule{}, false
	}
	picked.fired++
	return picked.Rule, true
}

func (a *armed) due() bool {
	a.seen++
	lucky := a.Probability == 0 || a.chance.Float64() < a.Probability
	return lucky && a.seen > a.After && (a.Nth == 0 || a.seen == a.Nth) && (a.Times == 0 || a.fired < a.Times)
}
