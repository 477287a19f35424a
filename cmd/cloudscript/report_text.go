package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/apiclient/lunanode"
	"github.com/cloudscript/cloudscript/runtime"
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

// lunaNode learns the account's key, and the part of it that each request
// carries. The other client tells the redactor itself.
func (r *runReport) lunaNode(source lunanode.CredentialSource) lunanode.CredentialSource {
	if r == nil {
		return source
	}
	return learntCredentials{source, r.redact}
}

type learntCredentials struct {
	lunanode.CredentialSource
	redact *apiclient.Redactor
}

func (l learntCredentials) Credentials(ctx context.Context) (lunanode.Credentials, error) {
	creds, err := l.CredentialSource.Credentials(ctx)
	l.redact.Learn(creds.APIKey)
	if half := len(creds.APIKey) / 2; half > 0 {
		l.redact.Learn(creds.APIKey[:half], creds.APIKey[half:])
	}
	return creds, err
}

// maxReportArgument is how many bytes of an argument are shown.
const maxReportArgument = 120

// text is a text without secrets and without what no page can show.
func (r *runReport) text(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) && c != '\n' && c != '\t' || c == '\uFFFE' || c == '\uFFFF' {
			return utf8.RuneError
		}
		return c
	}, r.redact.Text(s))
}

// arguments are a call's arguments on one line.
func (r *runReport) arguments(c *runtime.Call) string {
	opaque := map[string]bool{} // shown as their type in Lua
	for _, p := range c.Verb.Params {
		opaque[p.Name] = p.Type == runtime.Handle || p.Type == runtime.Callback
	}
	var parts []string
	for _, a := range c.Arguments() {
		text := fmt.Sprint(a.Value)
		if !opaque[a.Name] {
			text = shorten(r.redact.Text(argumentText(r.withoutSecretFields(a.Value))), maxReportArgument)
		}
		parts = append(parts, a.Name+"="+text)
	}
	return strings.Join(parts, ", ")
}

func argumentText(v any) string {
	if d, ok := v.(time.Duration); ok {
		return d.String()
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil { // such as a NaN
		return fmt.Sprint(v)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// secretField are the names of fields that tables hold secrets under. They are
// not declared where a table is passed on as it is, as by vm.call.
var secretField = regexp.MustCompile(`(?i)(pass|password|passwd|secret|token|key|signature)$`)

// withoutSecretFields is the value with its secrets replaced, at any depth, and
// learns them.
func (r *runReport) withoutSecretFields(v any) any {
	switch v := v.(type) {
	case map[string]any:
		clean := make(map[string]any, len(v))
		for name, field := range v {
			clean[name] = r.withoutSecretFields(field)
			if secretField.MatchString(name) {
				clean[name] = apiclient.Redacted
				if text, ok := field.(string); ok {
					r.redact.Learn(apiclient.Secret(text))
				}
			}
		}
		return clean
	case map[string]string:
		clean := make(map[string]any, len(v))
		for name, field := range v {
			clean[name] = field
		}
		return r.withoutSecretFields(clean)
	case []any:
		clean := make([]any, len(v))
		for i, item := range v {
			clean[i] = r.withoutSecretFields(item)
		}
		return clean
	}
	return v
}

// learn keeps the values of parameters whose names say that they are secret from
// the page.
func (r *runReport) learn(params map[string]any) {
	if r != nil {
		r.withoutSecretFields(params)
	}
}

// shorten cuts a text to a number of bytes, between characters.
func shorten(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	for limit > 0 && !utf8.RuneStart(text[limit]) {
		limit--
	}
	return text[:limit] + "…"
}

// asRuntimeError is the error in the form that it has for scripts.
func asRuntimeError(err error) *runtime.Error {
	var e *runtime.Error
	if err != nil && !errors.As(err, &e) {
		e = &runtime.Error{Kind: runtime.Internal, Message: err.Error()}
	}
	return e
}
