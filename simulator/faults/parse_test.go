package faults_test

import (
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/simulator/faults"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]faults.Rule{
		"servers.create nth=2 lost-reply":                      {Operation: "servers.create", Nth: 2, LostReply: true},
		"servers.create,nth=2,lost-reply":                      {Operation: "servers.create", Nth: 2, LostReply: true},
		"GET /servers/detail status=503":                       {Method: "GET", Path: "/servers/detail", Status: 503},
		"vm.* after=5 times=3 delay=1m30s":                     {Operation: "vm.*", After: 5, Times: 3, Delay: 90 * time.Second},
		"* probability=0.25 seed=7 reset":                      {Probability: 0.25, Seed: 7, Reset: true},
		"auth status=500":                                      {Operation: "auth", Status: 500},
		"POST fault=serverCapacityUnavailable retry-after=10s": {Method: "POST", Fault: "serverCapacityUnavailable", RetryAfter: 10 * time.Second},
		"truncate=20":                                          {Truncate: 20},
		"malformed late=1s":                                    {Malformed: true, Late: time.Second},
		"POST retry_after=10s lost_reply":                      {Method: "POST", RetryAfter: 10 * time.Second, LostReply: true},
		"/servers/* slow=2s":                                   {Path: "/servers/*", Slow: 2 * time.Second},
		"images.create, fail ":                                 {Operation: "images.create", Fail: true},
	} {
		got, err := faults.Parse(text)
		if err != nil || got != want {
			t.Errorf("Parse(%q) = %+v, %v, want %+v", text, got, err, want)
		}
		again, err := faults.Parse(got.String())
		if err != nil || again != got {
			t.Errorf("%q is written as %q, which reads as %+v, %v", text, got, again, err)
		}
	}
}

func TestParseNamesTheWordThatIsWrong(t *testing.T) {
	const effects = "status=, fault=, delay=, late=, slow=, truncate=, reset, lost-reply, malformed, fail"
	for text, want := range map[string]string{
		"":                         `fault rule "" does not say what happens; add one of ` + effects,
		"servers.create nth=2":     `fault rule "servers.create nth=2" does not say what happens; add one of ` + effects,
		"status=503 retry-after=x": `fault rule "status=503 retry-after=x": retry-after must be a time such as 30s or 1m30s, not "x"`,
		"status=99":                `fault rule "status=99": status must be an HTTP status from 200 to 599, not "99"`,
		"status":                   `fault rule "status": status needs a value: status=…`,
		"reset=yes":                `fault rule "reset=yes": reset takes no value`,
		"nth=0 reset":              `fault rule "nth=0 reset": nth must be a number from 1 on, not "0"`,
		"probability=2 reset":      `fault rule "probability=2 reset": probability must be above 0 and at most 1, not "2"`,
		"probability=NaN reset":    `fault rule "probability=NaN reset": probability must be above 0 and at most 1, not "NaN"`,
		"seed=-1 reset":            `fault rule "seed=-1 reset": seed must be a number, not "-1"`,
		"fault= reset":             `fault rule "fault= reset": fault must name a fault such as serverCapacityUnavailable`,
		"delay=-3s":                `fault rule "delay=-3s": delay must be a time such as 30s or 1m30s, not "-3s"`,
		"staus=503":                `fault rule "staus=503": there is no setting "staus"`,
		"get reset":                `fault rule "get reset": "get" is no operation (servers.create), no method (GET), no path (/servers) and no effect (` + effects + `)`,
	} {
		_, err := faults.Parse(text)
		if err == nil || err.Error() != want {
			t.Errorf("Parse(%q):\n  %v\nwant\n  %s", text, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("servers.create nth=2 lost-reply")
	f.Add("GET /a*b probability=1e-3 delay=1h2m")
	f.Add("* status=503,retry-after=10s")
	f.Fuzz(func(t *testing.T, text string) {
		rule, err := faults.Parse(text)
		if err != nil {
			return
		}
		again, err := faults.Parse(rule.String())
		if err != nil || again != rule {
			t.Errorf("%q is written as %q, which reads as %+v, %v", text, rule, again, err)
		}
	})
}
