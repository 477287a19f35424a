package main

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/runtime"
	"github.com/google/go-cmp/cmp"
)

func TestWhatACallWaited(t *testing.T) {
	end := reportEpoch.Add(time.Hour)
	request := func(duration, held time.Duration, attempts int) reportRequest {
		return reportRequest{duration: duration * time.Second, held: held * time.Second, attempts: attempts}
	}
	for name, test := range map[string]struct {
		call reportCall
		want time.Duration
	}{
		"a sleep":                  {reportCall{}, 60 * time.Second},
		"between requests":         {reportCall{requests: []reportRequest{request(10, 0, 1), request(5, 0, 1)}}, 45 * time.Second},
		"held back":                {reportCall{requests: []reportRequest{request(60, 50, 1)}}, 50 * time.Second},
		"repeated":                 {reportCall{requests: []reportRequest{request(20, 0, 3), request(30, 0, 1)}}, 30 * time.Second},
		"requests side by side":    {reportCall{requests: []reportRequest{request(50, 0, 1), request(50, 0, 1)}}, 0},
		"functions of the script":  {reportCall{callsBack: true}, 0},
		"a call without an answer": {reportCall{requests: []reportRequest{request(60, 0, 1)}}, 0},
	} {
		test.call.start, test.call.end, test.call.ended = reportEpoch, reportEpoch.Add(time.Minute), true
		if got := test.call.waited(end); got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
	if got := (&reportCall{start: reportEpoch}).waited(end); got != time.Hour {
		t.Errorf("cut off: %v", got)
	}
}

func TestWhatHoveringShows(t *testing.T) {
	c := drawn(1, "4[2].1", "servers.get", 0, 20)
	c.args, c.effect = `id="17"`, runtime.Read
	ok := reportRequest{op: "servers.get", method: "GET", url: "/servers/17", status: 200, attempts: 1}
	c.requests = []reportRequest{ok, ok, ok, {method: "GET", url: "/servers/17", kind: "unreachable", attempts: 3, duration: 12 * time.Second, held: 1500 * time.Millisecond}}
	c.err = &runtime.Error{Kind: runtime.Unreachable, Message: "no answer"}
	want := `servers.get (call 4[2].1, read)
id="17"
unreachable: no answer
took 20s, waited 20s
requests: 4, retries: 2
GET /servers/17 → 200 ×3
GET /servers/17 → no answer unreachable, 3 attempts in 12s, held back for 1.5s`
	if diff := cmp.Diff(want, callTitle(c, reportEpoch)); diff != "" {
		t.Errorf("(- want, + got):\n%s", diff)
	}
	if got, want := callTitle(drawn(1, "1", "show", 0, 0), reportEpoch), "show (call 1, local)\nsucceeded\ntook 0s"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestALostAnswerIsTold(t *testing.T) {
	r := newRunReport("", "")
	r.addRequest(t.Context(), apiclient.Event{Method: "POST", URL: "/servers", Status: 202, Attempts: 1, Adopted: true})
	want := []string{"POST /servers → 202, answer lost, what it made was found"}
	if got := requestLines(r.loose); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestManyRequestsAreCutShort(t *testing.T) {
	var requests []reportRequest
	for i := range 20 {
		requests = append(requests, reportRequest{method: "GET", url: fmt.Sprint("/", i/2), status: 200, attempts: 1})
	}
	lines := requestLines(requests)
	if len(lines) != 9 || lines[7] != "GET /7 → 200 ×2" || lines[8] != "… and 4 more requests" {
		t.Errorf("got\n%s", strings.Join(lines, "\n"))
	}
}

func TestTheParameterAgainstCachesIsLeftOut(t *testing.T) {
	for address, want := range map[string]string{
		"/servers/7?fresh=dn1fn9": "/servers/7", "/servers?fresh=x&limit=10": "/servers?limit=10",
		"/servers?limit=10&b=%20": "/servers?limit=10&b=%20", ":%": ":%",
	} {
		if got := withoutFresh(address); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}

func TestOutcomes(t *testing.T) {
	for want, err := range map[string]error{
		"succeeded":                  nil,
		"interrupted":                &runtime.Error{Kind: runtime.Cancelled},
		"ended itself with status 7": &runtime.Error{Kind: runtime.Exit, ExitCode: 7},
		"failed with exit code 4":    &runtime.Error{Kind: runtime.Limit},
		"failed with exit code 1":    errors.New("x"),
	} {
		if got := outcome(err); got != want {
			t.Errorf("%v: %q, want %q", err, got, want)
		}
	}
}

func TestDurationsForPeople(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-1: "0s", 0: "0s", 7: "7ns", 123456: "123µs", 20123456: "20.1ms", 999999999: "1s", 1234567890: "1.23s",
		59900 * time.Millisecond: "59.9s", 60 * time.Second: "1m0s", 3723400 * time.Millisecond: "1h2m3s",
	} {
		if got := showDuration(d); got != want {
			t.Errorf("%d: %s, want %s", d, got, want)
		}
	}
}

func TestArgumentsForPeople(t *testing.T) {
	r := newRunReport("out.html", "x.lua")
	for _, test := range []struct {
		value any
		want  string
	}{
		{90 * time.Second, "1m30s"},
		{"a <b>", `"a <b>"`},
		{7.0, "7"},
		{math.NaN(), "NaN"},
		{map[string]any{"b": []any{1.0, map[string]any{"Password": "hush-hush"}}, "a": true}, `{"a":true,"b":[1,{"Password":"[redacted]"}]}`},
		{map[string]string{"role": "db", "api_key": "hush-hush"}, `{"api_key":"[redacted]","role":"db"}`},
	} {
		if got := argumentText(r.withoutSecretFields(test.value)); got != test.want {
			t.Errorf("%v: %s, want %s", test.value, got, test.want)
		}
	}
	if got := r.text("say hush-hush"); got != "say [redacted]" {
		t.Errorf("a secret of a table is not known later: %s", got)
	}
	if got := shorten("añb", 2); got != "a…" {
		t.Errorf("shortened to %q", got)
	}
}

// A report keeps no more than a page can show, and counts the rest.
func TestReportsAreBounded(t *testing.T) {
	page := reportOf(t, "--sim", "-e", fmt.Sprintf(`for i = 1, %d do time.sleep(1) end print(string.rep("x", %d)) print("then") print(string.rep("y", 9))`, maxReportCalls+3, maxReportText-5))
	for _, want := range []string{"The first 5000 calls are shown; 3 more", "<dt>calls</dt><dd>5003</dd>", "What followed is left out", "time waited</dt><dd>1h23m20s"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %q", want)
		}
	}
	if strings.Contains(page, "yyyyyyyyy") || !strings.Contains(page, `id="call-5000"`) || strings.Contains(page, `id="call-5001"`) {
		t.Error("the page has more than it should, or less")
	}
}

// Without --report nothing is gathered.
func TestNoReport(t *testing.T) {
	r, err := openReport("", "x.lua")
	if r != nil || err != nil {
		t.Fatal(r, err)
	}
	r.begin(nil, false, nil)
	r.learn(nil)
	var out strings.Builder
	if r.link() != nil || r.tracer(nil) != nil || r.logger(nil) != nil || r.output(&out) != any(&out) {
		t.Error("something is gathered")
	}
	if err := r.write(nil, errInterrupted); !errors.Is(err, errInterrupted) {
		t.Error(err)
	}
}
