package stdlib

import (
	"context"
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
			Doc:  l.doc,
			Params: []runtime.Param{
				{Name: "message", Type: runtime.Handle, Required: true, Doc: "what to log; any value, as tostring gives it"},
				{Name: "fields", Type: runtime.Table, Doc: "more about it, by name"},
			},
			Example: "log." + l.name + `("rebooting", {server = "web1", attempt = 2})`,
			Inline: func(ctx context.Context, c *runtime.Call) (any, error) {
				logged := logger.Enabled(ctx, l.level)
				if !logged && !c.LogsTo() {
					return nil, nil
				}
				message, fields := c.Text(c.Handle("message")), c.Table("fields")
				size := leastSize(fields)
				c.Reserve(expansion * size)
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
