package recording

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
)

const (
	key        = "5ec7e7a11ce5ec7e7a11ce5ec7e7a11c"
	token      = "0b8f3d0a-6f0e-4f43-9d0f-0c0a5b1f7e21"
	partialKey = "5ec7e7a11ce5ec7e7a11ce5ec7e7a11c0ddba1105ec7e7a11ce5ec7e7a11ce5e"
	signature  = "ddba1105ec7e7a11ce5ec7e7a11ce5e0ddba1105ec7e7a11ce5ec7e7a11ce5e"
)

// A tape is one recording that is made and then played.
type tape struct {
	t    *testing.T
	path string
}

func newTape(t *testing.T) tape { return tape{t, filepath.Join(t.TempDir(), "run.rec")} }

// record makes calls of a handler through a transport that records.
func (p tape) record(handler http.HandlerFunc, calls func(do doFunc)) {
	p.t.Helper()
	server := httptest.NewServer(handler)
	defer server.Close()
	recorder, err := Create(p.path, Header{Start: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC), Seed: 7})
	if err != nil {
		p.t.Fatal(err)
	}
	calls(p.doer(server.URL, apiclient.TransportOptions{Wrap: recorder.Around}))
	if err := recorder.Close(); err != nil {
		p.t.Fatal(err)
	}
}

// play makes calls of the recording.
func (p tape) play(calls func(do doFunc)) *Replay {
	p.t.Helper()
	replay, err := Open(p.path)
	if err != nil {
		p.t.Fatal(err)
	}
	calls(p.doer("http://replay.invalid", apiclient.TransportOptions{RoundTripper: replay}))
	return replay
}

func (p tape) text() string {
	p.t.Helper()
	text, err := os.ReadFile(p.path)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(text)
}

// A doFunc makes one call and says what came of it.
type doFunc func(method, path, body string, header ...string) string

func (p tape) doer(base string, options apiclient.TransportOptions) doFunc {
	transport := apiclient.NewTransport(options, &apiclient.Redactor{})
	p.t.Cleanup(transport.CloseIdleConnections)
	return func(method, path, body string, header ...string) string {
		req := &apiclient.Request{Op: "test", Effect: apiclient.EffectUpdate, Method: method, URL: base + path, Body: []byte(body), Header: http.Header{}}
		for i := 0; i < len(header); i += 2 {
			req.Header.Set(header[i], header[i+1])
		}
		resp, err := transport.Do(context.Background(), req)
		if err != nil {
			var e *apiclient.Error
			if !errors.As(err, &e) {
				p.t.Fatalf("%v is no *apiclient.Error", err)
			}
			return fmt.Sprintf("%s, may have acted: %t", e.Kind, e.MayHaveActed)
		}
		return fmt.Sprint(resp.Status, " ", resp.Header.Get("Content-Type"), " ", string(resp.Body))
	}
}

func signed(params, nonce string) string {
	return "req=" + url.QueryEscape(`{"api_id":"LNID000000000001","api_partialkey":"`+partialKey+`",`+params+`}`) +
		"&signature=" + signature + nonce + "&nonce=" + nonce
}

func TestEachCallGetsItsAnswersInTheirOrder(t *testing.T) {
	p := newTape(t)
	n := 0
	p.record(func(w http.ResponseWriter, r *http.Request) {
		n++
		w.Header().Set("Content-Type", "text/plain")
		w.WriteHeader(200 + n)
		fmt.Fprint(w, "answer ", n)
	}, func(do doFunc) {
		do("GET", "/v1.0/7/servers/1?fresh=abc", "")
		do("GET", "/v1.0/7/servers/1", "")
		do("POST", "/v1.0/7/servers", `{"name":"a"}`)
		do("POST", "/v1.0/7/servers", `{"name":"b"}`)
		do("GET", "/v1.0/7/servers/detail?changes-since=17&limit=5", "")
		do("POST", "/api/vm/list/", signed(`"a":"1","b":"é"`, "1893456000"), "Content-Type", "application/x-www-form-urlencoded")
	})
	replay := p.play(func(do doFunc) {
		for _, tt := range []struct{ method, path, body, want string }{
			{"POST", "/v1.0/7/servers", `{"name":"b"}`, "204 text/plain answer 4"},
			{"GET", "/v1.0/7/servers/1?fresh=xyz", "", "201 text/plain answer 1"},
			{"POST", "/v1.0/7/servers", `{"name":"a"}`, "203 text/plain answer 3"},
			{"GET", "/v1.0/7/servers/1", "", "202 text/plain answer 2"},
			{"GET", "/v1.0/7/servers/1", "", "not_recorded, may have acted: false"},
			{"GET", "/v1.0/7/servers/detail?limit=6", "", "not_recorded, may have acted: false"},
			{"GET", "/v1.0/7/servers/detail?limit=5&changes-since=99", "", "205 text/plain answer 5"},
			// Signed at another time, by somebody else, with the text escaped in another way.
			{"POST", "/api/vm/list/", signed(`"b":"\u00e9","a":"1"`, "1893459999"), "206 text/plain answer 6"},
			{"POST", "/api/vm/list/", signed(`"b":"2"`, "1893459999"), "not_recorded, may have acted: false"},
		} {
			got := do(tt.method, tt.path, tt.body)
			if tt.want == "204 text/plain answer 4" {
				got = strings.Replace(got, "204 text/plain ", "204 text/plain answer 4", 1) // 204 has no body
			}
			if got != tt.want {
				t.Errorf("%s %s %s: %s, want %s", tt.method, tt.path, tt.body, got, tt.want)
			}
		}
	})
	if replay.Left() != 0 || replay.Seed != 7 || replay.Start.Year() != 2030 {
		t.Errorf("%d left, seed %d, start %v", replay.Left(), replay.Seed, replay.Start)
	}
}

