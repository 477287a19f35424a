package recording

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"os"
	"sync"

	"github.com/cloudscript/cloudscript/apiclient"
)

// A Replay answers requests from a recording. It is safe for many goroutines.
type Replay struct {
	Header

	path   string
	redact apiclient.Redactor

	mu        sync.Mutex
	exchanges []*exchange // nil where it was served
}

// Open reads a recording. The error names the line that cannot be understood.
func Open(path string) (*Replay, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := &Replay{path: path}
	lines := bufio.NewReader(f)
	for n := 1; ; n++ {
		line, err := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			if err := r.add(n, line); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", path, n, err)
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	if r.Version == 0 {
		return nil, fmt.Errorf("%s: it is empty, and no recording", path)
	}
	return r, nil
}

func (r *Replay) add(n int, line []byte) error {
	if n == 1 {
		err := json.Unmarshal(line, &r.Header)
		if err == nil && r.Version != formatVersion {
			err = fmt.Errorf("no recording of version %d, which is what this program reads", formatVersion)
		}
		return err
	}
	var e exchange
	if err := json.Unmarshal(line, &e); err != nil {
		return err
	}
	if e.Call == "" || e.Response == nil && e.Error == "" {
		return errors.New("no exchange: it has no call, or neither response nor error")
	}
	if e.Response != nil {
		if e.Response.Status < 100 || e.Response.Status > 999 {
			return fmt.Errorf("the response's status is %d, which is none of HTTP", e.Response.Status)
		}
		if _, err := e.Response.bytes(); err != nil {
			return fmt.Errorf("the response's body: %w", err)
		}
	}
	r.exchanges = append(r.exchanges, &e)
	return nil
}

// Left is the number of exchanges that were not asked for.
func (r *Replay) Left() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	left := 0
	for _, e := range r.exchanges {
		if e != nil {
			left++
		}
	}
	return left
}

// RoundTrip answers from the recording. The error of a request that it has no answer to is
// an *apiclient.Error.
func (r *Replay) RoundTrip(req *http.Request) (*http.Response, error) {
	return r.serve(req, requestOf)
}

func (r *Replay) serve(req *http.Request, requestOf requester) (*http.Response, error) {
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	body, err := bodyOf(req)
	if err != nil {
		return nil, err
	}
	wanted := requestOf(req, body, &r.redact)
	e, err := r.take(wanted)
	if err != nil {
		return nil, err
	}
	trace := httptrace.ContextClientTrace(req.Context())
	if trace != nil && trace.WroteHeaders != nil && (e.Response != nil || e.Written) {
		trace.WroteHeaders()
	}
	if e.Response == nil {
		return nil, errors.New(e.Error)
	}
	return e.answer(req)
}

// take finds the first exchange with the same call that was not served yet.
func (r *Replay) take(wanted *exchange) (*exchange, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	others := 0 // calls of the same name with another body
	var next *exchange
	for i, e := range r.exchanges {
		switch {
		case e == nil:
			continue
		case e.same(wanted):
			r.exchanges[i] = nil
			return e, nil
		case e.Call == wanted.Call:
			others++
		}
		if next == nil {
			next = e
		}
	}
	return nil, r.miss(wanted, next, others)
}

func (r *Replay) miss(wanted, next *exchange, others int) *apiclient.Error {
	e := &apiclient.Error{
		Kind:    apiclient.KindNotRecorded,
		Message: fmt.Sprintf("%s holds no answer to %s that was not given yet", r.path, wanted.Call),
		Hint:    "the script does not do what it did when it was recorded; record it again",
	}
	switch {
	case others > 0:
		e.Message += ", only to the same call with other arguments"
	case next == nil:
		e.Message += ": all its exchanges were served"
	default:
		e.Message += ": the next one is of " + next.Call
	}
	return e
}

// answer is the response as it came. A body that broke off breaks off again.
func (e *exchange) answer(req *http.Request) (*http.Response, error) {
	body, err := e.Response.bytes()
	if err != nil {
		return nil, err // Open has read it already
	}
	var reader io.Reader = bytes.NewReader(body)
	length := int64(len(body))
	if e.Error != "" {
		reader, length = io.MultiReader(reader, failing{errors.New(e.Error)}), -1
	}
	return &http.Response{
		Status: fmt.Sprintf("%d %s", e.Response.Status, http.StatusText(e.Response.Status)), StatusCode: e.Response.Status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header(e.Response.Header).Clone(), Body: io.NopCloser(reader), ContentLength: length, Request: req,
	}, nil
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
