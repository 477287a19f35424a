package apiclient

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"
)

func TestErrorsRenderAsOneLine(t *testing.T) {
	for _, test := range []struct {
		name string
		err  Error
		want string
	}{
		{"a fault",
			Error{Kind: KindNotFound, Op: "servers.get", Method: "GET", URL: "https://h.test/v1.0/7/servers/99",
				Status: 404, Fault: "itemNotFound", Message: "Not Found", Details: "server 99 is not here", Attempts: 1},
			`servers.get: not_found: Not Found: server 99 is not here (HTTP 404 itemNotFound, GET https://h.test/v1.0/7/servers/99)`},
		{"a refusal for the rate",
			Error{Kind: KindOverLimit, Op: "servers.list", Method: "GET", URL: "https://h.test/servers", Status: 413, Fault: "overLimit",
				Message: "Too many requests...", RetryAfter: 42 * time.Second, Attempts: 3, RequestID: "req-17", Hint: "wait"},
			`servers.list: over_limit: Too many requests... (HTTP 413 overLimit, GET https://h.test/servers, retry after 42s, 3 attempts, request id req-17); wait`},
		{"no answer", Error{Kind: KindUnreachable, Op: "auth", Method: "GET", URL: "http://127.0.0.1:1/v1.0", Message: "no connection"},
			`auth: unreachable: no connection (GET http://127.0.0.1:1/v1.0)`},
		{"before anything was sent", Error{Kind: KindBadRequest, Op: "servers.create", Message: "name is empty"},
			`servers.create: bad_request: name is empty`},
		{"details that say the same", Error{Kind: KindNotFound, Message: "Not Found", Details: "Not Found"}, `not_found: Not Found`},
		{"details alone", Error{Kind: KindConflict, Details: "it is being built"}, `conflict: it is being built`},
		{"a server's text of several lines", Error{Kind: KindBadRequest, Message: "400\r\n\r\n  Bad\x1b[31m\tRequest\n"}, `bad_request: 400 Bad?[31m Request`},
		{"nothing but a kind", Error{Kind: KindTimeout}, `timeout`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := test.err.Error(); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestErrorsMatchByKindAndByCause(t *testing.T) {
	err := fmt.Errorf("creating the fleet: %w", &Error{Kind: KindTimeout, Cause: context.DeadlineExceeded})
	var e *Error
	if !errors.As(err, &e) || e.Kind != KindTimeout {
		t.Errorf("errors.As found %v", e)
	}
	if !errors.Is(err, KindTimeout) || errors.Is(err, KindNotFound) {
		t.Error("errors.Is does not tell the kinds apart")
	}
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Error("the cause is lost")
	}
}

func TestAnErrorOfAnotherTypeBecomesTheCause(t *testing.T) {
	cause := errors.New("odd")
	e := AsError(&Request{Op: "vm.list", Method: "POST"}, cause)
	if e.Error() != "vm.list: bad_answer: odd" || !errors.Is(e, cause) {
		t.Errorf("got %v", e)
	}
	if again := AsError(&Request{Op: "other"}, fmt.Errorf("wrapped: %w", e)); again != e {
		t.Errorf("an *Error in the chain was replaced: %v", again)
	}
}

func TestEveryFailureStatusHasAKind(t *testing.T) {
	for status, want := range map[int]Kind{
		400: KindBadRequest, 401: KindUnauthorized, 403: KindForbidden, 404: KindNotFound, 405: KindBadRequest,
		408: KindTimeout, 409: KindConflict, 410: KindNotFound, 413: KindOverLimit, 415: KindBadRequest,
		422: KindBadRequest, 429: KindOverLimit, 500: KindServerError, 501: KindNotImplemented,
		502: KindUnavailable, 503: KindUnavailable, 504: KindUnavailable, 599: KindServerError, 200: KindBadAnswer,
	} {
		if got := KindOfStatus(status); got != want {
			t.Errorf("%d: got %s, want %s", status, got, want)
		}
	}
}

func TestErrorsAreRedactedWhereTheyAreBuilt(t *testing.T) {
	var r Redactor
	r.Learn("tok-123456")
	req := &Request{Op: "servers.create", Effect: EffectCreate, Method: "POST", URL: "https://mira:pw@h.test/tok-123456"}
	resp := &Response{Status: 202, Header: http.Header{"X-Request-Id": {"req-tok-123456"}}, Attempts: 1}
	e := r.AnswerError(req, resp, KindBadAnswer, `{"adminPass":"abc" with tok-123456`)
	const want = `servers.create: bad_answer: {"adminPass":"[redacted]" with [redacted]` +
		` (HTTP 202, POST https://h.test/[redacted], request id req-[redacted])`
	if e.Error() != want {
		t.Errorf("got  %s\nwant %s", e, want)
	}
	if !e.MayHaveActed {
		t.Error("a create that was answered with success may have acted")
	}
}
