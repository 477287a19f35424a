package recording

import (
	"encoding/base64"
	"net/http"
	"time"
	"unicode/utf8"
)

// formatVersion is raised when older programs could not read a file rightly.
const formatVersion = 1

// A Header is a recording's first line: what a replay needs beside the exchanges.
type Header struct {
	Version int       `json:"version"`
	Start   time.Time `json:"start"` // when the run began
	Seed    uint64    `json:"seed"`  // of its random numbers
}

// An exchange is a request and what came of it.
type exchange struct {
	Call     string `json:"call"`              // see callOf
	Body     string `json:"body,omitempty"`    // of the request
	Written  bool   `json:"written,omitempty"` // the request reached the connection; for Error
	Error    string `json:"error,omitempty"`   // how the connection failed
	Response *reply `json:"response,omitempty"`
}

// same reports whether two requests ask for the same.
func (e *exchange) same(other *exchange) bool { return e.Call == other.Call && e.Body == other.Body }

// A reply is an answer. Base64 is set for a body that is no text.
type reply struct {
	Status int                 `json:"status"`
	Header map[string][]string `json:"header,omitempty"`
	Body   string              `json:"body,omitempty"`
	Base64 bool                `json:"base64,omitempty"`
}

// keptHeaders are the headers of answers that clients read.
var keptHeaders = []string{
	"Cache-Control", "Content-Type", "Date", "Last-Modified", "Retry-After",
	"X-Auth-Token", "X-Auth-Token-Expires", "X-Server-Management-Url", "X-Storage-Url", "X-Cdn-Management-Url",
	"X-Request-Id", "X-Compute-Request-Id", "X-Openstack-Request-Id", "X-Trans-Id", "Location",
}

func (r *reply) setBody(body []byte, redact func(string) string) {
	if !utf8.Valid(body) {
		r.Body, r.Base64 = base64.StdEncoding.EncodeToString(body), true
		return
	}
	r.Body = redact(string(body))
}

func (r *reply) bytes() ([]byte, error) {
	if r.Base64 {
		return base64.StdEncoding.DecodeString(r.Body)
	}
	return []byte(r.Body), nil
}

func headerOf(h http.Header, redact func(string) string) map[string][]string {
	kept := map[string][]string{}
	for _, name := range keptHeaders {
		for _, value := range h.Values(name) {
			if name == "X-Auth-Token" {
				value = replayedToken
			}
			kept[name] = append(kept[name], redact(value))
		}
	}
	return kept
}

// replayedToken stands in a recording where a token was, and opens a replay.
const replayedToken = "recorded"
