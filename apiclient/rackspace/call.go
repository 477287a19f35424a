package rackspace

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/cloudscript/cloudscript/apiclient"
)

// A call is one operation with its arguments. The zero effect is a read.
type call struct {
	op     string
	path   string
	query  url.Values
	fresh  bool // defeat caches (spec, section 5)
	method string
	body   any // written as JSON; nil is no body

	effect     apiclient.Effect
	idempotent bool
	goneIsDone bool
	lookAt     string
	look       apiclient.Look                  // finds what a lost answer was about; nil looks for nothing
	accept     func(*apiclient.Response) error // for calls with look
	check      error                           // why the arguments cannot be sent
}

// send performs a call. The request is returned for the errors that reading the answer may
// bring.
func (c *Client) send(ctx context.Context, o call) (*apiclient.Request, *apiclient.Response, error) {
	req := &apiclient.Request{
		Op: o.op, Effect: o.effect, Idempotent: o.idempotent, GoneIsDone: o.goneIsDone, LookAt: o.lookAt,
		Look:   o.look,
		Method: o.method, Path: o.path,
	}
	if o.look != nil {
		req.Accept = o.accept
	}
	if req.Effect == "" {
		req.Effect, req.Method = apiclient.EffectRead, http.MethodGet
	}
	if o.check != nil {
		return req, nil, c.redact.NewError(req, apiclient.KindBadRequest, o.check.Error())
	}
	if o.fresh {
		if o.query == nil {
			o.query = url.Values{}
		}
		o.query.Set("fresh", strconv.FormatInt(c.clock.Now().UnixNano()+c.fresh.Add(1), 36))
	}
	if len(o.query) > 0 {
		req.Path += "?" + o.query.Encode()
	}
	if o.body != nil {
		body, err := json.Marshal(o.body)
		if err != nil {
			return req, nil, c.redact.NewError(req, apiclient.KindBadRequest, "the arguments cannot be written as JSON: "+err.Error())
		}
		req.Body = body
	}
	resp, err := c.handler.Do(ctx, req)
	return req, resp, err
}

// run performs a call whose answer has no body.
func (c *Client) run(ctx context.Context, o call) error {
	_, _, err := c.send(ctx, o)
	return err
}

// fetch performs a call whose answer is one entity under the given member.
func fetch[T any](ctx context.Context, c *Client, o call, member string, decode func(json.RawMessage) (T, error)) (*T, error) {
	req, resp, err := c.send(ctx, o)
	if err != nil {
		return nil, err
	}
	raw, err := entityIn(resp.Body, member)
	if err != nil {
		return nil, c.badAnswer(req, resp, err)
	}
	v, err := decode(raw)
	if err != nil {
		return nil, c.badAnswer(req, resp, err)
	}
	return &v, nil
}

// badAnswer is the error of an answer of success that is not what the API promises.
func (c *Client) badAnswer(req *apiclient.Request, resp *apiclient.Response, err error) *apiclient.Error {
	what := "an answer"
	if kind := mediaType(resp.Header); kind != "" {
		what += " of type " + kind
	}
	e := c.redact.AnswerError(req, resp, apiclient.KindBadAnswer, fmt.Sprintf("%s cannot be understood: %v", what, err))
	e.Cause = err
	if req.Effect != apiclient.EffectRead {
		e.Hint = "the call itself succeeded: before trying again, look"
		if req.LookAt != "" {
			e.Hint = "the call itself succeeded: before trying again, " + req.LookAt
		}
	}
	return e
}

// undecodable is the error of a row of a list that is valid JSON and no entity.
func (c *Client) undecodable(op string, err error) *apiclient.Error {
	e := c.redact.NewError(&apiclient.Request{Op: op}, apiclient.KindBadAnswer, "a row of the list cannot be understood: "+err.Error())
	e.Cause = err
	return e
}
