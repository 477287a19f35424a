package apiclient

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func serve(t *testing.T, f http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	return server.URL
}

func newTransport(t *testing.T, options TransportOptions) *Transport {
	t.Helper()
	tr := NewTransport(options, &Redactor{})
	t.Cleanup(tr.CloseIdleConnections)
	return tr
}

func get(url string) *Request {
	return &Request{Op: "servers.list", Effect: EffectRead, Method: "GET", URL: url}
}

func post(url string) *Request {
	return &Request{Op: "servers.create", Effect: EffectCreate, Method: "POST", URL: url, Body: []byte(`{"server":{}}`)}
}

// failure performs the call and returns its error, with the server's port replaced.
func failure(t *testing.T, h Handler, req *Request) *Error {
	t.Helper()
	resp, err := h.Do(t.Context(), req)
	if err == nil {
		t.Fatalf("got an answer, want an error: %d %s", resp.Status, resp.Body)
	}
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("%T is no *Error: %v", err, err)
	}
	return e
}

func TestEveryRequestCarriesItsLengthAndTheProgramsName(t *testing.T) {
	var seen []string
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		seen = append(seen, fmt.Sprintf("%s %d %v %q %s %s %s", r.Method, r.ContentLength, r.TransferEncoding,
			r.Header.Get("Content-Length"), r.Header.Get("User-Agent"), r.Header.Get("X-Auth-Token"), body))
	})
	tr := newTransport(t, TransportOptions{})
	for _, req := range []*Request{
		{Method: "GET", URL: url},
		{Method: "POST", URL: url, Body: []byte("abc"), Header: http.Header{"X-Auth-Token": {"tok"}}},
		{Method: "POST", URL: url},
		{Method: "DELETE", URL: url},
	} {
		if _, err := tr.Do(t.Context(), req); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{
		`GET 0 [] "" cloudscript/dev  `,
		`POST 3 [] "3" cloudscript/dev tok abc`,
		`POST 0 [] "0" cloudscript/dev  `,
		`DELETE 0 [] "" cloudscript/dev  `,
	}
	if got := strings.Join(seen, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

func TestConnectionsAreUsedAgain(t *testing.T) {
	connections := map[string]bool{}
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		connections[r.RemoteAddr] = true
		_, _ = io.WriteString(w, "hello")
	})
	tr := newTransport(t, TransportOptions{})
	for range 5 {
		if _, err := tr.Do(t.Context(), get(url)); err != nil {
			t.Fatal(err)
		}
	}
	if len(connections) != 1 {
		t.Errorf("5 calls used %d connections", len(connections))
	}
}

func TestCompressedAnswersAreUnpacked(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept-Encoding") != "gzip" {
			t.Errorf("gzip was not asked for: %q", r.Header.Get("Accept-Encoding"))
		}
		w.Header().Set("Content-Encoding", "gzip")
		packed := gzip.NewWriter(w)
		_, _ = io.WriteString(packed, `{"servers":[]}`)
		_ = packed.Close()
	})
	resp, err := newTransport(t, TransportOptions{}).Do(t.Context(), get(url))
	if err != nil || string(resp.Body) != `{"servers":[]}` {
		t.Errorf("got %v, %v", resp, err)
	}
}

func TestAnswersAreCappedWhileTheyAreRead(t *testing.T) {
	kilobyte := bytes.Repeat([]byte("x"), 1024)
	for name, handler := range map[string]http.HandlerFunc{
		"its length says so": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "1073741824")
			_, _ = w.Write(kilobyte)
		},
		"without a length, a gigabyte": func(w http.ResponseWriter, r *http.Request) {
			for range 1 << 20 {
				if _, err := w.Write(kilobyte); err != nil {
					return
				}
			}
			t.Error("the whole gigabyte was read")
		},
		"packed small": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			packed := gzip.NewWriter(w)
			for range 4096 {
				_, _ = packed.Write(kilobyte)
			}
			_ = packed.Close()
		},
	} {
		t.Run(name, func(t *testing.T) {
			tr := newTransport(t, TransportOptions{MaxResponseBytes: 64 << 10})
			e := failure(t, tr, get(serve(t, handler)))
			if e.Kind != KindTooLarge || e.Message != "the answer is larger than 65536 bytes" {
				t.Errorf("got %v", e)
			}
		})
	}
	t.Run("just within the cap", func(t *testing.T) {
		url := serve(t, func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write(kilobyte) })
		resp, err := newTransport(t, TransportOptions{MaxResponseBytes: 1024}).Do(t.Context(), get(url))
		if err != nil || len(resp.Body) != 1024 {
			t.Errorf("got %v", err)
		}
	})
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	followed := false
	elsewhere := serve(t, func(w http.ResponseWriter, r *http.Request) { followed = true })
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, elsewhere+"/x?y=1", http.StatusFound)
	})
	req := get(url)
	req.Header = http.Header{"X-Auth-Token": {"tok"}}
	e := failure(t, newTransport(t, TransportOptions{}), req)
	want := fmt.Sprintf("servers.list: redirected: %s redirects to %s, and credentials are not sent on (HTTP 302, GET %s);"+
		" if that is the right place, configure its address", strings.TrimPrefix(url, "http://"), elsewhere, url)
	if e.Error() != want {
		t.Errorf("got  %s\nwant %s", e, want)
	}
	if followed {
		t.Error("the redirect was followed")
	}
}

