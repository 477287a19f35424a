package lunanode

import (
	"context"

	"github.com/cloudscript/cloudscript/apiclient"
)

// A call is what the cloud's own links know of a call beside its request, and
// where the last of them leaves the answer. It travels in the context.
type call struct {
	category, action string
	params           map[string]string
	bytes            bool // the answer is no JSON
	answer           Answer
}

type callKey struct{}

func withCall(ctx context.Context, c *call) context.Context {
	return context.WithValue(ctx, callKey{}, c)
}

func callFrom(ctx context.Context) *call {
	c, _ := ctx.Value(callKey{}).(*call)
	return c
}

// signedMembers are the call's parameters and the two members that say who calls,
// which override whatever the caller gave (spec section 3).
func (c *call) signedMembers(credentials Credentials) []member {
	return members(c.params,
		member{"api_id", credentials.APIID},
		member{"api_partialkey", credentials.partialKey().Reveal()})
}

// answered is the link that reads answers, once each: a list may be long.
func (c *Client) answered(next apiclient.Handler) apiclient.Handler {
	return apiclient.HandlerFunc(func(ctx context.Context, req *apiclient.Request) (*apiclient.Response, error) {
		resp, err := next.Do(ctx, req)
		if err != nil {
			return nil, err
		}
		call := callFrom(ctx)
		answer, e := c.judge(call, req, resp)
		if e != nil {
			return nil, e
		}
		call.answer = answer
		return resp, nil
	})
}
