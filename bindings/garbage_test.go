package bindings

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/apiclient/lunanode"
	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/runtime"
)

const (
	garbageKey   = "5f0c2b7e9d134a68"
	garbageToken = "e3b1-token-4f77"
)

// A garbled service lets everybody in and then answers nonsense. It is no server: it stands in
// place of the connection.
type garbled struct {
	status int
	body   string
	echo   bool // say what was sent, secrets and all
}

func (g garbled) RoundTrip(r *http.Request) (*http.Response, error) {
	answer := &http.Response{StatusCode: g.status, ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{}, Request: r, ContentLength: -1}
	body := g.body
	if strings.HasSuffix(r.URL.Path, "/auth") {
		answer.StatusCode, body = http.StatusNoContent, ""
		answer.Header.Set("X-Auth-Token", garbageToken)
		answer.Header.Set("X-Server-Management-Url", "http://cloud.test/v1.0/7")
	} else if g.echo {
		sent, _ := io.ReadAll(r.Body)
		body = fmt.Sprintf(g.body, fmt.Sprintf("%v %s", r.Header, sent))
	}
	answer.Body = io.NopCloser(strings.NewReader(body))
	return answer, nil
}

// garbage are answers that no API of these gives.
func garbage() []garbled {
	var all []garbled
	for _, status := range []int{200, 202, 204, 206, 404, 413, 500, 600} {
		for _, body := range []string{
			"", " ", "null", "true", `"yes"`, "17", "[]", "{}", "<", "\x00\xff\xfe", "success",
			`{"success":"yes"}`, `{"success":true,"vms":7,"images":{"0":[]},"info":"gone"}`, `{"success":"no"}`, `{"success":"no","error":[1,{}]}`,
			`{"servers":null,"server":[],"images":7,"image":"x","flavors":{},"addresses":[[]],"limits":[],"versions":{}}`,
			`{"servers":[{}],"server":{"id":{}},"images":[null],"image":{"id":[]},"flavors":[{"id":true}],"limits":{"rate":7,"absolute":[]}}`,
			`{"servers":[{"id":1`, `{"overLimit":{"retryAfter":"never","message":[]}}`, `<html><body>Bad Gateway</body></html>`,
			strings.Repeat("\xbe", 400), strings.Repeat("[", 20_000), strings.Repeat(`{"server":`, 20_000),
		} {
			all = append(all, garbled{status: status, body: body})
		}
		for _, body := range []string{"%s", `{"badRequest":{"message":"you sent %s"}}`, `{"success":"no","error":"you sent %s"}`} {
			all = append(all, garbled{status: status, body: body, echo: true})
		}
	}
	return all
}

// garbledRuntime has the verbs of both clouds, behind such a service.
func garbledRuntime(t *testing.T, g http.RoundTripper) *runtime.Runtime {
	t.Helper()
	clock := runtime.NewVirtualClock(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC))
	transport := apiclient.TransportOptions{RoundTripper: g}
	servers := rackspace.New(rackspace.Config{Clock: clock, Transport: transport, Retry: apiclient.RetryPolicy{MaxAttempts: 2},
		Credentials: rackspace.StaticCredentials{Username: "mira", APIKey: garbageKey, AuthURL: "http://cloud.test/auth"}})
	machines := lunanode.New(lunanode.Config{Clock: clock, HTTP: transport, Retry: apiclient.RetryPolicy{MaxAttempts: 2},
		Credentials: lunanode.StaticCredentials{APIID: "LNSIMTESTID00001", APIKey: apiclient.Secret(strings.Repeat(garbageKey, 8)), URL: "http://luna.test/api"}})
	t.Cleanup(servers.Close)
	t.Cleanup(machines.Close)
	rt, err := runtime.New(runtime.Config{Clock: clock, Modules: append(Rackspace(servers), LunaNode(machines)...),
		Policy: runtime.Policy{Allow: []runtime.Rule{{Verbs: "*"}}},
		// Refusals for the rate are waited through as long as there is time.
		Limits: runtime.Limits{Time: 20 * time.Minute}})
	if err != nil {
		t.Fatal(err)
	}
	return rt
}

// No verb of either cloud breaks over an answer that makes no sense: it ends, with an error that
// a person can read and that shows no secret, or with an answer.
func TestGarbageIsNoDisaster(t *testing.T) {
	for i, g := range garbage() {
		rt := garbledRuntime(t, g)
		share := 16 // of what holds no secret, that each verb meets, to save time
		if g.echo {
			share = 1
		}
		if raceDetector { // which has nothing to find in calls one after the other
			share *= 8
		}
		for j, v := range rt.Verbs() {
			if i%share != j%share {
				continue
			}
			checkGarbage(t, rt, g, v.Example)
		}
	}
}

