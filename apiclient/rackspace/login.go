package rackspace

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/internal/clock"
)

const authOp = "auth"

// An authenticator performs single log-ins.
type authenticator struct {
	handler apiclient.Handler // retries, and lets every answer through
	clock   clock.Clock
	redact  *apiclient.Redactor
}

// exchange logs in with resolved credentials (auth spec, sections 2 to 4).
func (a *authenticator) exchange(ctx context.Context, creds Credentials) (*Session, error) {
	a.redact.LearnKey(creds.APIKey)
	req := &apiclient.Request{
		Op: authOp, Effect: apiclient.EffectRead, Method: http.MethodGet, URL: creds.AuthURL,
		Header: http.Header{"X-Auth-User": {creds.Username}, "X-Auth-Key": {creds.APIKey.Reveal()}},
	}
	resp, err := a.handler.Do(ctx, req)
	if err != nil {
		return nil, a.explain(err, creds)
	}
	session, problem := sessionFrom(resp, creds, a.clock.Now())
	if problem != "" {
		e := a.redact.AnswerError(req, resp, apiclient.KindBadAnswer, problem)
		e.Hint = badAuthURL(creds)
		return nil, e
	}
	a.redact.LearnKey(creds.APIKey, session.Token)
	return session, nil
}

// sessionFrom reads the headers of an answer. The body is never looked at: whatever it is,
// the headers decide.
func sessionFrom(resp *apiclient.Response, creds Credentials, now time.Time) (s *Session, problem string) {
	h := resp.Header
	s = &Session{
		Username: creds.Username,
		AuthURL:  creds.AuthURL,
		Token:    apiclient.Secret(h.Get("X-Auth-Token")),
		Issued:   now,
		Expires:  now.Add(tokenLife(h)),
	}
	what := fmt.Sprintf("answered %d", resp.Status)
	if kind := mediaType(h); kind != "" && len(resp.Body) > 0 {
		what += " with " + kind
	}
	if s.Token == "" {
		return nil, what + " but without an X-Auth-Token header, so this is no authentication service v1.0"
	}
	for name, target := range map[string]*string{
		"X-Server-Management-Url": &s.ManagementURL,
		"X-Storage-Url":           &s.StorageURL,
		"X-Cdn-Management-Url":    &s.CDNURL,
	} {
		value := strings.TrimRight(h.Get(name), "/")
		if u, err := url.Parse(value); value != "" && (err != nil || u.Host == "") {
			return nil, fmt.Sprintf("%s, and its header %s is not a URL: %q", what, name, value)
		}
		*target = value
	}
	if s.ManagementURL == "" && s.StorageURL == "" {
		return nil, what + " with a token but without the header X-Server-Management-Url"
	}
	return s, ""
}

// tokenLife is the life left in a token: s-maxage (Rackspace), X-Auth-Token-Expires (Swift),
// or the usual 24 hours (auth spec, sections 3 and 7).
func tokenLife(h http.Header) time.Duration {
	for _, directive := range strings.Split(h.Get("Cache-Control"), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		if strings.EqualFold(name, "s-maxage") {
			if life, ok := seconds(value); ok {
				return life
			}
		}
	}
	if life, ok := seconds(h.Get("X-Auth-Token-Expires")); ok {
		return life
	}
	return 24 * time.Hour
}

func seconds(s string) (time.Duration, bool) {
	n, err := strconv.ParseInt(strings.Trim(strings.TrimSpace(s), `"`), 10, 32)
	return time.Duration(n) * time.Second, err == nil && n >= 0
}

func mediaType(h http.Header) string {
	kind, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return kind
}

func badAuthURL(creds Credentials) string {
	return "check the authentication URL" + creds.from() + `; it usually ends in /v1.0, and "us" and "uk" name the public ones`
}

// judgeLogin is the reading of a log-in's answer: everything that is no success is an error
// with the service's words in Details, or in Message where nothing better can be said.
func judgeLogin(redact *apiclient.Redactor, now func() time.Time) func(*apiclient.Request, *apiclient.Response) *apiclient.Error {
	judge := judgeFault(redact, now)
	return func(req *apiclient.Request, resp *apiclient.Response) *apiclient.Error {
		e := judge(req, resp)
		if e != nil && (resp.Status == http.StatusUnauthorized || resp.Status == http.StatusForbidden) && e.Kind != apiclient.KindOverLimit {
			// The service tells neither an unknown user from a wrong key nor, reliably, a
			// disabled user from either (section 4).
			e.Kind = apiclient.KindUnauthorized
		}
		return e
	}
}

// explain adds to a failed log-in what a person can do about it.
func (a *authenticator) explain(err error, creds Credentials) error {
	var e *apiclient.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Kind {
	case apiclient.KindUnauthorized:
		if e.Details == "" || !strings.Contains(e.Details, e.Message) {
			e.Details = strings.TrimSpace(e.Message + " " + e.Details)
		}
		e.Message = a.redact.Text(fmt.Sprintf("user %q and the API key were refused", creds.Username))
		if e.Status == http.StatusForbidden {
			e.Message = a.redact.Text(fmt.Sprintf("user %q may not log in: the user or its account is disabled", creds.Username))
		}
		e.Hint = refusedHint(creds)
	case apiclient.KindRedirected, apiclient.KindNotFound, apiclient.KindBadRequest, apiclient.KindBadAnswer, apiclient.KindTooLarge:
		e.Hint = badAuthURL(creds)
	case apiclient.KindUnreachable, apiclient.KindTimeout:
		e.Hint = "check the network, and the authentication URL" + creds.from()
	}
	return e
}

func refusedHint(creds Credentials) string {
	origin := creds.Origin
	if origin == "" {
		origin = "the credentials that the program was given"
	}
	hint := "check the user name and the key in " + origin +
		": a key that was regenerated in the control panel replaces the old one at once"
	if region := otherRegion(creds.AuthURL); region != "" {
		hint += fmt.Sprintf("; an account opened in the other country logs in with region %q", region)
	}
	return hint
}
