package apiclient

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"
)

// TransportOptions shape a Transport. The zero value is the default.
type TransportOptions struct {
	// RoundTripper performs the exchanges; nil makes an http.Transport of its own. It
	// must not follow redirects (an http.RoundTripper does not, an http.Client does).
	RoundTripper http.RoundTripper

	// Wrap puts another one around it, such as one that records; nil leaves it as it is.
	// An *Error that it returns is the call's error as it stands.
	Wrap func(http.RoundTripper) http.RoundTripper

	UserAgent        string        // default "cloudscript/" and Version
	MaxResponseBytes int64         // cap of a decompressed answer; default 16 MiB
	HeaderTimeout    time.Duration // from the start of an attempt to the answer's header; default 30 s
	TotalTimeout     time.Duration // for one attempt with its whole answer; default 2 min

	// IdleTimeout is how long a connection without a call is kept, where RoundTripper is
	// nil; default 15 s: Cloud Servers drops idle sessions after 20 (its spec, section 2).
	IdleTimeout time.Duration
}

// Transport is the innermost link: one HTTP exchange, and nothing that decides about
// another one. Redirects are an error that names the target, because the credentials in
// the header are for one host. Answers are decompressed, read whole, and capped while they
// are read. For a call that failed it tells, in Error.MayHaveActed, whether the request
// was written.
type Transport struct {
	options   TransportOptions
	redact    *Redactor
	userAgent []string // the header's value, shared by all requests
}

// NewTransport makes a Transport. It is safe for many goroutines.
func NewTransport(options TransportOptions, redact *Redactor) *Transport {
	if options.RoundTripper == nil {
		options.RoundTripper = newRoundTripper(options.IdleTimeout)
	}
	if options.Wrap != nil {
		options.RoundTripper = options.Wrap(options.RoundTripper)
	}
	if options.UserAgent == "" {
		options.UserAgent = "cloudscript/" + Version()
	}
	if options.MaxResponseBytes <= 0 {
		options.MaxResponseBytes = 16 << 20
	}
	if options.HeaderTimeout <= 0 {
		options.HeaderTimeout = 30 * time.Second
	}
	if options.TotalTimeout <= 0 {
		options.TotalTimeout = 2 * time.Minute
	}
	options.HeaderTimeout = min(options.HeaderTimeout, options.TotalTimeout)
	return &Transport{options: options, redact: redact, userAgent: []string{options.UserAgent}}
}

func newRoundTripper(idle time.Duration) *http.Transport {
	if idle <= 0 {
		idle = 15 * time.Second
	}
	// HTTP/1.1 alone is what both services speak, and it makes "was it written" a plain
	// question.
	protocols := &http.Protocols{}
	protocols.SetHTTP1(true)
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
		TLSHandshakeTimeout:    10 * time.Second,
		MaxIdleConns:           256,
		MaxIdleConnsPerHost:    64,
		IdleConnTimeout:        idle,
		MaxResponseHeaderBytes: 256 << 10,
		Protocols:              protocols,
	}
}

