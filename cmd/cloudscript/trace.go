package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
)

// envTrace turns --trace on without the flag.
const envTrace = "CLOUDSCRIPT_TRACE"

// tracer prints one line for each call of a cloud, and one for each pause of a second and
// more in it. The clients have taken the secrets out.
func tracer(out io.Writer) (apiclient.Tracer, apiclient.PauseObserver) {
	var mu sync.Mutex // whole lines, whatever task they come from
	print := func(line string) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Fprintln(out, line)
	}
	return func(_ context.Context, e apiclient.Event) { print(traceLine(e)) },
		func(_ context.Context, p apiclient.Pause) { print("trace: " + p.Op + " " + p.String()) }
}

// lostAnswer is what is said of an apiclient.Event that was adopted.
const lostAnswer = "answer lost, what it made was found"

// traceLine is the verb, what became of it, how long it took, the bytes sent and
// received, the repetitions, whether the answer was lost, the wait for a rate limit, and where it went.
func traceLine(e apiclient.Event) string {
	outcome := "no answer"
	if e.Status != 0 {
		outcome = fmt.Sprint(e.Status)
	}
	if e.Err != nil {
		outcome += " " + string(e.Err.Kind)
	}
	parts := []string{"trace: " + e.Op, outcome, e.Duration.Round(time.Microsecond).String(), fmt.Sprintf("%d B out", e.BytesSent), fmt.Sprintf("%d B in", e.BytesReceived)}
	switch retries := e.Attempts - 1; {
	case retries == 1:
		parts = append(parts, "1 retry")
	case retries > 1:
		parts = append(parts, fmt.Sprintf("%d retries", retries))
	}
	if e.Adopted {
		parts = append(parts, lostAnswer)
	}
	if e.Held >= time.Millisecond { // less is the lock, not a limit
		parts = append(parts, "held back "+e.Held.Round(time.Millisecond).String()+" for a rate limit")
	}
	if e.RequestID != "" {
		parts = append(parts, "id "+e.RequestID)
	}
	return strings.Join(append(parts, e.Method+" "+e.URL), ", ")
}