func TestA304IsAnAnswer(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNotModified) })
	resp, err := newTransport(t, TransportOptions{}).Do(t.Context(), get(url))
	if err != nil || resp.Status != 304 {
		t.Errorf("got %v, %v", resp, err)
	}
}

// saying is a network without wires to a service that reads each request, says as much
// as it is given, and then nothing.
func saying(text string) *http.Transport {
	return &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		client, server := net.Pipe()
		go func() {
			defer server.Close()
			if r, err := http.ReadRequest(bufio.NewReader(server)); err == nil {
				_, _ = io.Copy(io.Discard, r.Body)
				_, _ = io.WriteString(server, text)
				_, _ = io.Copy(io.Discard, server) // until the client has gone
			}
		}()
		return client, nil
	}}
}

func TestSilenceEndsAtTheTimeouts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		e := failure(t, newTransport(t, TransportOptions{RoundTripper: saying("")}), post("http://h.test/"))
		if e.Kind != KindTimeout || e.Message != "no answer within 30s" || !e.MayHaveActed {
			t.Errorf("no header: got %v, may have acted: %v", e, e.MayHaveActed)
		}
		if !errors.Is(e, context.DeadlineExceeded) {
			t.Error("a timeout is not a context.DeadlineExceeded")
		}
		if took := time.Since(began); took != 30*time.Second {
			t.Errorf("no header: it took %v", took)
		}
		began = time.Now()
		e = failure(t, newTransport(t, TransportOptions{RoundTripper: saying("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{")}), get("http://h.test/"))
		if e.Kind != KindTimeout || e.Message != "the answer was not complete within 2m0s" {
			t.Errorf("no end: got %v", e)
		}
		if took := time.Since(began); took != 2*time.Minute {
			t.Errorf("no end: it took %v", took)
		}
	})
}

func TestTheCallersEndIsToldFromATimeout(t *testing.T) {
	started := make(chan struct{}, 1)
	released := make(chan struct{})
	url := serve(t, func(w http.ResponseWriter, r *http.Request) { started <- struct{}{}; <-released })
	t.Cleanup(func() { close(released) }) // before the server closes, which waits for its handlers
	tr := newTransport(t, TransportOptions{})
	for _, test := range []struct {
		cause error
		want  string
	}{
		{context.Canceled, "cancelled: cancelled while waiting for the answer"},
		{context.DeadlineExceeded, "timeout: the time allowed ran out while waiting for the answer"},
	} {
		ctx, cancel := context.WithCancelCause(t.Context())
		go func() { <-started; cancel(test.cause) }()
		_, err := tr.Do(ctx, post(url))
		var e *Error
		if !errors.As(err, &e) || string(e.Kind)+": "+e.Summary() != test.want || !e.MayHaveActed {
			t.Errorf("got %v, want %s", err, test.want)
		}
	}
}

func TestARefusedConnectionWroteNothing(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	_ = listener.Close()
	e := failure(t, newTransport(t, TransportOptions{}), post("http://"+address))
	want := "no connection to " + address + ": dial tcp " + address + ": connect: connection refused"
	if e.Kind != KindUnreachable || e.Message != want || e.MayHaveActed {
		t.Errorf("got %v, may have acted: %v", e, e.MayHaveActed)
	}
}

func TestABrokenConnectionMayHaveActed(t *testing.T) {
	for name, answer := range map[string]string{
		"before the answer": "",
		"in the header":     "HTTP/1.1 202 Accepted\r\nContent-Le",
		"in the body":       "HTTP/1.1 202 Accepted\r\nContent-Length: 100\r\n\r\n{\"server\":",
	} {
		t.Run(name, func(t *testing.T) {
			e := failure(t, newTransport(t, TransportOptions{}), post(hangUp(t, answer)))
			if e.Kind != KindUnreachable || !e.MayHaveActed || !strings.HasPrefix(e.Message, "the connection broke before the answer was complete: ") {
				t.Errorf("got %v, may have acted: %v", e, e.MayHaveActed)
			}
		})
	}
}

