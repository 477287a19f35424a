package main

import (
	"cmp"
	"io"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/cloudscript/cloudscript/internal/clock"
	"github.com/cloudscript/cloudscript/internal/columns"
	"github.com/cloudscript/cloudscript/runtime"
)

// A progressDisplay shows what long calls wait for. On a terminal that is the last
// line, which is written anew as time goes on, gives way to whatever else is
// printed, and is gone when the calls have ended. Elsewhere it is a plain line, once
// in a while.
type progressDisplay struct {
	out   io.Writer
	width func() int       // of the terminal; nil: out is none
	now   func() time.Time // the time of the person who waits, in a rehearsal too

	// every calls f again and again until it is stopped.
	every func(interval time.Duration, f func()) (stop func())

	mu     sync.Mutex
	active map[call]*activity
	begun  int // activities so far
	shown  bool
	midway bool      // what else was printed has not ended its line: the cursor is behind it
	said   time.Time // the last plain line
	stop   func()    // nil: no ticks
	paused bool
}

// A call is one of a run's.
type call struct{ run, path string }

// An activity is a call that takes long.
type activity struct {
	runtime.ProgressEvent
	number  int // in the order in which they began
	since   time.Time
	changed time.Time
	before  int // what was done when it was first heard of
}

const (
	// patience is how long a call goes on before the line appears.
	patience = 300 * time.Millisecond
	// unansweredPatience is how long a call among others waits for an answer before
	// that is worth a word: in a loop, most are answered sooner.
	unansweredPatience = 2 * time.Second
	// paintInterval is how often the line is written anew.
	paintInterval = 200 * time.Millisecond

	plainPatience = 10 * time.Second
	plainInterval = 30 * time.Second
)

func newProgressDisplay(out io.Writer, width func() int) *progressDisplay {
	return &progressDisplay{out: out, width: width, now: time.Now, every: clock.Every}
}

// take is runtime.Config.OnProgress. It only notes the event: the next tick shows
// it, so that ten thousand items cost no more than ten.
func (d *progressDisplay) take(e runtime.ProgressEvent) {
	if e.Background {
		return // nobody waits for it
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	key := call{e.RunID, e.Path}
	now := d.now()
	switch a := d.active[key]; {
	case e.Ended:
		delete(d.active, key)
	case a == nil:
		if d.active == nil {
			d.active = map[call]*activity{}
		}
		d.begun++
		d.active[key] = &activity{ProgressEvent: e, number: d.begun, since: now, changed: now, before: e.Done}
	default:
		a.ProgressEvent, a.changed = e, now
	}
	if len(d.active) == 0 {
		d.clear()
	}
	d.tickWhileActive()
}

// pause shows nothing until resume: a person types.
func (d *progressDisplay) pause() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.clear()
	d.paused = true
	d.tickWhileActive()
}

func (d *progressDisplay) resume() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.paused = false
	d.tickWhileActive()
}

func (d *progressDisplay) tickWhileActive() {
	switch needed := len(d.active) > 0 && !d.paused; {
	case needed && d.stop == nil:
		interval := paintInterval
		if d.width == nil {
			interval = time.Second
		}
		d.stop = d.every(interval, d.tick)
	case !needed && d.stop != nil:
		d.stop()
		d.stop = nil
	}
}

func (d *progressDisplay) tick() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.active) == 0 || d.paused {
		return
	}
	now := d.now()
	first, latest := d.firstAndLatest(now)
	waited := now.Sub(first.since)
	text := first.text(now)
	if latest != nil {
		text += "; " + latest.text(now)
	}
	switch {
	case d.width == nil && waited >= plainPatience && now.Sub(d.said) >= plainInterval:
		d.said = now
		_, _ = io.WriteString(d.out, "cloudscript: "+text+"\n")
	case d.width != nil && waited >= patience && !d.midway:
		_, _ = io.WriteString(d.out, "\r"+columns.Fit(text, d.width()-1)+"\x1b[K")
		d.shown = true
	}
}

// firstAndLatest are the call that began first, and what was heard last of another,
// nil if there is none: of a loop over servers the loop, and the server that changed.
func (d *progressDisplay) firstAndLatest(now time.Time) (first, latest *activity) {
	for _, a := range d.active {
		if first == nil || a.number < first.number {
			first = a
		}
	}
	for _, a := range d.active {
		if a != first && !(a.Line == "" && now.Sub(a.since) < unansweredPatience) && (latest == nil || a.changed.After(latest.changed) || a.changed.Equal(latest.changed) && a.number > latest.number) {
			latest = a
		}
	}
	return first, latest
}

func (a *activity) text(now time.Time) string {
	line := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, cmp.Or(a.Line, "waiting for an answer"))
	text := a.Verb + ": " + line + ", " + wholeSeconds(now.Sub(a.since))
	if left := a.left(now); left > 0 {
		text += ", eta " + wholeSeconds(left)
	}
	return text
}

// left is how long it will probably take; 0 if that is not known.
func (a *activity) left(now time.Time) time.Duration {
	if !a.Until.IsZero() {
		return a.Until.Sub(now)
	}
	elapsed, done := now.Sub(a.since), a.Done-a.before
	if a.Total == 0 || done <= 0 || elapsed < 2*time.Second {
		return 0
	}
	return elapsed / time.Duration(done) * time.Duration(a.Total-a.Done)
}

func wholeSeconds(d time.Duration) string { return d.Round(time.Second).String() }

// end takes the line away for good.
func (d *progressDisplay) end() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.clear()
	d.active = nil
	d.tickWhileActive()
}

// clear takes the line away.
func (d *progressDisplay) clear() {
	if d.shown {
		_, _ = io.WriteString(d.out, "\r\x1b[K")
		d.shown = false
	}
}

// giveWay takes the line away until the next tick, and reports whether there was one.
func (d *progressDisplay) giveWay() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	shown := d.shown
	d.clear()
	return shown
}

// around is a writer that takes the line away before it writes to w.
func (d *progressDisplay) around(w io.Writer) io.Writer { return besideProgress{d, w} }

type besideProgress struct {
	display *progressDisplay
	w       io.Writer
}

func (b besideProgress) Write(p []byte) (int, error) {
	b.display.mu.Lock()
	defer b.display.mu.Unlock()
	b.display.clear()
	if len(p) > 0 {
		b.display.midway = p[len(p)-1] != '\n'
	}
	return b.w.Write(p)
}
