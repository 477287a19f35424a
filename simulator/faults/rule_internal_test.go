package faults

import (
	"net/http/httptest"
	"testing"
)

func TestGlob(t *testing.T) {
	for _, test := range []struct {
		pattern, text string
		want          bool
	}{
		{"", "", true},
		{"", "a", false},
		{"*", "", true},
		{"*", "anything", true},
		{"servers.create", "servers.create", true},
		{"servers.create", "servers.creates", false},
		{"servers.create", "servers", false},
		{"servers.*", "servers.create", true},
		{"servers.*", "servers.", true},
		{"servers.*", "server.create", false},
		{"*.create", "vm.create", true},
		{"*.create", "vm.created", false},
		{"s*.c*e", "servers.create", true},
		{"s*.c*x*e", "servers.create", false},
		{"a*a", "a", false}, // the two ends must not share a letter
		{"a*a", "aa", true},
		{"a*b*c", "abc", true},
		{"a*b*c", "acb", false},
		{"**", "x", true},
	} {
		if got := glob(test.pattern, test.text); got != test.want {
			t.Errorf("glob(%q, %q) = %v, want %v", test.pattern, test.text, got, test.want)
		}
	}
}

func TestFits(t *testing.T) {
	for name, test := range map[string]struct {
		rule   Rule
		method string
		path   string
		want   bool
	}{
		"nothing set":            {Rule{}, "GET", "/v1.0/1/servers", true},
		"verb":                   {Rule{Method: "GET"}, "GET", "/v1.0/1/servers", true},
		"another verb":           {Rule{Method: "PUT"}, "GET", "/v1.0/1/servers", false},
		"end of path":            {Rule{Path: "/servers"}, "GET", "/v1.0/1/servers", true},
		"with a slash":           {Rule{Path: "/servers"}, "GET", "/v1.0/1/servers/", true},
		"not its end":            {Rule{Path: "/servers"}, "GET", "/v1.0/1/servers/5", false},
		"below":                  {Rule{Path: "/servers/*"}, "GET", "/v1.0/1/servers/5", true},
		"not below itself":       {Rule{Path: "/servers/*"}, "GET", "/v1.0/1/servers", false},
		"whole path":             {Rule{Path: "/v1.0/1/servers"}, "GET", "/v1.0/1/servers", true},
		"operation":              {Rule{Operation: "servers.*"}, "GET", "/v1.0/1/servers", true},
		"another of its names":   {Rule{Operation: "*.detail"}, "GET", "/v1.0/1/servers", true},
		"another operation":      {Rule{Operation: "images.*"}, "GET", "/v1.0/1/servers", false},
		"one of three is wrong":  {Rule{Operation: "servers.*", Method: "GET", Path: "/images"}, "GET", "/v1.0/1/servers", false},
		"all three":              {Rule{Operation: "servers.*", Method: "GET", Path: "/servers"}, "GET", "/v1.0/1/servers", true},
		"the query is not there": {Rule{Path: "limit=5"}, "GET", "/v1.0/1/servers?limit=5", false},
	} {
		if got := test.rule.fits(httptest.NewRequest(test.method, test.path, nil), []string{"servers.detail", "servers.list"}); got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}