// hangUp serves one answer per connection, as text, and closes it.
func hangUp(t *testing.T, answer string) string {
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = io.WriteString(conn, answer)
		_ = conn.Close()
	})
}

// An idle connection that the server closes is noticed at the latest when it is used. A create on
// it reaches the server at most once, and an error says so if it may have.
func TestACreateOnAClosedIdleConnectionIsSentOnceAtMost(t *testing.T) {
	var posts atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == "POST" {
			posts.Add(1)
		}
	}))
	t.Cleanup(server.Close)
	tr := newTransport(t, TransportOptions{})
	for range 20 {
		if _, err := tr.Do(t.Context(), get(server.URL)); err != nil {
			t.Fatal(err)
		}
		server.CloseClientConnections()
		before := posts.Load()
		_, err := tr.Do(t.Context(), post(server.URL))
		var e *Error
		switch sent := posts.Load() - before; {
		case err == nil && sent != 1:
			t.Fatalf("the server saw %d creates for one that succeeded", sent)
		case err != nil && (!errors.As(err, &e) || sent > 1 || sent == 1 && !e.MayHaveActed):
			t.Fatalf("the server saw %d creates, and the error is %v", sent, err)
		}
	}
}

func TestAnUnusableURLIsSaidSo(t *testing.T) {
	for url, want := range map[string]string{
		"":               `bad_request: the URL cannot be used: "" is not an http:// or https:// address`,
		"ftp://h.test/":  `bad_request: the URL cannot be used: "ftp://h.test/" is not an http:// or https:// address`,
		"http://h\x7f/x": `bad_request: the URL cannot be used: parse "http://h\x7f/x": net/url: invalid control character in URL`,
	} {
		e := failure(t, newTransport(t, TransportOptions{}), get(url))
		if got := string(e.Kind) + ": " + e.Message; got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// A connTrace plays what net/http does around connections.
type connTrace func(trace *httptrace.ClientTrace)

func (f connTrace) RoundTrip(req *http.Request) (*http.Response, error) {
	f(httptrace.ContextClientTrace(req.Context()))
	return nil, errors.New("no luck")
}

func TestWhetherARequestWasWritten(t *testing.T) {
	for name, test := range map[string]struct {
		play  connTrace
		acted bool
	}{
		"no connection": {func(c *httptrace.ClientTrace) { c.GetConn("h:80") }, false},
		"written":       {func(c *httptrace.ClientTrace) { c.GetConn("h:80"); c.WroteHeaders() }, true},
		// net/http asks for another connection only when nothing reached the first.
		"an idle connection was closed, and there is no other": {
			func(c *httptrace.ClientTrace) { c.GetConn("h:80"); c.WroteHeaders(); c.GetConn("h:80") }, false},
		"written at the second": {
			func(c *httptrace.ClientTrace) {
				c.GetConn("h:80")
				c.WroteHeaders()
				c.GetConn("h:80")
				c.WroteHeaders()
			}, true},
	} {
		e := failure(t, newTransport(t, TransportOptions{RoundTripper: test.play}), post("http://h.test/"))
		if e.Kind != KindUnreachable || e.MayHaveActed != test.acted {
			t.Errorf("%s: may have acted: %v, %v", name, e.MayHaveActed, e)
		}
	}
}

// An endless body counts what is read of it.
type endless struct{ read int64 }

func (r *endless) Read(p []byte) (int, error) { r.read += int64(len(p)); return len(p), nil }
func (r *endless) Close() error               { return nil }

func TestNoMoreIsReadThanTheCap(t *testing.T) {
	body := &endless{}
	tr := newTransport(t, TransportOptions{MaxResponseBytes: 10_000})
	if _, err := tr.read(&http.Response{Body: body, ContentLength: -1}); !errors.Is(err, errTooLarge) || body.read > 10_001 {
		t.Errorf("read %d bytes, %v", body.read, err)
	}
}

// The length that a HEAD's answer states is that of a body which does not come.
func TestHeadHasNoBody(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "1000") })
	req := get(url)
	req.Method = http.MethodHead
	resp, err := newTransport(t, TransportOptions{}).Do(t.Context(), req)
	if err != nil || len(resp.Body) != 0 {
		t.Errorf("%+v, %v", resp, err)
	}
}

func TestIdleTimeout(t *testing.T) {
	for given, want := range map[time.Duration]time.Duration{0: 15 * time.Second, time.Second: time.Second} {
		if got := newTransport(t, TransportOptions{IdleTimeout: given}).options.RoundTripper.(*http.Transport).IdleConnTimeout; got != want {
			t.Errorf("%v became %v, want %v", given, got, want)
		}
	}
}
