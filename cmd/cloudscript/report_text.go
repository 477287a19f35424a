package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// maxReportText bounds the bytes of output and log that a report keeps.
const maxReportText = 1 << 20

// A reportLine is something that the script printed, or a line that it logged.
type reportLine struct {
	at    time.Time
	level string // "" for output
	text  string
}

// addLine keeps a text without the secrets that are known by now.
func (r *runReport) addLine(level, text string) {
	text = r.redact.Text(text)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cut || r.size+len(text) > maxReportText {
		r.cut = true
		return
	}
	r.size += len(text)
	now := r.clock.Now()
	if last := len(r.lines) - 1; level == "" && last >= 0 && r.lines[last].level == "" && r.lines[last].at.Equal(now) {
		r.lines[last].text += text
		return
	}
	r.lines = append(r.lines, reportLine{now, level, text})
}

// output is a writer that keeps what it passes on to w.
func (r *runReport) output(w io.Writer) io.Writer {
	if r == nil {
		return w
	}
	return reportOutput{r, w}
}

type reportOutput struct {
	report *runReport
	w      io.Writer
}

func (o reportOutput) Write(p []byte) (int, error) {
	o.report.addLine("", string(p))
	return o.w.Write(p)
}

// logger keeps what it passes on to next.
func (r *runReport) logger(next *slog.Logger) *slog.Logger {
	if r == nil {
		return next
	}
	return slog.New(reportLog{next.Handler(), r})
}

type reportLog struct {
	slog.Handler
	report *runReport
}

func (l reportLog) Handle(ctx context.Context, record slog.Record) error {
	var b strings.Builder
	err := newScriptLog(&b).Handler().Handle(ctx, record)
	level, text, _ := strings.Cut(strings.TrimSuffix(b.String(), "\n"), ": ")
	l.report.addLine(level, text)
	return errors.Join(err, l.Handler.Handle(ctx, record))
}

// text is a text without secrets and without what no page can show.
func (r *runReport) text(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) && c != '\n' && c != '\t' || c == '\uFFFE' || c == '\uFFFF' {
			return utf8.RuneError
		}
		return c
	}, r.redact.Text(s))
}
