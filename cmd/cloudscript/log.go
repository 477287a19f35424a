package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"sync"
)

// scriptLog prints what scripts log: one line each, for people.
//
//	info: rebooting server=web1 attempt=2
type scriptLog struct {
	mu  *sync.Mutex
	out io.Writer
}

func newScriptLog(out io.Writer) *slog.Logger {
	return slog.New(scriptLog{mu: new(sync.Mutex), out: out})
}

// Enabled leaves log.debug out.
func (l scriptLog) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelInfo }

// Handle leaves out which run and which call it was: here there is one run.
func (l scriptLog) Handle(_ context.Context, r slog.Record) error {
	var b strings.Builder
	b.WriteString(strings.ToLower(r.Level.String()) + ": " + r.Message)
	r.Attrs(func(a slog.Attr) bool {
		if a.Key != "run" && a.Key != "call" {
			b.WriteString(" " + a.Key + "=" + quoteIfNeeded(a.Value.String()))
		}
		return true
	})
	l.mu.Lock()
	defer l.mu.Unlock()
	_, err := fmt.Fprintln(l.out, b.String())
	return err
}

// WithAttrs and WithGroup are not used by the standard library.
func (l scriptLog) WithAttrs([]slog.Attr) slog.Handler { return l }
func (l scriptLog) WithGroup(string) slog.Handler      { return l }

func quoteIfNeeded(text string) string {
	if text == "" || strings.ContainsAny(text, " =\"'") || strconv.Quote(text) != `"`+text+`"` {
		return strconv.Quote(text)
	}
	return text
}
