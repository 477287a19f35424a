package cloudservers

import (
	"net/http"
	"sync"
	"time"
)

// A Service is the Cloud Servers of one account. It is an http.Handler and safe
// for many goroutines.
type Service struct {
	clock      Clock
	account    int
	authorize  func(token string) bool
	times      Times
	limits     AbsoluteLimits
	cached     bool
	gzip       bool
	stripNames bool
	identity   identity

	mu      sync.Mutex
	servers serverSet
	images  imageSet
	flavors []*flavor // by ascending id
	groups  groupSet
	rates   rateCounters
}

var _ http.Handler = (*Service)(nil)

// New makes a service. The error says what in Config.State or Config.RateLimits
// cannot be.
func New(c Config) (*Service, error) {
	if c.Clock == nil {
		c.Clock = systemClock{}
	}
	if c.Authorize == nil {
		c.Authorize = func(string) bool { return true }
	}
	now := c.Clock.Now()
	s := &Service{
		clock:      c.Clock,
		account:    c.Account,
		authorize:  c.Authorize,
		times:      c.Times.orDefault(),
		limits:     c.Limits.orDefault(),
		cached:     c.Cached,
		gzip:       c.Gzip,
		stripNames: c.StripNames,
		identity:   identity{seed: c.RandomSeed},
	}
	var err error
	if s.rates, err = newRateCounters(c.RateLimits); err != nil {
		return nil, err
	}
	s.servers = newServerSet(s.identity.firstID("server", 10_000, 80_000), now)
	s.images = newImageSet(s.identity.firstID("image", 1_000, 8_000), now)
	s.groups = newGroupSet(s.identity.firstID("group", 100, 800), now)
	if err := s.load(c.State, now); err != nil {
		return nil, err
	}
	return s, nil
}

// settle brings everything that was under way to its state at a moment. Handlers
// call it first, through ServeHTTP.
func (s *Service) settle(now time.Time) {
	s.images.settle(now)
	s.settleServers(now)
}
