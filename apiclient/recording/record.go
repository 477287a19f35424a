package recording

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptrace"
	"os"
	"sync"
	"sync/atomic"

	"github.com/cloudscript/cloudscript/apiclient"
)

// A Recorder writes exchanges into a file. It is safe for many goroutines.
type Recorder struct {
	redact apiclient.Redactor

	mu   sync.Mutex
	file io.WriteCloser
	err  error // the first
}

// Create makes the file, which must not exist yet, and writes the header.
func Create(path string, header Header) (*Recorder, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("%s exists, and a recording replaces nothing: %w", path, fs.ErrExist)
	}
	if err != nil {
		return nil, err
	}
	r := &Recorder{file: f}
	header.Version = formatVersion
	r.write(header)
	return r, r.err
}

// Close closes the file. The error is the first one that writing met: the recording is
// not complete then.
func (r *Recorder) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return errors.Join(r.err, r.file.Close())
}

// write writes one line. An error does not disturb the run that is recorded.
func (r *Recorder) write(line any) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(line)
	r.mu.Lock()
	defer r.mu.Unlock()
	if err == nil && r.err == nil {
		_, err = r.file.Write(b.Bytes())
	}
	if r.err == nil {
		r.err = err
	}
}

// Around returns a RoundTripper that records what next does.
func (r *Recorder) Around(next http.RoundTripper) http.RoundTripper {
	return &recorded{recorder: r, next: next, requestOf: requestOf, headerOf: headerOf}
}

type recorded struct {
	recorder  *Recorder
	next      http.RoundTripper
	requestOf requester
	headerOf  func(h http.Header, redact func(string) string) map[string][]string
}

// A requester makes an exchange of a request, without its answer and without secrets.
type requester func(req *http.Request, body []byte, redact *apiclient.Redactor) *exchange

// CloseIdleConnections closes those of the RoundTripper beneath.
func (t *recorded) CloseIdleConnections() {
	if c, ok := t.next.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

func (t *recorded) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := bodyOf(req)
	if err != nil {
		return nil, err
	}
	e := t.requestOf(req, body, &t.recorder.redact)
	var written atomic.Bool
	traced := req.WithContext(httptrace.WithClientTrace(req.Context(), &httptrace.ClientTrace{
		GetConn:      func(string) { written.Store(false) },
		WroteHeaders: func() { written.Store(true) },
	}))
	resp, err := t.next.RoundTrip(traced)
	if err != nil {
		e.Written, e.Error = written.Load(), t.recorder.text(err.Error())
		t.recorder.write(e)
		return nil, err
	}
	t.recorder.redact.Learn(apiclient.Secret(resp.Header.Get("X-Auth-Token")))
	e.Response = &reply{Status: resp.StatusCode, Header: t.headerOf(resp.Header, t.recorder.text)}
	resp.Body = &recordedBody{ReadCloser: resp.Body, recorder: t.recorder, exchange: e}
	return resp, nil
}

func (r *Recorder) text(s string) string { return withoutSecrets(s, &r.redact) }

// bodyOf reads a request's body and leaves it whole.
func bodyOf(req *http.Request) ([]byte, error) {
	if req.GetBody == nil { // apiclient's requests with a body have it
		return nil, nil
	}
	body, err := req.GetBody()
	if err != nil {
		return nil, err
	}
	defer body.Close()
	return io.ReadAll(body)
}

// A recordedBody keeps what is read of an answer, and writes the exchange when the
// client has done with it.
type recordedBody struct {
	io.ReadCloser
	recorder *Recorder
	exchange *exchange
	read     bytes.Buffer
	broken   error
	once     sync.Once
}

func (b *recordedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.read.Write(p[:n])
	if err != nil && err != io.EOF {
		b.broken = err
	}
	return n, err
}

func (b *recordedBody) Close() error {
	b.once.Do(func() {
		b.exchange.Response.setBody(b.read.Bytes(), b.recorder.text)
		if b.broken != nil {
			b.exchange.Written, b.exchange.Error = true, b.recorder.text(b.broken.Error())
		}
		b.recorder.write(b.exchange)
	})
	return b.ReadCloser.Close()
}
