package lunanode

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/cloudscript/cloudscript/apiclient"
)

// signed is the link that signs each attempt. An authentication failure means
// that the call was not carried out, so it is repeated once whatever it does:
// with the credentials as they are found then, and with a later nonce (spec
// section 5).
func (c *Client) signed(next apiclient.Handler) apiclient.Handler {
	return apiclient.HandlerFunc(func(ctx context.Context, req *apiclient.Request) (*apiclient.Response, error) {
		credentials, err := c.credentials(ctx, req, nil)
		if err != nil {
			return nil, err
		}
		attempt, nonce, err := c.sign(ctx, req, credentials, 0)
		if err != nil {
			return nil, err
		}
		resp, err := next.Do(ctx, attempt)
		var refused *apiclient.Error
		if err == nil || !errors.As(err, &refused) || refused.Kind != apiclient.KindUnauthorized {
			return resp, err
		}

		again, err := c.credentials(ctx, req, &credentials)
		if err != nil {
			return nil, refusedThen(refused, err)
		}
		attempt, _, err = c.sign(ctx, req, again, nonce)
		if err != nil {
			return nil, err
		}
		resp, err = next.Do(ctx, attempt)
		if err != nil && errors.As(err, &refused) && refused.Kind == apiclient.KindUnauthorized {
			return nil, explainRefusal(refused, again, again != credentials)
		}
		return resp, err
	})
}

// sign makes the attempt: the request with its body, whose bytes are the ones
// that were signed.
func (c *Client) sign(ctx context.Context, req *apiclient.Request, credentials Credentials, above int64) (*apiclient.Request, int64, error) {
	call := callFrom(ctx)
	text, err := encode(call.signedMembers(credentials))
	if err != nil {
		return nil, 0, c.redact.NewError(req, apiclient.KindBadRequest, err.Error())
	}
	handler := req.Path[1:] // as it is signed
	nonce, variant := c.nonces.next(handler, text, above)
	text = variantOf(text, variant)
	decimal := strconv.FormatInt(nonce, 10)

	attempt := *req
	attempt.URL = c.base(credentials) + req.Path
	attempt.Header = formHeader
	attempt.Body = []byte("req=" + url.QueryEscape(text) +
		"&signature=" + c.signer(credentials.APIKey.Reveal()).sign(handler, text, decimal) +
		"&nonce=" + decimal)
	return &attempt, nonce, nil
}

// formHeader is never changed.
var formHeader = http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}

// signer is the one for the key, which is another one only after the key was changed.
func (c *Client) signer(key string) *signer {
	s := c.lastSigner.Load()
	if s == nil || s.key != key {
		s = newSigner(key)
		c.lastSigner.Store(s)
	}
	return s
}

func (c *Client) base(credentials Credentials) string {
	base := credentials.URL
	if base == "" {
		base = c.config.BaseURL
	}
	return strings.TrimRight(base, "/")
}

// credentials asks the keyring and makes whatever goes wrong an error of the call.
func (c *Client) credentials(ctx context.Context, req *apiclient.Request, refused *Credentials) (Credentials, error) {
	credentials, err := c.keyring.get(ctx, refused)
	if err == nil {
		return credentials, nil
	}
	if ctx.Err() != nil {
		return Credentials{}, c.ended(ctx, req, err)
	}
	var known *apiclient.Error
	if errors.As(err, &known) {
		e := *known // the source may keep its own
		e.Op, e.Method = req.Op, http.MethodPost
		return Credentials{}, &e
	}
	e := c.redact.NewError(req, kindCredentials, "the credentials cannot be read: "+err.Error())
	e.Cause = err
	return Credentials{}, e
}

// ended is the error of a call whose context ended while its credentials were read.
func (c *Client) ended(ctx context.Context, req *apiclient.Request, err error) *apiclient.Error {
	kind, message := apiclient.KindCancelled, "cancelled while the credentials were read"
	if errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
		kind, message = apiclient.KindTimeout, "the time allowed ran out while the credentials were read"
	}
	e := c.redact.NewError(req, kind, message)
	e.Cause = errors.Join(context.Cause(ctx), err)
	return e
}
