package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/pflag"
)

// coverOptions are what the test command was asked for about coverage.
type coverOptions struct {
	cover   bool
	profile string
	min     string

	minimum   float64       // percent
	collected *testCoverage // nil: no coverage is asked for
}

func (o *coverOptions) flags(flags *pflag.FlagSet) {
	flags.BoolVar(&o.cover, "cover", false, "show how many lines of the scripts under test ran; with -v, which did not")
	flags.StringVar(&o.profile, "coverprofile", "", "count lines, and write how often each ran to a `FILE` in the form of lcov")
	flags.StringVar(&o.min, "cover-min", "", "count lines, and fail if less than so many `PERCENT` of them ran")
}

func (o *coverOptions) complete() error {
	if o.min != "" {
		percent, err := strconv.ParseFloat(strings.TrimSuffix(o.min, "%"), 64)
		if err != nil || !(0 <= percent && percent <= 100) {
			return &usageError{message: fmt.Sprintf("--cover-min %s: expected a percentage from 0 to 100", o.min), hint: "such as --cover-min 80"}
		}
		o.minimum = percent
	}
	if err := refuseScript("--coverprofile", o.profile, "lcov.info"); err != nil {
		return err
	}
	if o.cover || o.profile != "" || o.min != "" {
		o.collected = &testCoverage{files: map[string]map[int]int64{}}
	}
	return nil
}
