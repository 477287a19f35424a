package bindings

import (
	"errors"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/runtime"
)

func TestFailure(t *testing.T) {
	e := &apiclient.Error{Kind: apiclient.KindOverLimit, Op: "servers.create", Method: "POST", URL: "http://x/servers", Status: 413, Message: "Too many\nrequests",
		Details: "wait", RetryAfter: 9 * time.Second, RequestID: "req-1", Attempts: 3, Hint: "ask for more"}
	got := failure(e)
	if got.Message != "Too many requests: wait (after 3 attempts)" || got.Kind != runtime.OverLimit || got.Status != 413 ||
		got.RetryAfter != 9*time.Second || got.RequestID != "req-1" || got.Details != "wait" || got.Hint != "ask for more" {
		t.Errorf("%+v", got)
	}
	var cause *apiclient.Error
	if !errors.As(got, &cause) || cause != e {
		t.Error("the client's error is not the cause")
	}
	if got := failure(&apiclient.Error{Kind: apiclient.KindNotFound}); got.Message != "not_found" {
		t.Errorf("an error without words says %q", got.Message)
	}
	if got := failure(&apiclient.Error{Kind: apiclient.KindUnreachable, Message: "no route"}); got.Hint == "" {
		t.Error("an unreachable service comes without a hint")
	}
	if got := failure(errors.New("odd")); got.Kind != runtime.Internal || got.Message != "odd" {
		t.Errorf("%+v", got)
	}
}

func TestKinds(t *testing.T) {
	for kind, want := range map[apiclient.Kind]runtime.Kind{
		apiclient.KindUnauthorized:   runtime.Unauthorized,
		apiclient.KindForbidden:      runtime.Forbidden,
		apiclient.KindNotFound:       runtime.NotFound,
		apiclient.KindBadRequest:     runtime.BadRequest,
		apiclient.KindConflict:       runtime.Conflict,
		apiclient.KindOverLimit:      runtime.OverLimit,
		apiclient.KindTooLarge:       runtime.BadAnswer,
		apiclient.KindServerError:    runtime.Unavailable,
		apiclient.KindUnavailable:    runtime.Unavailable,
		apiclient.KindNotImplemented: runtime.BadRequest,
		apiclient.KindTimeout:        runtime.Timeout,
		apiclient.KindCancelled:      runtime.Cancelled,
		apiclient.KindUnreachable:    runtime.Unreachable,
		apiclient.KindRedirected:     runtime.BadAnswer,
		apiclient.KindBadAnswer:      runtime.BadAnswer,
		apiclient.KindOutcomeUnknown: runtime.OutcomeUnknown,
		"credentials":                runtime.Credentials,
	} {
		if got := kindOf(kind); got != want {
			t.Errorf("%s is %s, want %s", kind, got, want)
		}
	}
}
