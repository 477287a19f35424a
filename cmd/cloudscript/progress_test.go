package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/runtime"
)

// A watch is a progress display on an invented screen, and the time of who looks.
type watch struct {
	*progressDisplay
	screen strings.Builder
	at     time.Time
	tick   func() // nil while nothing ticks
}

func newWatch(width int) *watch {
	w := &watch{at: time.Unix(0, 0)}
	w.progressDisplay = &progressDisplay{out: &w.screen, now: func() time.Time { return w.at }}
	if width > 0 {
		w.width = func() int { return width }
	}
	w.every = func(_ time.Duration, f func()) func() {
		w.tick = f
		return func() { w.tick = nil }
	}
	return w
}

// after lets time pass and returns what was written at the end of it.
func (w *watch) after(seconds float64) string {
	w.screen.Reset()
	w.at = w.at.Add(time.Duration(seconds * float64(time.Second)))
	if w.tick != nil {
		w.tick()
	}
	return w.screen.String()
}

func event(path, verb, line string, done, total int) runtime.ProgressEvent {
	return runtime.ProgressEvent{Path: path, Verb: verb, Progress: runtime.Progress{Line: line, Done: done, Total: total}}
}

func TestProgressOnATerminal(t *testing.T) {
	w := newWatch(60)
	steps := []struct {
		do   func()
		wait float64
		want string
	}{
		{nil, 60, ""},
		{func() { w.take(event("1", "parallel.each", "0 of 40", 0, 40)) }, 0.2, ""}, // it may be over soon
		{nil, 0.8, "\rparallel.each: 0 of 40, 1s\x1b[K"},
		{func() { w.take(event("1", "parallel.each", "10 of 40", 10, 40)) }, 19, "\rparallel.each: 10 of 40, 20s, eta 1m0s\x1b[K"},
		{func() { w.take(event("1[11].1", "servers.wait", "server 11 BUILD 0%", 0, 100)) }, 0,
			"\rparallel.each: 10 of 40, 20s, eta 1m0s; servers.wait: serv…\x1b[K"},
		{func() { w.take(runtime.ProgressEvent{Path: "1[11].1", Ended: true}) }, 0, "\rparallel.each: 10 of 40, 20s, eta 1m0s\x1b[K"},
		{func() { w.take(runtime.ProgressEvent{Path: "1", Ended: true}) }, 1, ""},
		{func() {
			p := event("2", "retry", "call 1 of 5 failed (over_limit), waiting", 0, 0)
			p.Until = w.at.Add(90 * time.Second)
			w.take(p)
		}, 30, "\rretry: call 1 of 5 failed (over_limit), waiting, 30s, eta …\x1b[K"},
		{func() { w.take(event("2", "vm.wait", "a\nname\x1b[2J", 0, 0)) }, 0, "\rvm.wait: a name [2J, 30s\x1b[K"},
	}
	for i, s := range steps {
		if s.do != nil {
			s.do()
		}
		if got := w.after(s.wait); got != s.want {
			t.Errorf("step %d: got  %q\nwant %q", i, got, s.want)
		}
	}
	if w.end(); w.screen.String() == "" || w.tick != nil {
		t.Errorf("at the end: %q, ticking: %v", w.screen.String(), w.tick != nil)
	}
}

func TestProgressGivesWayToOutput(t *testing.T) {
	w := newWatch(40)
	out := w.around(&w.screen)
	w.take(event("1", "servers.wait", "web1 40%", 40, 100))
	line := "\rservers.wait: web1 40%, 1s\x1b[K"
	if got := w.after(1); got != line {
		t.Fatalf("got %q", got)
	}
	w.screen.Reset()
	fmt.Fprintln(out, "printed")
	if got := w.screen.String(); got != "\r\x1b[Kprinted\n" {
		t.Errorf("over the line: %q", got)
	}
	w.after(1)
	w.screen.Reset()
	fmt.Fprint(out, "half a ")
	if got := w.after(1); got != "" {
		t.Errorf("over half a line: %q", got)
	}
	fmt.Fprintln(out, "line")
	if got := w.after(1); got == "" {
		t.Error("nothing behind a whole line")
	}
}

func TestProgressElsewhereIsAPlainLineOnceInAWhile(t *testing.T) {
	w := newWatch(0)
	var got strings.Builder
	for second := range 100 {
		w.take(event("1", "parallel.each", fmt.Sprintf("%d of 200", second), second, 200))
		got.WriteString(w.after(1))
	}
	want := "cloudscript: parallel.each: 9 of 200, 10s, eta 3m32s\n" +
		"cloudscript: parallel.each: 39 of 200, 40s, eta 2m45s\n" +
		"cloudscript: parallel.each: 69 of 200, 1m10s, eta 2m13s\n" +
		"cloudscript: parallel.each: 99 of 200, 1m40s, eta 1m42s\n"
	if got.String() != want {
		t.Errorf("got\n%swant\n%s", got.String(), want)
	}
	w.take(runtime.ProgressEvent{Path: "1", Ended: true})
	w.take(event("2", "time.sleep", "waiting", 0, 0))
	if got := w.after(9); got != "" {
		t.Errorf("another call: %q after 9 s", got)
	}
}

func TestProgressOfCallsThatOnlyWait(t *testing.T) {
	w := newWatch(80)
	w.take(event("1", "vm.create", "", 0, 0))
	if got, want := w.after(1), "\rvm.create: waiting for an answer, 1s\x1b[K"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	w.take(event("2", "servers.get", "", 0, 0))
	if got, want := w.after(1), "\rvm.create: waiting for an answer, 2s\x1b[K"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := w.after(1), "\rvm.create: waiting for an answer, 3s; servers.get: waiting for an answer, 2s\x1b[K"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