// CloseIdleConnections closes the connections that no call uses.
func (t *Transport) CloseIdleConnections() {
	if c, ok := t.options.RoundTripper.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

var (
	errHeaderTimeout = errors.New("no answer in time")
	errTotalTimeout  = errors.New("the answer took too long")
)

// Do performs one exchange.
func (t *Transport) Do(ctx context.Context, req *Request) (*Response, error) {
	attempt, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var answering atomic.Bool
	limit := time.AfterFunc(t.options.HeaderTimeout, func() {
		if answering.Load() {
			cancel(errTotalTimeout)
		}
		cancel(errHeaderTimeout)
	})
	defer limit.Stop()
	began := time.Now()

	var written atomic.Bool
	httpReq, err := t.httpRequest(httptrace.WithClientTrace(attempt, &httptrace.ClientTrace{
		// A second connection is asked for only when nothing was written to the first, or
		// when the request is a read.
		GetConn:      func(string) { written.Store(false) },
		WroteHeaders: func() { written.Store(true) },
	}), req)
	if err != nil {
		e := t.redact.NewError(req, KindBadRequest, "the URL cannot be used: "+err.Error())
		e.Cause = err
		return nil, e
	}
	usageFrom(ctx).attempt(len(req.Body))

	httpResp, err := t.options.RoundTripper.RoundTrip(httpReq)
	if err != nil {
		return nil, t.lost(ctx, attempt, req, err, written.Load())
	}
	defer func() { _ = httpResp.Body.Close() }()
	answering.Store(true)
	limit.Reset(t.options.TotalTimeout - time.Since(began))
	if e := t.redirected(req, httpResp); e != nil {
		return nil, e
	}
	body, err := t.read(httpResp)
	usageFrom(ctx).received(len(body))
	resp := &Response{Status: httpResp.StatusCode, Header: httpResp.Header, Body: body, Attempts: 1}
	if errors.Is(err, errTooLarge) {
		return nil, t.tooLarge(req, resp)
	}
	if err != nil {
		e := t.lost(ctx, attempt, req, err, true)
		e.Status = resp.Status
		return nil, e
	}
	return resp, nil
}

func (t *Transport) httpRequest(ctx context.Context, req *Request) (*http.Request, error) {
	var body io.Reader = http.NoBody
	if len(req.Body) > 0 {
		body = bytes.NewReader(req.Body)
	}
	httpReq, err := http.NewRequestWithContext(ctx, req.Method, req.URL, body)
	if err != nil {
		return nil, err
	}
	if httpReq.URL.Host == "" || httpReq.URL.Scheme != "http" && httpReq.URL.Scheme != "https" {
		return nil, fmt.Errorf("%q is not an http:// or https:// address", req.URL)
	}
	for name, values := range req.Header {
		httpReq.Header[name] = values
	}
	httpReq.Header["User-Agent"] = t.userAgent
	return httpReq, nil
}

var errTooLarge = errors.New("answer too large")

// read reads the body up to the cap. The count is of decompressed bytes, so that a small
// answer cannot unpack into a large one.
func (t *Transport) read(resp *http.Response) ([]byte, error) {
	limit := t.options.MaxResponseBytes
	if resp.ContentLength > limit {
		return nil, errTooLarge
	}
	if resp.ContentLength >= 0 && resp.Body != http.NoBody { // a HEAD states a length too
		b := make([]byte, resp.ContentLength)
		n, err := io.ReadFull(resp.Body, b)
		return b[:n], err
	}
	b, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	if int64(len(b)) > limit {
		return nil, errTooLarge
	}
	return b, err
}

func (t *Transport) tooLarge(req *Request, resp *Response) *Error {
	e := t.redact.AnswerError(req, resp, KindTooLarge,
		fmt.Sprintf("the answer is larger than %d bytes", t.options.MaxResponseBytes))
	e.Hint = "ask for less at once (a page of a list), or check that the URL is that of the API"
	return e
}

// lost is the error of an exchange that broke.
func (t *Transport) lost(ctx, attempt context.Context, req *Request, err error, written bool) *Error {
	var e *Error
	if errors.As(err, &e) {
		own := *e
		own.Op, own.Method, own.URL = req.Op, req.Method, t.redact.URL(req.URL)
		return &own
	}
	switch cause := context.Cause(attempt); {
	case ctx.Err() != nil:
		e = t.redact.Ended(ctx, req, "waiting for the answer", err)
	case cause == errHeaderTimeout:
		e = t.redact.NewError(req, KindTimeout, fmt.Sprintf("no answer within %v", t.options.HeaderTimeout))
		e.Cause = context.DeadlineExceeded
	case cause == errTotalTimeout:
		e = t.redact.NewError(req, KindTimeout, fmt.Sprintf("the answer was not complete within %v", t.options.TotalTimeout))
		e.Cause = context.DeadlineExceeded
	case written:
		e = t.redact.NewError(req, KindUnreachable, "the connection broke before the answer was complete: "+err.Error())
		e.Cause = err
	default:
		e = t.redact.NewError(req, KindUnreachable, "no connection to "+hostOf(req.URL)+": "+err.Error())
		e.Cause = err
	}
	e.MayHaveActed = written && req.Effect != EffectRead
	return e
}

// untrusted reports a server certificate that did not convince: another attempt will not
// convince either.
func untrusted(err error) bool {
	var cert *tls.CertificateVerificationError
	return errors.As(err, &cert)
}

func (t *Transport) redirected(req *Request, resp *http.Response) *Error {
	switch resp.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil
	}
	target := "no place that it names"
	if u, err := resp.Location(); err == nil {
		target = u.Scheme + "://" + u.Host
	}
	e := t.redact.AnswerError(req, &Response{Status: resp.StatusCode, Header: resp.Header, Attempts: 1}, KindRedirected,
		fmt.Sprintf("%s redirects to %s, and credentials are not sent on", hostOf(req.URL), target))
	e.Hint = "if that is the right place, configure its address"
	return e
}

func hostOf(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" {
		return "the server"
	}
	return u.Host
}
