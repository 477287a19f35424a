package apiclient

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestTheEndOfAContextIsNamed(t *testing.T) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	late, cancelLate := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancelLate()
	stopped, stop := context.WithCancelCause(t.Context())
	stop(errors.New("Ctrl-C"))
	for name, test := range map[string]struct {
		ctx   context.Context
		cause error
		kind  Kind
		text  string
	}{
		"cancelled":            {cancelled, nil, KindCancelled, "cancelled while reading"},
		"a deadline":           {late, nil, KindTimeout, "the time allowed ran out while reading"},
		"a cause of its own":   {stopped, nil, KindCancelled, "cancelled while reading"},
		"the clock's deadline": {t.Context(), context.DeadlineExceeded, KindTimeout, "the time allowed ran out while reading"},
		"the caller's cause":   {t.Context(), context.Canceled, KindCancelled, "cancelled while reading"},
	} {
		e := (&Redactor{}).Ended(test.ctx, &Request{Op: "x", Path: "/x"}, "reading", test.cause)
		if e.Kind != test.kind || e.Message != test.text || e.Cause == nil {
			t.Errorf("%s: got %v, cause %v", name, e, e.Cause)
		}
	}
}

func TestAnAnswersErrorTellsWhereItCameFrom(t *testing.T) {
	var r Redactor
	resp := &Response{Status: 404, Header: http.Header{"X-Trans-Id": {"tx-1\x1b[2J"}}, Attempts: 2}
	for name, test := range map[string]struct {
		req   Request
		where string
		acted bool
	}{
		"the whole URL":               {Request{URL: "https://h.test/v1/x", Path: "/x"}, "https://h.test/v1/x", false},
		"the path where that is all":  {Request{Path: "/x?token=abc"}, "/x?token=[redacted]", false},
		"a refusal leaves no doubt":   {Request{Path: "/x", Effect: EffectCreate}, "/x", false},
		"neither does a refused read": {Request{Path: "/x", Effect: EffectRead}, "/x", false},
	} {
		e := r.AnswerError(&test.req, resp, KindNotFound, "gone")
		if e.URL != test.where || e.MayHaveActed != test.acted || e.RequestID != "tx-1?[2J" || e.Attempts != 2 {
			t.Errorf("%s: got %+v", name, e)
		}
	}
}

func TestAClonesHeaderIsItsOwn(t *testing.T) {
	for _, original := range []*Request{{}, {Header: http.Header{"Accept": {"a"}}}} {
		c := original.Clone()
		c.Header.Set("Accept", "b")
		c.URL = "https://h.test/"
		if original.Header.Get("Accept") == "b" || original.URL != "" {
			t.Errorf("the original changed: %+v", original)
		}
	}
}

func TestRequestIDsHaveSeveralNames(t *testing.T) {
	for _, name := range []string{"x-request-id", "X-Trans-Id", "x-compute-request-id", "X-OpenStack-Request-Id"} {
		h := http.Header{}
		h.Set(name, "req-1")
		if got := (&Response{Header: h}).RequestID(); got != "req-1" {
			t.Errorf("%s: got %q", name, got)
		}
	}
	if got := (&Response{}).RequestID(); got != "" {
		t.Errorf("got %q", got)
	}
}

func TestOnlyReadsAndIdempotentCallsAreRepeatable(t *testing.T) {
	for _, test := range []struct {
		req  Request
		want bool
	}{
		{Request{Effect: EffectRead}, true}, {Request{Effect: EffectCreate}, false},
		{Request{Effect: EffectUpdate}, false}, {Request{Effect: EffectUpdate, Idempotent: true}, true},
		{Request{Effect: EffectDestroy}, false}, {Request{Effect: EffectDestroy, Idempotent: true}, true},
		{Request{}, false}, // an effect that nobody stated is not taken for a read
	} {
		if got := test.req.Repeatable(); got != test.want {
			t.Errorf("%+v: got %v", test.req, got)
		}
	}
}

// A server's long story is cut, after it was redacted and between two characters.
func TestLongMessagesAreCut(t *testing.T) {
	var r Redactor
	r.Learn("sentinel-secret")
	story := strings.Repeat("sentinel-secret é ", 100_000)
	e := r.AnswerError(&Request{}, &Response{Status: 400, Header: http.Header{"X-Request-Id": {story}}}, KindBadRequest, story)
	for what, text := range map[string]string{"message": e.Message, "request id": e.RequestID} {
		if len(text) > longestMessage+len("…") || !strings.HasSuffix(text, "…") || strings.Contains(text, "sentinel") || !utf8.ValidString(text) {
			t.Errorf("the %s has %d bytes: %.100q", what, len(text), text)
		}
	}
	// A secret across the end of what is looked at leaves no part of it, though all before it is
	// redacted to less than a message.
	long := strings.Repeat("key-and-more-of-it", 200)
	r.Learn(Secret(long))
	if got := r.Message(strings.Repeat(long, 40)); strings.Contains(got, "key-and") {
		t.Errorf("got %.100q", got)
	}
	if got := r.Message("short"); got != "short" {
		t.Error(got)
	}
}

// Whatever a server says, in whatever form it repeats a secret, the error does not.
func FuzzErrorsHoldNoSecrets(f *testing.F) {
	f.Add("5f0c2b7e9d134a68", "the key ", " is bad")
	f.Add("p/w d\"1", `{"a":"`, `"}`)
	f.Add("ключ ключ", "", "")
	f.Add("a+b=c&d", "x=", "&y")
	f.Fuzz(func(t *testing.T, secret, before, after string) {
		if len(secret) < shortest || strings.Contains(Redacted, secret) || strings.Contains(before+"|"+after, secret) {
			t.Skip()
		}
		quoted, err := json.Marshal(secret)
		if err != nil || strings.Contains(string(quoted), `\ufffd`) {
			t.Skip() // not UTF-8: JSON cannot repeat it
		}
		var r Redactor
		r.Learn(Secret(secret))
		req := &Request{Op: "x", Method: "GET", URL: "https://h.test/" + url.PathEscape(secret) + "?q=" + url.QueryEscape(secret)}
		resp := &Response{Status: 400, Header: http.Header{"X-Request-Id": {secret}}}
		for _, form := range []string{secret, url.QueryEscape(secret), string(quoted)} {
			e := r.AnswerError(req, resp, KindBadRequest, before+form+after)
			for _, text := range []string{e.Message, e.URL, e.RequestID} {
				if strings.Contains(text, secret) {
					t.Errorf("%q is in %q", secret, text)
				}
			}
		}
	})
}
