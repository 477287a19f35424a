package runtime

import (
	"log/slog"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/runtime/internal/vm"
)

// A LogEvent is one line that a script logged.
type LogEvent struct {
	RunID    string
	Task     string    // the branch of the run: "" is the main task, "7[3]" the third item of the parallel that was call 7
	Path     string    // of the call, in the run
	Time     time.Time // on the run's clock
	Level    slog.Level
	Message  string
	Attrs    []slog.Attr // what the script gave with it, by name; without the secret fields of the modules' objects
	Position Position    // the line of the script
}

// LogsTo reports whether the host wants LogEvents.
func (c *Call) LogsTo() bool { return c.task.run.rt.config.OnLog != nil }

// Log tells the host of a line that the script logged, and returns its fields as
// attributes for a logger. It is for Inline verbs, which count the line as output.
func (c *Call) Log(level slog.Level, message string, fields map[string]any) []slog.Attr {
	r := c.task.run
	attrs := make([]slog.Attr, 0, len(fields))
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		attrs = append(attrs, slog.Any(name, r.withoutSecrets(name, fields[name])))
	}
	if onLog := r.rt.config.OnLog; onLog != nil {
		file, line := vm.Line(c.thread)
		onLog(LogEvent{RunID: r.id, Task: strings.TrimSuffix(c.task.prefix, "."), Path: c.Path(), Time: r.clock.Now(), Level: level,
			Message: message, Attrs: slices.Clip(attrs), Position: Position{File: file, Line: line}})
	}
	return attrs
}

// WithoutSecrets is a value in Go form with the secret fields of the modules' objects
// replaced in it, as tables are shown: a copy where there are any.
func (c *Call) WithoutSecrets(v any) any { return c.task.run.withoutSecrets("", v) }

// hiddenSecret stands in log lines where a secret is.
const hiddenSecret = "[secret]"

// withoutSecrets is the value of a field, in Go form, with the secret fields of the
// modules' objects replaced in it: a copy where there are any.
func (r *run) withoutSecrets(name string, v any) any {
	switch {
	case r.isSecret(name):
		return hiddenSecret
	case !r.holdsSecret(name, v):
		return v
	}
	switch v := v.(type) {
	case map[string]any:
		fields := make(map[string]any, len(v))
		for name, field := range v {
			fields[name] = r.withoutSecrets(name, field)
		}
		return fields
	case map[string]string:
		fields := maps.Clone(v)
		for name := range fields {
			if r.isSecret(name) {
				fields[name] = hiddenSecret
			}
		}
		return fields
	case []any:
		items := make([]any, len(v))
		for i := range v {
			items[i] = r.withoutSecrets("", v[i])
		}
		return items
	}
	return v
}

// holdsSecret reports whether a field is secret, or has a secret one in it.
func (r *run) holdsSecret(name string, v any) bool {
	if r.isSecret(name) {
		return true
	}
	switch v := v.(type) {
	case map[string]any:
		for name, field := range v {
			if r.holdsSecret(name, field) {
				return true
			}
		}
	case map[string]string:
		for name := range v {
			if r.isSecret(name) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(v, func(item any) bool { return r.holdsSecret("", item) })
	}
	return false
}

func (r *run) isSecret(name string) bool { return slices.Contains(r.rt.catalogue.hidden, name) }
