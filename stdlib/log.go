package stdlib

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/cloudscript/cloudscript/runtime"
)

func logModule(logger *slog.Logger) runtime.Module {
	m := runtime.Module{Name: "log", Doc: "Log lines, with fields. They go where the host puts them, on the command line to standard error."}
	for _, l := range []struct {
		name  string
		level slog.Level
		doc   string
	}{
		{"debug", slog.LevelDebug, "Logs what only somebody looking for a mistake wants to know."},
		{"info", slog.LevelInfo, "Logs what happened."},
		{"warn", slog.LevelWarn, "Logs what may need attention."},
		{"error", slog.LevelError, "Logs what went wrong. The script goes on; error() ends it."},
	} {
		m.Verbs = append(m.Verbs, runtime.Verb{
			Name: "log." + l.name,
			Doc:  l.doc + fmt.Sprintf(" A line takes about %d,000 values or %d MiB of text.", maxLine/valueSize/1000, maxLine>>20),
			Params: []runtime.Param{
				{Name: "message", Type: runtime.Handle, Required: true, Doc: "what to log; any value, as tostring gives it"},
				{Name: "fields", Type: runtime.Table, Doc: "more about it, by name"},
			},
			Errors:  []runtime.Kind{runtime.BadRequest},
			Example: "log." + l.name + `("rebooting", {server = "web1", attempt = 2})`,
			Inline: func(ctx context.Context, c *runtime.Call) (any, error) {
				logged := logger.Enabled(ctx, l.level)
				if !logged && !c.LogsTo() {
					return nil, nil
				}
				message, fields := c.Text(c.Handle("message")), c.Table("fields")
				size := leastSize(fields)
				c.Reserve(expansion * size)
				if lineSize(message)+lineSize(fields) > maxLine {
					return nil, runtime.Errorf(runtime.BadRequest, "the message and its fields are too large for a log line, which takes about %d,000 values or %d MiB of text", maxLine/valueSize/1000, maxLine>>20)
				}
				c.CountOutput(int64(len(message)) + 4*size) // about what is written
				attrs := c.Log(l.level, message, fields)
				if !logged {
					return nil, nil
				}
				record := slog.NewRecord(c.Clock().Now(), l.level, message, 0)
				record.AddAttrs(attrs...)
				record.AddAttrs(slog.String("run", c.RunID()), slog.String("call", c.Path()))
				return nil, logger.Handler().Handle(ctx, record)
			},
		})
	}
	return m
}

// What a host's logger does with a line cannot be stopped. It takes some 5 ns for each byte
// of text, and as long for a value as for a hundred of them.
const (
	valueSize = 100
	maxLine   = 4 << 20
)

// lineSize is what a value in Go form counts for in a line.
func lineSize(v any) int {
	size := valueSize
	switch v := v.(type) {
	case string:
		size += len(v)
	case []any:
		for _, element := range v {
			size += lineSize(element)
		}
	case map[string]any:
		for name, element := range v {
			size += len(name) + lineSize(element)
		}
	}
	return size
}