func TestNoSecretIsWritten(t *testing.T) {
	p := newTape(t)
	secrets := []string{key, token, partialKey, signature, "hunter2", "pa55-w0rd", "BEGIN PRIVATE", "c2VjcmV0IGZpbGU"}
	echo := func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("X-Auth-Token", token)
		w.Header().Set("X-Request-Id", r.Header.Get("X-Auth-Key")+r.Header.Get("X-Auth-Token"))
		w.Header().Set("X-Server-Management-Url", "http://"+r.Host+"/v1.0/7?token="+token)
		fmt.Fprintf(w, `{"echo": %q, "server": {"adminPass": "hunter2", "root_password": "hunter2"}, "login_details": "username: root; password: pa55-w0rd"}`, body)
	}
	p.record(echo, func(do doFunc) {
		do("GET", "/v1.0", "", "X-Auth-User", "mira", "X-Auth-Key", key)
		do("POST", "/v1.0/7/servers", `{"server":{"adminPass":"hunter2","personality":[{"path":"/a","contents":"c2VjcmV0IGZpbGU="}]}}`, "X-Auth-Token", token)
		do("GET", "/v1.0/7/servers?token="+token, "", "X-Auth-Token", token)
		do("POST", "/api/email/domain-dkim-set/", signed(`"private_key":"-----BEGIN PRIVATE KEY-----\nhunter2","password":"pa55-w0rd"`, "1"))
	})
	text := p.text()
	for _, secret := range secrets {
		if strings.Contains(text, secret) {
			t.Errorf("%s is in\n%s", secret, text)
		}
	}
	info, err := os.Stat(p.path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	p.play(func(do doFunc) { // what was taken out is no part of the call
		for _, got := range []string{
			do("GET", "/elsewhere", "", "X-Auth-User", "replay", "X-Auth-Key", "replay"),
			do("POST", "/v1.0/7/servers", `{"server":{"adminPass":"other","personality":[{"path":"/a","contents":"bm9uZQ=="}]}}`),
		} {
			if !strings.HasPrefix(got, "200 ") {
				t.Error(got)
			}
		}
	})
}

