package main

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/internal/nearest"
	"github.com/cloudscript/cloudscript/runtime"
	"github.com/spf13/pflag"
)

// limitNames are what --limit takes, in the order of the help, beside callsOf and verbs.
var limitNames = []string{"steps", "memory", "time", "calls", "tasks", "output", "recursion"}

// callsOf begins the name of a limit of the calls of some verbs: calls.servers.create.
const callsOf = "calls."

// callsOfHint goes with verbs that are none.
const callsOfHint = "behind calls. stands a verb, a pattern such as 'servers.*', or an effect (read, create, update, destroy)"

// limitOptions bound what runs.
type limitOptions struct {
	limit  []string
	limits runtime.Limits // what limit says
}

func (o *limitOptions) flags(flags *pflag.FlagSet, what string) {
	repeated(flags, &o.limit, "limit", "", "`NAME=VALUE`: bound "+what+"; NAME is one of "+strings.Join(limitNames, ", ")+
		", or calls. and a verb, pattern or effect: calls.servers.create=3, calls.destroy=10; may be repeated")
}

// parse reads the flags.
func (o *limitOptions) parse() error {
	o.limits = runtime.Limits{}
	for _, v := range o.limit {
		name, text, ok := strings.Cut(v, "=")
		if !ok {
			return &usageError{message: fmt.Sprintf("--limit %s: no value", v), hint: "write --limit NAME=VALUE, such as --limit calls=100"}
		}
		if !slices.Contains(limitNames, name) && !strings.HasPrefix(name, callsOf) {
			return &usageError{message: fmt.Sprintf("--limit %s: there is no limit %q", v, name), hint: limitHint(name)}
		}
		if err := setLimit(&o.limits, name, text); err != nil {
			return err
		}
	}
	return nil
}

// limitHint is what was meant by the name of a limit that there is not.
func limitHint(name string) string {
	if strings.Contains(name, ".") {
		if verbs, ok := strings.CutPrefix(name, "call."); ok {
			name = verbs
		}
		return "did you mean " + callsOf + name + "?"
	}
	for effect := runtime.Local; effect <= runtime.Destroy; effect++ {
		if name == effect.String() {
			return "did you mean " + callsOf + name + "?"
		}
	}
	if near := nearest.Name(name, limitNames); near != "" {
		return "did you mean " + near + "?"
	}
	return "the limits are " + strings.Join(limitNames, ", ") + ", and those of calls such as " + callsOf + "servers.create"
}

// check finds verbs that there are not.
func (o *limitOptions) check(rt *runtime.Runtime) error {
	for _, verbs := range slices.Sorted(maps.Keys(o.limits.CallsOf)) {
		if _, err := rt.Match(verbs); err != nil {
			return &usageError{message: fmt.Sprintf("--limit %s%s: %s", callsOf, verbs, err), hint: callsOfHint}
		}
	}
	return nil
}

func setLimit(limits *runtime.Limits, name, text string) error {
	switch name {
	case "time":
		d, err := parseDuration("--limit time", text)
		limits.Time = d
		return err
	case "memory", "output":
		n, err := parseSize(text)
		if err != nil {
			return &usageError{message: fmt.Sprintf("--limit %s=%s: %s", name, text, err), hint: fmt.Sprintf("write a size in bytes, such as --limit %s=64MB", name)}
		}
		if name == "memory" {
			limits.Memory = n
		} else {
			limits.Output = n
		}
		return nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n <= 0 || name == "tasks" && n > math.MaxInt32 {
		return &usageError{message: fmt.Sprintf("--limit %s=%s: not a whole number above zero", name, text), hint: fmt.Sprintf("such as --limit %s=1000", name)}
	}
	switch name {
	case "steps":
		limits.Steps = n
	case "calls":
		limits.Calls = n
	case "tasks":
		limits.Tasks = int(n)
	case "recursion":
		if n > runtime.MaxRecursion {
			return &usageError{message: fmt.Sprintf("--limit recursion=%s: the most is %d", text, runtime.MaxRecursion), hint: "without the limit, calls that nest so deep are an error that the script can catch"}
		}
		limits.Recursion = int(n)
	default:
		if limits.CallsOf == nil {
			limits.CallsOf = map[string]int64{}
		}
		limits.CallsOf[strings.TrimPrefix(name, callsOf)] = n
	}
	return nil
}

// sizeUnits are in bytes; the longer endings come first.
var sizeUnits = []struct {
	ending string
	bytes  int64
}{
	{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30},
	{"kB", 1e3}, {"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"B", 1}, {"", 1},
}

// parseSize reads a number of bytes such as "64MB" or "1GiB".
func parseSize(text string) (int64, error) {
	for _, unit := range sizeUnits {
		digits, ok := strings.CutSuffix(text, unit.ending)
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(strings.TrimSpace(digits), 10, 64)
		switch {
		case err != nil:
			return 0, fmt.Errorf("not a size")
		case n <= 0:
			return 0, fmt.Errorf("not above zero")
		case n > math.MaxInt64/unit.bytes:
			return 0, fmt.Errorf("too large")
		}
		return n * unit.bytes, nil
	}
	return 0, fmt.Errorf("not a size")
}

// parseDuration reads a duration above zero for a flag.
func parseDuration(flag, text string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	e := &usageError{hint: "write a number with a unit, such as 30s, 10m or 1h30m"}
	switch {
	case err != nil:
		e.message = fmt.Sprintf("%s %q: not a duration", flag, text)
	case d <= 0:
		e.message = fmt.Sprintf("%s %q: not above zero", flag, text)
	default:
		return d, nil
	}
	return 0, e
}
