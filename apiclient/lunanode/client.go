package lunanode

import (
	"context"
	"sync/atomic"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/internal/clock"
)

// A Client calls the API for one account. It is safe for many goroutines.
type Client struct {
	config    Config
	redact    *apiclient.Redactor
	transport *apiclient.Transport
	nonces    *nonces
	chain     apiclient.Handler
	catalogue *Catalogue
	keyring   *keyring
	census    *apiclient.Census

	lastSigner atomic.Pointer[signer]
}

// New makes a client. It does not touch the network and reads no credentials
// before the first call.
func New(config Config) *Client {
	if config.BaseURL == "" {
		config.BaseURL = DefaultBaseURL
	}
	if config.Clock == nil {
		config.Clock = clock.System
	}
	if config.Retry.Quota == nil {
		config.Retry.Quota = &apiclient.Quota{}
	}
	if config.HTTP.IdleTimeout <= 0 {
		config.HTTP.IdleTimeout = idleConnections
	}
	if config.Redactor == nil {
		config.Redactor = &apiclient.Redactor{}
	}
	c := &Client{
		config:    config,
		redact:    config.Redactor,
		nonces:    newNonces(config.Clock),
		catalogue: LoadCatalogue(),
		keyring:   newKeyring(config.Credentials, config.Redactor),
	}
	c.census = apiclient.NewCensus(config.Clock, c.redact)
	c.transport = apiclient.NewTransport(config.HTTP, c.redact)
	c.chain = c.assemble()
	return c
}

// assemble builds the path of a call, from the inside to the outside.
func (c *Client) assemble() apiclient.Handler {
	var h apiclient.Handler = c.transport

	// An answer with success "no" is a failure, whatever the HTTP status.
	h = c.answered(h)

	// Each attempt is signed anew, after all waiting: a nonce grows stale.
	h = c.signed(h)

	h = apiclient.Limited(h, c.config.Limiter, c.redact)
	h = apiclient.Retried(h, c.config.Retry, c.config.Clock, c.redact)

	// What a call made whose answer was lost is looked for; see making.
	h = apiclient.Reconciled(h, c.config.Retry, c.config.Clock, c.redact)

	// One event for each call, however many attempts it took.
	return apiclient.Traced(apiclient.Observed(h, c.config.Pauses), c.config.Trace, c.config.Clock, c.redact)
}

// Close closes the connections that no call uses. A client can be used after it.
func (c *Client) Close() { c.transport.CloseIdleConnections() }

// Call performs one action. Category and action are the service's own names
// ("vm", "floatingip-add"); params is flat, all text. Actions that the catalogue
// does not know are called as they are.
//
// The error is an *apiclient.Error. Where the service itself refused the call,
// errors.As finds a *Refusal in it, with the server's words. Its kinds: an answer
// that is no answer of this API is KindBadAnswer, no answer KindUnreachable or
// KindTimeout. An action that changes something is never sent blindly again once it
// may have reached the server. What one makes that has a name of the caller's and a
// list (machines, images, volumes, networks, load balancers, security groups, scripts,
// keys, dynamic names, checks) is looked for, and the answer made up from what is found;
// else KindOutcomeUnknown says so and what to look at.
func (c *Client) Call(ctx context.Context, category, action string, params map[string]string) (Answer, error) {
	req, known := c.request(category, action)
	if e := c.checkNames(req, category, action); e != nil {
		return Answer{}, e
	}
	call := &call{category: category, action: action, params: params, bytes: known != nil && known.bytes()}
	ctx = withCall(ctx, call)
	var err error
	if m, ok := makingOf(category, action); ok && params[m.param] != "" {
		err = c.make(ctx, m, call, req)
	} else {
		_, err = c.chain.Do(ctx, req)
	}
	if err != nil {
		return Answer{}, err
	}
	return call.answer, nil
}

// request is the call before it is signed. An action that the catalogue does not
// know counts as one that changes something.
func (c *Client) request(category, action string) (*apiclient.Request, *Action) {
	known, ok := c.catalogue.Action(category, action)
	if ok {
		req := known.request
		return &req, known
	}
	req := c.catalogue.requestOf(category, action, apiclient.EffectUpdate)
	return &req, nil
}

// checkNames keeps category and action to what can stand in the signed path.
func (c *Client) checkNames(req *apiclient.Request, category, action string) *apiclient.Error {
	for _, name := range []struct{ what, text string }{{"category", category}, {"action", action}} {
		if !isName(name.text) {
			e := c.redact.NewError(req, apiclient.KindBadRequest, nameProblem(name.what, name.text))
			e.Op = ""
			return e
		}
	}
	return nil
}