// What scripts ask other hosts is told apart by the host, comes with its headers and follows
// redirects again; none of its secrets is written.
func TestScriptsOwnRequests(t *testing.T) {
	p := newTape(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.URL.Path == "/moved" {
			http.Redirect(w, r, "/here", http.StatusFound)
			return
		}
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "hunter2-cookie"})
		w.Header().Set("X-Rate-Left", "7")
		fmt.Fprintf(w, `%s saw %v %q %s`, r.Method, r.Header, body, r.URL)
	}))
	defer server.Close()
	const request = `{"name":"a","password":"hunter2"}`
	ask := func(client *http.Client, method, path, body string) string {
		req, err := http.NewRequest(method, strings.Replace(server.URL, "http://", "http://mira:pa55-w0rd@", 1)+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+token)
		resp, err := client.Do(req)
		if err != nil {
			return strings.ReplaceAll(err.Error(), p.path, "FILE")
		}
		defer resp.Body.Close()
		answer, _ := io.ReadAll(resp.Body)
		kept, _, _ := strings.Cut(string(answer), " ")
		return fmt.Sprint(resp.StatusCode, " ", resp.Header.Get("X-Rate-Left"), " ", kept, " ", resp.Request.URL.Path)
	}
	recorder, err := Create(p.path, Header{})
	if err != nil {
		t.Fatal(err)
	}
	calls := [][3]string{{"GET", "/a?token=" + key, ""}, {"POST", "/a", request}, {"GET", "/moved", ""}}
	for _, c := range calls {
		ask(&http.Client{Transport: recorder.AroundWeb(http.DefaultTransport)}, c[0], c[1], c[2])
	}
	if err := recorder.Close(); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{key, token, "hunter2", "pa55-w0rd"} {
		if strings.Contains(p.text(), secret) {
			t.Errorf("%s is in\n%s", secret, p.text())
		}
	}
	replay, err := Open(p.path)
	if err != nil {
		t.Fatal(err)
	}
	server.Close()
	client := &http.Client{Transport: replay.Web()}
	for i, want := range []string{"200 7 GET /a", "200 7 POST /a", "200 7 GET /here"} {
		if got := ask(client, calls[i][0], calls[i][1], calls[i][2]); got != want {
			t.Errorf("%v: got %s, want %s", calls[i], got, want)
		}
	}
	if got := ask(client, "GET", "/a?token="+key, ""); !strings.Contains(got, "not_recorded: FILE holds no answer to http GET "+server.URL+"/a?token=[redacted] that was not given yet") {
		t.Error(got)
	}
	if replay.Left() != 0 {
		t.Errorf("%d left", replay.Left())
	}
	if _, err := replay.RoundTrip(httptest.NewRequest("GET", "/a", nil)); err == nil {
		t.Error("a cloud was given the answer of another host")
	}
}

func TestBrokenConnectionsBreakAgain(t *testing.T) {
	p := newTape(t)
	calls := func(do doFunc) []string {
		return []string{do("POST", "/lost", "{}"), do("POST", "/cut", "{}"), do("POST", "/bytes", "{}")}
	}
	var first []string
	p.record(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/cut":
			w.Header().Set("Content-Length", "1000")
			fmt.Fprint(w, "begin")
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		case "/bytes":
			w.Header().Set("Content-Type", "application/octet-stream")
			_, _ = w.Write([]byte{0xff, 0, 0xfe})
		default:
			panic(http.ErrAbortHandler)
		}
	}, func(do doFunc) { first = calls(do) })
	want := []string{"unreachable, may have acted: true", "unreachable, may have acted: true", "200 application/octet-stream \xff\x00\xfe"}
	p.play(func(do doFunc) {
		if second := calls(do); fmt.Sprint(first) != fmt.Sprint(want) || fmt.Sprint(second) != fmt.Sprint(want) {
			t.Errorf("recorded %q, replayed %q, want %q", first, second, want)
		}
	})
}

