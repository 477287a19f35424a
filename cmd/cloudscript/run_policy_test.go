package main

import (
	"strings"
	"testing"
)

func TestPolicyReportsAreSorted(t *testing.T) {
	for want, verbs := range map[string][]string{
		"least policy: --allow local\n":                                   nil,
		"least policy: --allow a.get --allow b.list --allow b.list_all\n": {"b.list_all", "a.get", "b.list"},
	} {
		report := newPolicyReport(true)
		for _, v := range verbs {
			report.verbs[v] = true
		}
		var out strings.Builder
		report.write(&out)
		if out.String() != want {
			t.Errorf("got %q, want %q", &out, want)
		}
	}
}

func TestNoPolicyReport(t *testing.T) {
	report := newPolicyReport(false)
	var out strings.Builder
	report.write(&out)
	if report.link() != nil || out.Len() > 0 {
		t.Errorf("a report that nobody asked for: %q", &out)
	}
}
