package main

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// outcome is how the run ended, in a few words.
func outcome(err error) string {
	switch code := exitCode(err); {
	case err == nil:
		return "succeeded"
	case code == exitInterrupted:
		return "interrupted"
	case isQuiet(err):
		return fmt.Sprintf("ended itself with status %d", code)
	default:
		return fmt.Sprintf("failed with exit code %d", code)
	}
}

// callError is what went wrong with a call; "" if nothing did.
func callError(c *reportCall) string {
	switch {
	case c.err != nil:
		return string(c.err.Kind) + ": " + c.err.Message
	case !c.ended:
		return "cut off by the end of the run"
	}
	return ""
}

// callTitle is what hovering over a call shows.
func callTitle(c *reportCall, end time.Time) string {
	lines := []string{fmt.Sprintf("%s (call %s, %s)", c.verb, c.path, c.effect)}
	if c.args != "" {
		lines = append(lines, c.args)
	}
	status := "succeeded"
	if text := callError(c); text != "" {
		status = text
	}
	timing := "took " + showDuration(c.took(end))
	if waited := c.waited(end); waited > 0 {
		timing += ", waited " + showDuration(waited)
	}
	lines = append(lines, status, timing)
	if n := len(c.requests); n > 0 {
		lines = append(lines, fmt.Sprintf("requests: %d, retries: %d", n, c.retries()))
	}
	return strings.Join(append(lines, requestLines(c.requests)...), "\n")
}

// showDuration is a duration for people: three digits or so.
func showDuration(d time.Duration) string {
	switch {
	case d <= 0:
		return "0s"
	case d >= time.Minute:
		return d.Round(time.Second).String()
	}
	digits := math.Floor(math.Log10(float64(d)))
	return d.Round(time.Duration(math.Pow(10, max(digits-2, 0)))).String()
}
