package main

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/runtime"
)

// limitNames are what --limit takes, in the order of the help.
var limitNames = []string{"steps", "memory", "time", "calls", "tasks", "output"}

// parseLimits reads the values of --limit.
func parseLimits(values []string) (runtime.Limits, error) {
	var limits runtime.Limits
	for _, v := range values {
		name, text, ok := strings.Cut(v, "=")
		if !ok {
			return limits, &usageError{message: fmt.Sprintf("--limit %s: no value", v), hint: "write --limit NAME=VALUE, such as --limit calls=100"}
		}
		if !slices.Contains(limitNames, name) {
			return limits, &usageError{message: fmt.Sprintf("--limit %s: there is no limit %q", v, name), hint: "the limits are " + strings.Join(limitNames, ", ")}
		}
		if err := setLimit(&limits, name, text); err != nil {
			return limits, err
		}
	}
	return limits, nil
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
