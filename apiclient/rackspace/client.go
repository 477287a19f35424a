package rackspace

import (
	"context"
	"sync/atomic"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/internal/clock"
)

// Config makes a Client. Only Credentials is required.
type Config struct {
	Credentials CredentialSource
	Clock       clock.Clock // default: the machine's
	Transport   apiclient.TransportOptions
	Retry       apiclient.RetryPolicy
	Limiter     apiclient.Limiter       // default: none; an *apiclient.RateLimiter is told the account's limits
	Trace       apiclient.Tracer        // default: none
	Pauses      apiclient.PauseObserver // default: none
	Sessions    SessionOptions

	// Redactor removes secrets from everything that leaves the client. Give one to share
	// what it learns with a log of the program's own.
	Redactor *apiclient.Redactor
}

// A Client speaks to one account. It is safe for many goroutines, which share its session,
// its connections and its retry quota.
type Client struct {
	Limits    *LimitService
	Servers   *ServerService
	Addresses *AddressService
	Flavors   *FlavorService
	Images    *ImageService
	Backups   *BackupService
	IPGroups  *IPGroupService
	Versions  *VersionService

	clock     clock.Clock
	redact    *apiclient.Redactor
	transport *apiclient.Transport
	sessions  *sessions
	census    *apiclient.Census
	handler   apiclient.Handler // calls of the service
	open      apiclient.Handler // calls that need no token
	close     context.CancelFunc
	fresh     atomic.Int64 // counts anti-caching parameters
}

// New makes a client. It does not log in before the first call.
func New(config Config) *Client {
	c := &Client{clock: config.Clock, redact: config.Redactor}
	if c.clock == nil {
		c.clock = clock.System
	}
	if c.redact == nil {
		c.redact = &apiclient.Redactor{}
	}
	if config.Retry.Quota == nil {
		config.Retry.Quota = &apiclient.Quota{}
	}
	c.census = apiclient.NewCensus(c.clock, c.redact)
	life, closeLife := context.WithCancel(context.Background())
	c.close = closeLife
	c.transport = apiclient.NewTransport(config.Transport, c.redact)
	c.sessions = &sessions{
		options: config.Sessions.withDefaults(),
		source:  config.Credentials,
		auth:    &authenticator{handler: c.loginChain(config), clock: c.clock, redact: c.redact},
		clock:   c.clock,
		redact:  c.redact,
		life:    life,
	}
	c.handler, c.open = c.serviceChain(config), c.openChain(config)

	c.Limits, c.Servers, c.Addresses = &LimitService{c}, newServerService(c), &AddressService{c}
	c.Flavors, c.Images, c.Backups = newFlavorService(c), newImageService(c), &BackupService{c}
	c.IPGroups, c.Versions = newIPGroupService(c), &VersionService{c}
	if limiter, ok := config.Limiter.(*apiclient.RateLimiter); ok {
		limiter.Use(c.rates)
	}
	return c
}

// serviceChain is the path of a call, from the inside to the outside. The token is put on
// after the limiter's and the back-off's waits, so that it is never older than the attempt;
// answers are read inside it, so that it sees a refused token as an error.
func (c *Client) serviceChain(config Config) apiclient.Handler {
	var h apiclient.Handler = c.transport
	h = apiclient.Answered(h, c.judge)
	h = withToken(h, c.sessions)
	h = apiclient.Limited(h, config.Limiter, c.redact)
	h = apiclient.Retried(h, config.Retry, c.clock, c.redact)
	h = apiclient.Reconciled(h, config.Retry, c.clock, c.redact)
	return apiclient.Traced(apiclient.Observed(h, config.Pauses), config.Trace, c.clock, c.redact)
}

// judge reads an answer, and asks the call whether it can be understood.
func (c *Client) judge(req *apiclient.Request, resp *apiclient.Response) *apiclient.Error {
	if e := judgeFault(c.redact, c.clock.Now)(req, resp); e != nil || req.Accept == nil {
		return e
	}
	if err := req.Accept(resp); err != nil {
		return c.badAnswer(req, resp, err)
	}
	return nil
}

// loginChain is the path of a log-in. It has a quota of its own, because it is another
// endpoint.
func (c *Client) loginChain(config Config) apiclient.Handler {
	retry := config.Retry
	retry.Quota = &apiclient.Quota{}
	var h apiclient.Handler = c.transport
	h = apiclient.Answered(h, judgeLogin(c.redact, c.clock.Now))
	h = apiclient.Retried(h, retry, c.clock, c.redact)
	return apiclient.Traced(apiclient.Observed(h, config.Pauses), config.Trace, c.clock, c.redact)
}

// openChain is the path of the calls that need no token.
func (c *Client) openChain(config Config) apiclient.Handler {
	var h apiclient.Handler = c.transport
	h = apiclient.Answered(h, judgeFault(c.redact, c.clock.Now))
	h = apiclient.Retried(h, config.Retry, c.clock, c.redact)
	return apiclient.Traced(apiclient.Observed(h, config.Pauses), config.Trace, c.clock, c.redact)
}

// Auth returns the session, after a log-in if there is none that is good.
func (c *Client) Auth(ctx context.Context) (*Session, error) { return c.sessions.get(ctx) }

// Login logs in now and returns the new session. The service may answer with the token that
// it gave before, as long as that one lives.
func (c *Client) Login(ctx context.Context) (*Session, error) { return c.sessions.force(ctx) }

// Close ends log-ins under way and closes idle connections. Calls fail afterwards as soon as
// they need a log-in.
func (c *Client) Close() {
	c.close()
	c.transport.CloseIdleConnections()
}