func checkGarbage(t *testing.T, rt *runtime.Runtime, g garbled, source string) {
	t.Helper()
	_, err := runLua(t, rt, source)
	if err == nil {
		return
	}
	what := fmt.Sprintf("%s over %d %.60q", source, g.status, g.body)
	var e *runtime.Error
	if !errors.As(err, &e) || e.Kind == runtime.Internal || e.Kind == runtime.Limit && !strings.Contains(g.body, "overLimit") {
		t.Errorf("%s: %v", what, err)
		return
	}
	shown := e.Render(runtime.RenderOptions{})
	if len(shown) > 3000 || strings.ContainsAny(e.Message, "\n\x00") || e.Message == "" {
		t.Errorf("%s: %d bytes of error, message %.200q", what, len(shown), e.Message)
	}
	for _, secret := range []string{garbageKey, garbageToken} {
		if strings.Contains(shown+e.Details+fmt.Sprint(e.Cause), secret) {
			t.Errorf("%s shows a secret: %s", what, shown)
		}
	}
}

// An answer beyond the cap is an error that says so, one of ten megabytes is an answer.
func TestLargeAnswers(t *testing.T) {
	row := func(size int) string {
		return `{"servers":[{"id":1,"name":"` + strings.Repeat("x", size) + `"}]}`
	}
	const megabyte = 1 << 20
	rt := garbledRuntime(t, garbled{status: 200, body: row(10 * megabyte)})
	if out, err := runLua(t, rt, `print(#servers.list()[1].name)`); err != nil || strings.TrimSpace(out) != fmt.Sprint(10*megabyte) {
		t.Errorf("%.100q, %v", out, err)
	}
	rt = garbledRuntime(t, garbled{status: 200, body: row(17 * megabyte)})
	_, err := runLua(t, rt, `print(#servers.list())`)
	var e *runtime.Error
	if !errors.As(err, &e) || e.Kind != runtime.BadAnswer || e.Message != "the answer is larger than 16777216 bytes" {
		t.Errorf("got %v", err)
	}
}

// Ten megabytes in an argument are refused by name where there is a limit, and sent where the
// service may decide.
func TestLargeArguments(t *testing.T) {
	const ten = `("x"):rep(10 * 1024 * 1024)`
	sent := &counting{answer: garbled{status: 200, body: `{"success":"yes","script_id":"7"}`}}
	rt := garbledRuntime(t, sent)
	for _, test := range []struct{ source, want string }{
		{`servers.create{name = "a", image = 1, flavor = 1, personality = {["/etc/motd"] = ` + ten + `}}`,
			"the personality file /etc/motd has 10485760 bytes; the service takes at most 10240"},
		{`servers.create{name = "a", image = 1, flavor = 1, metadata = {note = ` + ten + `}}`,
			`the value of metadata "note" has 10485760 bytes; the service takes at most 255`},
		{`servers.get(` + ten + `)`, `"xxxxxxxxxxxxxxxx" has 10485760 bytes and is no server id`},
		{`vm.info(` + ten + `)`, ""},
	} {
		before := sent.calls
		_, err := runLua(t, rt, test.source)
		var e *runtime.Error
		if !errors.As(err, &e) || e.Kind != runtime.Usage && e.Kind != runtime.BadRequest || test.want != "" && e.Message != test.want {
			t.Errorf("%s: %.300v", test.source, err)
		} else if len(e.Message) > 1000 {
			t.Errorf("%s: an error of %d bytes", test.source, len(e.Message))
		}
		if sent.calls != before {
			t.Errorf("%s was sent", test.source)
		}
	}
	if out, err := runLua(t, rt, `print(script.create{name = "big", content = `+ten+`}.script_id)`); err != nil || out != "7\n" || sent.largest < 10<<20 {
		t.Errorf("%q, %v, at most %d bytes were sent", out, err, sent.largest)
	}
}

// counting counts what is sent, but for the log-in.
type counting struct {
	answer         garbled
	calls, largest int
}

func (c *counting) RoundTrip(r *http.Request) (*http.Response, error) {
	if !strings.HasSuffix(r.URL.Path, "/auth") {
		var b bytes.Buffer
		_, _ = b.ReadFrom(r.Body)
		c.calls++
		c.largest = max(c.largest, b.Len())
	}
	return c.answer.RoundTrip(r)
}