func TestAMissSaysWhat(t *testing.T) {
	p := newTape(t)
	p.record(func(w http.ResponseWriter, r *http.Request) {}, func(do doFunc) {
		do("GET", "/v1.0/7/flavors", "")
		do("POST", "/v1.0/7/servers", `{"name":"a"}`)
	})
	replay, err := Open(p.path)
	if err != nil {
		t.Fatal(err)
	}
	miss := func(method, path, body string) string {
		req, err := http.NewRequest(method, "http://replay.invalid"+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		_, err = replay.RoundTrip(req)
		if err == nil {
			return "served"
		}
		return strings.ReplaceAll(err.Error(), p.path, "FILE")
	}
	const hint = "; the script does not do what it did when it was recorded; record it again"
	for _, tt := range []struct{ method, path, body, want string }{
		{"GET", "/v1.0/7/images", "", "not_recorded: FILE holds no answer to GET /v1.0/7/images that was not given yet: the next one is of GET /v1.0/7/flavors" + hint},
		{"POST", "/v1.0/7/servers", `{"name":"b"}`, "not_recorded: FILE holds no answer to POST /v1.0/7/servers that was not given yet, only to the same call with other arguments" + hint},
		{"GET", "/v1.0/7/flavors", "", "served"},
		{"POST", "/v1.0/7/servers", `{"name":"a"}`, "served"},
		{"GET", "/v1.0/7/flavors", "", "not_recorded: FILE holds no answer to GET /v1.0/7/flavors that was not given yet: all its exchanges were served" + hint},
	} {
		if got := miss(tt.method, tt.path, tt.body); got != tt.want {
			t.Errorf("got  %s\nwant %s", got, tt.want)
		}
	}
}

func TestFilesThatAreNoRecording(t *testing.T) {
	const header = `{"version":1,"start":"2030-01-01T00:00:00Z","seed":0}` + "\n"
	for name, tt := range map[string]struct{ text, want string }{
		"empty":         {"", "FILE: it is empty, and no recording"},
		"a script":      {"print(1)\n", "FILE:1: invalid character 'p' looking for beginning of value"},
		"other version": {`{"version":2}`, "FILE:1: no recording of version 1, which is what this program reads"},
		"no exchange":   {header + `{"call":"GET /"}`, "FILE:2: no exchange: it has no call, or neither response nor error"},
		"cut off":       {header + `{"call":"GET /","resp`, "FILE:2: unexpected end of JSON input"},
		"no status":     {header + `{"call":"GET /","response":{}}`, "FILE:2: the response's status is 0, which is none of HTTP"},
		"no base64":     {header + "\n" + `{"call":"GET /","response":{"status":200,"body":"%","base64":true}}`, "FILE:3: the response's body: illegal base64 data at input byte 0"},
	} {
		t.Run(name, func(t *testing.T) {
			p := newTape(t)
			if err := os.WriteFile(p.path, []byte(tt.text), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := Open(p.path); err == nil || strings.ReplaceAll(err.Error(), p.path, "FILE") != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

func TestARecordingReplacesNothing(t *testing.T) {
	p := newTape(t)
	if err := os.WriteFile(p.path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Create(p.path, Header{}); !errors.Is(err, os.ErrExist) {
		t.Errorf("got %v", err)
	}
	if p.text() != "mine" {
		t.Error("the file was replaced")
	}
}

// Whatever stands in a file, it is a recording whose exchanges can be served, or an error says
// where it is none.
func FuzzOpen(f *testing.F) {
	const header = `{"version":1,"start":"2030-01-01T00:00:00Z","seed":7}` + "\n"
	f.Add(header + `{"call":"log-in","response":{"status":204,"header":{"X-Auth-Token":["recorded"]}}}`)
	f.Add(header + `{"call":"GET /v1.0/7/servers","error":"EOF","written":true}` + "\n\n" + `{"call":"POST vm/list","body":"{}","response":{"status":200,"body":"/wA=","base64":true}}`)
	f.Add(header + `{"call":"http GET http://a/","response":{"status":-1,"header":{"":null}}}`)
	f.Add(`{"version":2}`)
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(t.TempDir(), "run.rec")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		replay, err := Open(path)
		if err != nil {
			if !strings.HasPrefix(err.Error(), path+":") {
				t.Errorf("the error does not name the file: %v", err)
			}
			return
		}
		for _, e := range replay.exchanges {
			if e.Response == nil {
				continue
			}
			resp, err := e.answer(httptest.NewRequest("GET", "/", nil))
			if err != nil {
				t.Errorf("%+v cannot be served: %v", e, err)
				continue
			}
			_, _ = io.ReadAll(resp.Body)
		}
	})
}

// full is a file on a disk without room.
type full struct{ bytes.Buffer }

func (*full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }
func (*full) Close() error              { return nil }

func TestAFullDiskEndsNoRun(t *testing.T) {
	r := &Recorder{file: &full{}}
	p := newTape(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "ok") }))
	defer server.Close()
	if got := p.doer(server.URL, apiclient.TransportOptions{Wrap: r.Around})("GET", "/", ""); !strings.HasSuffix(got, "ok") {
		t.Error(got)
	}
	if err := r.Close(); err == nil || err.Error() != "no space left on device" {
		t.Errorf("got %v", err)
	}
}

// Tasks side by side: every line is whole, and every answer is served once.
func TestHammer(t *testing.T) {
	p := newTape(t)
	const tasks, calls = 16, 20
	all := func(do doFunc) {
		var wg sync.WaitGroup
		for i := range tasks {
			wg.Go(func() {
				for range calls {
					want := fmt.Sprintf("200 text/plain; charset=utf-8 task %d", i)
					if got := do("GET", fmt.Sprintf("/%d", i), "", "X-Auth-Token", token); got != want {
						t.Errorf("got %s, want %s", got, want)
					}
				}
			})
		}
		wg.Wait()
	}
	p.record(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "task ", r.URL.Path[1:]) }, all)
	if replay := p.play(all); replay.Left() != 0 {
		t.Errorf("%d left", replay.Left())
	}
}
