package rackspace

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
)

// WaitOptions shape a wait. The zero value is the default.
type WaitOptions struct {
	// Interval is the time between two polls; default 2 s at first, growing to 10 s.
	Interval time.Duration
	// Observe is called after each poll with what it saw; nil is not called.
	Observe func(status string, progress int)
}

const (
	firstInterval = 2 * time.Second
	lastInterval  = 10 * time.Second
)

// Wait polls a server until it has the status and returns it as it is then. For ServerDeleted
// it waits until the server is gone and returns nil. A server in ERROR, or one that is gone,
// ends the wait with apiclient.KindFailed, as does a resize that fell back to ACTIVE; the end
// of ctx ends it with KindTimeout or KindCancelled. Unknown states are waited through.
//
// Many waits of one client poll together: see board.
func (s *ServerService) Wait(ctx context.Context, id ID, status ServerStatus, o WaitOptions) (*Server, error) {
	w := waiter{client: s.client, op: "servers.wait", what: "server " + string(id), want: string(status), options: o}
	resizing := false
	var found *Server
	look, leave := s.board.watch(id)
	defer leave()
	err := w.run(ctx, func(ctx context.Context) (string, int, error) {
		server, err := look(ctx)
		if err != nil {
			return "", 0, err
		}
		found = server
		switch server.Status {
		case ServerQueueResize, ServerPrepResize, ServerResize:
			resizing = true
		case ServerActive:
			if resizing && status == ServerVerifyResize {
				return "ACTIVE", 0, w.failed("the resize failed: server " + string(id) + " is ACTIVE again with its old flavor")
			}
		}
		return string(server.Status), server.Progress, nil
	})
	if err != nil {
		return nil, err
	}
	if status == ServerDeleted {
		return nil, nil
	}
	return found, nil
}

// Wait polls an image until it has the status and returns it as it is then. For ImageDeleted it
// waits until the image is gone and returns nil. FAILED, or an image that is gone, ends the wait
// with apiclient.KindFailed. Many waits poll together, as those for servers do.
func (s *ImageService) Wait(ctx context.Context, id ID, status ImageStatus, o WaitOptions) (*Image, error) {
	w := waiter{client: s.client, op: "images.wait", what: "image " + string(id), want: string(status), options: o}
	var found *Image
	look, leave := s.board.watch(id)
	defer leave()
	err := w.run(ctx, func(ctx context.Context) (string, int, error) {
		image, err := look(ctx)
		if err != nil {
			return "", 0, err
		}
		found = image
		return string(image.Status), image.Progress, nil
	})
	if err != nil || status == ImageDeleted {
		return nil, err
	}
	return found, nil
}

// A waiter polls one thing.
type waiter struct {
	client  *Client
	op      string
	what    string // "server 17"
	want    string
	options WaitOptions
}

func (w *waiter) run(ctx context.Context, poll func(context.Context) (status string, progress int, err error)) error {
	interval := w.options.Interval
	if interval <= 0 {
		interval = firstInterval
	}
	last := "not polled yet"
	for {
		status, progress, err := poll(ctx)
		if done, err := w.judge(ctx, status, err, last); done || err != nil {
			return err
		}
		last = status
		if w.options.Observe != nil {
			w.options.Observe(status, progress)
		}
		if err := w.client.clock.Sleep(ctx, interval); err != nil {
			return w.ended(ctx, err, last)
		}
		if w.options.Interval <= 0 {
			interval = min(interval*3/2, lastInterval)
		}
	}
}

// judge says whether the wait is over, and how.
func (w *waiter) judge(ctx context.Context, status string, err error, last string) (done bool, _ error) {
	gone := errors.Is(err, apiclient.KindNotFound)
	switch {
	case w.want == string(ServerDeleted) && gone:
		return true, nil
	case gone && last != "not polled yet":
		return false, w.failed(fmt.Sprintf("%s is gone; it was %s and can no longer become %s", w.what, last, w.want))
	case err != nil && context.Cause(ctx) != nil:
		return false, w.ended(ctx, err, last)
	case err != nil:
		return false, err
	case status == w.want:
		return true, nil
	case status == string(ServerError) || status == string(ImageFailed):
		if w.want == string(ServerDeleted) {
			return false, nil
		}
		return false, w.failed(fmt.Sprintf("%s is in %s and can no longer become %s", w.what, status, w.want))
	}
	return false, nil
}

func (w *waiter) failed(message string) error {
	return w.client.redact.NewError(w.request(), apiclient.KindFailed, message)
}

func (w *waiter) ended(ctx context.Context, cause error, last string) error {
	return w.client.redact.Ended(ctx, w.request(), fmt.Sprintf("waiting for %s to become %s; it was last seen as %s", w.what, w.want, last), cause)
}

func (w *waiter) request() *apiclient.Request {
	return &apiclient.Request{Op: w.op, Effect: apiclient.EffectRead, Method: http.MethodGet}
}
