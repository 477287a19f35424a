package apiclient

import "context"

// A Handler performs a call. The error is an *Error. Handlers are safe for many
// goroutines.
type Handler interface {
	Do(ctx context.Context, req *Request) (*Response, error)
}

// A HandlerFunc is a function that is a Handler.
type HandlerFunc func(ctx context.Context, req *Request) (*Response, error)

// Do calls f.
func (f HandlerFunc) Do(ctx context.Context, req *Request) (*Response, error) { return f(ctx, req) }

// Answered is the link that reads answers: judge returns the *Error that an answer stands
// for, or nil when it is what the call asked for.
func Answered(next Handler, judge func(req *Request, resp *Response) *Error) Handler {
	return HandlerFunc(func(ctx context.Context, req *Request) (*Response, error) {
		resp, err := next.Do(ctx, req)
		if err != nil {
			return nil, err
		}
		if e := judge(req, resp); e != nil {
			return nil, e
		}
		return resp, nil
	})
}
