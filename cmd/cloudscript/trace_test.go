package main

import (
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
)

func TestTraceIsOneLineForEachCall(t *testing.T) {
	var out strings.Builder
	trace, pauses := tracer(&out)
	pauses(t.Context(), apiclient.Pause{Op: "servers.create", For: 20 * time.Second, Attempt: 7, Err: &apiclient.Error{Kind: apiclient.KindOverLimit, Message: "Too many requests..."}})
	for _, e := range []apiclient.Event{
		{Op: "servers.list", Method: "GET", URL: "/servers/detail", Status: 200, Duration: 12345678 * time.Nanosecond, Attempts: 1, BytesReceived: 4096},
		{Op: "servers.delete", Method: "DELETE", URL: "/servers/17", Status: 202, Duration: 31 * time.Second, Held: 30 * time.Second, Attempts: 1},
		{Op: "servers.create", Method: "POST", URL: "/servers", Status: 202, Duration: time.Second, Held: time.Microsecond, Adopted: true, Attempts: 1, BytesSent: 120},
		{Op: "servers.create", Method: "POST", URL: "/servers", Status: 413, Duration: 3 * time.Second, Attempts: 3, BytesSent: 120, BytesReceived: 80, RequestID: "r-17",
			Err: &apiclient.Error{Kind: apiclient.KindOverLimit}},
		{Op: "auth", Method: "GET", URL: "https://auth.example.test/v1.0", Duration: time.Minute, Attempts: 2, Err: &apiclient.Error{Kind: apiclient.KindUnreachable}},
	} {
		trace(t.Context(), e)
	}
	want := `trace: servers.create waits 20s after over_limit: Too many requests... (attempt 7)
trace: servers.list, 200, 12.346ms, 0 B out, 4096 B in, GET /servers/detail
trace: servers.delete, 202, 31s, 0 B out, 0 B in, held back 30s for a rate limit, DELETE /servers/17
trace: servers.create, 202, 1s, 120 B out, 0 B in, answer lost, what it made was found, POST /servers
trace: servers.create, 413 over_limit, 3s, 120 B out, 80 B in, 2 retries, id r-17, POST /servers
trace: auth, no answer unreachable, 1m0s, 0 B out, 0 B in, 1 retry, GET https://auth.example.test/v1.0
`
	if got := out.String(); got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
}
