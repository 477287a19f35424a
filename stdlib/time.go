package stdlib

import (
	"context"
	"math"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/runtime"
)

func timeModule() runtime.Module {
	return runtime.Module{
		Name: "time",
		Doc:  "The run's clock. Moments are seconds since 1970-01-01T00:00:00Z, durations are seconds.",
		Verbs: []runtime.Verb{
			{
				Name:    "time.now",
				Doc:     "The present moment in seconds since 1970, with fractions.",
				Returns: "number",
				Example: `print(time.format(time.now()))`,
				Inline: func(_ context.Context, c *runtime.Call) (any, error) {
					return seconds(c.Clock().Now()), nil
				},
			},
			{
				Name:    "time.monotonic",
				Doc:     "Seconds since the run began. Use it to measure how long something took.",
				Returns: "number",
				Example: `local start = time.monotonic()
time.sleep("10ms")
assert(time.monotonic() - start >= 0.01)`,
				Inline: func(_ context.Context, c *runtime.Call) (any, error) {
					return c.Clock().Now().Sub(c.Started()), nil
				},
			},
			{
				Name:    "time.sleep",
				Doc:     "Waits. Other tasks go on meanwhile.",
				Params:  []runtime.Param{{Name: "duration", Type: runtime.Duration, Required: true, Doc: `how long: seconds, or text such as "10s"`}},
				Example: `time.sleep("1500ms")`,
				Func: func(ctx context.Context, c *runtime.Call) (any, error) {
					if d := c.Duration("duration"); d >= time.Second {
						c.Progress(ctx, runtime.Progress{Line: "waiting", Until: c.Clock().Now().Add(d)})
					}
					return nil, c.Clock().Sleep(ctx, c.Duration("duration"))
				},
			},
			{
				Name: "time.format",
				Doc:  "Writes a moment as RFC 3339 text in UTC, such as 2030-01-31T12:00:00Z.",
				Params: []runtime.Param{
					{Name: "moment", Type: runtime.Number, Doc: "seconds since 1970; now if absent"},
				},
				Returns: "string",
				Example: `assert(time.format(0) == "1970-01-01T00:00:00Z")`,
				Errors:  []runtime.Kind{runtime.BadRequest},
				Inline:  formatTime,
			},
			{
				Name:    "time.parse",
				Doc:     "Reads RFC 3339 text, with any zone, or a date alone. Returns seconds since 1970.",
				Params:  []runtime.Param{{Name: "text", Type: runtime.String, Required: true, MaxLen: 100, Doc: "such as 2030-01-31T12:00:00+02:00"}},
				Returns: "number",
				Example: `assert(time.parse("1970-01-02") == 86400)`,
				Errors:  []runtime.Kind{runtime.BadRequest},
				Inline:  parseTime,
			},
			{
				Name:    "time.duration",
				Doc:     "Turns a duration into seconds.",
				Params:  []runtime.Param{{Name: "text", Type: runtime.Duration, Required: true, Doc: `such as "1h30m"`}},
				Returns: "number",
				Example: `assert(time.duration("1h30m") == 5400)`,
				Inline: func(_ context.Context, c *runtime.Call) (any, error) {
					return c.Duration("text"), nil
				},
			},
			{
				Name:    "time.format_duration",
				Doc:     "Writes a duration for people, such as 1h30m or 2.5s.",
				Params:  []runtime.Param{{Name: "duration", Type: runtime.Duration, Required: true, Doc: "seconds"}},
				Returns: "string",
				Example: `assert(time.format_duration(5400) == "1h30m")`,
				Inline: func(_ context.Context, c *runtime.Call) (any, error) {
					return durationText(c.Duration("duration")), nil
				},
			},
		},
	}
}

func seconds(t time.Time) float64 { return float64(t.Unix()) + float64(t.Nanosecond())/1e9 }

// RFC 3339 has four digits for the year.
var (
	firstMoment = float64(time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC).Unix())
	lastMoment  = float64(time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC).Unix())
)

func formatTime(_ context.Context, c *runtime.Call) (any, error) {
	if !c.Has("moment") {
		return c.Clock().Now(), nil
	}
	moment := c.Number("moment")
	if !(moment >= firstMoment && moment <= lastMoment) {
		return nil, runtime.Errorf(runtime.BadRequest, "%g is not a moment between the years 0 and 9999", moment)
	}
	whole, fraction := math.Modf(moment)
	// A float64 of this size holds microseconds; more digits would be noise.
	return time.Unix(int64(whole), int64(math.Round(fraction*1e6))*1000), nil
}

func parseTime(_ context.Context, c *runtime.Call) (any, error) {
	text := c.String("text")
	for _, layout := range []string{time.RFC3339Nano, time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return seconds(t), nil
		}
	}
	e := runtime.Errorf(runtime.BadRequest, "%q is not an RFC 3339 time", text)
	e.Hint = "write 2030-01-31T12:00:00Z, 2030-01-31T12:00:00+02:00 or 2030-01-31"
	return nil, e
}

// durationText is Duration.String without the parts that are zero at the end.
func durationText(d time.Duration) string {
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}
