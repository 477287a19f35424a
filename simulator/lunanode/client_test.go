package lunanode

import (
	"crypto/hmac"
	"crypto/sha512"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// testClock stands still until a test moves it.
type testClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *testClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *testClock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

var testStart = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// client talks to a server over HTTP as a real client would. It signs with code of
// its own, and every answer must have the form that the API's answers have.
type client struct {
	t      testing.TB
	server *Server
	clock  *testClock
	url    string // of /api, without trailing slash
}

func newClient(t testing.TB, config Config) *client {
	t.Helper()
	clock := &testClock{now: testStart}
	config.Clock = clock
	if err := config.Validate(); err != nil {
		t.Fatal(err)
	}
	server := New(config)
	listener := httptest.NewServer(server)
	t.Cleanup(listener.Close)
	return &client{t: t, server: server, clock: clock, url: listener.URL + "/api"}
}

type args map[string]any

// with are the arguments with some of them changed or added.
func (a args) with(change args) args {
	all := maps.Clone(a)
	maps.Copy(all, change)
	return all
}

// form signs a call as it would be sent now.
func (c *client) form(path string, params args) url.Values {
	all := args{"api_id": c.server.APIID(), "api_partialkey": c.server.APIKey()[:64]}
	for name, value := range params {
		all[name] = value
	}
	req, err := json.Marshal(all)
	if err != nil {
		c.t.Fatal(err)
	}
	return signedForm(c.server.APIKey(), path+"/", string(req), strconv.FormatInt(c.clock.Now().Unix(), 10))
}

func signedForm(key, handler, req, nonce string) url.Values {
	mac := hmac.New(sha512.New, []byte(key))
	io.WriteString(mac, handler+"|"+req+"|"+nonce)
	return url.Values{"req": {req}, "nonce": {nonce}, "signature": {hex.EncodeToString(mac.Sum(nil))}}
}

// post sends a form and returns the answer, whose status must be 200.
func (c *client) post(path string, form url.Values) map[string]any {
	c.t.Helper()
	response, err := http.PostForm(c.url+"/"+path+"/", form)
	if err != nil {
		c.t.Fatal(err)
	}
	answer := c.answer(response, http.StatusOK)
	if answer["success"] == "yes" {
		counted.Succeeded(c.t, strings.ReplaceAll(path, "/", "."))
	}
	return answer
}

func (c *client) answer(response *http.Response, status int) map[string]any {
	c.t.Helper()
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	if response.StatusCode != status {
		c.t.Fatalf("status %d, want %d: %s", response.StatusCode, status, body)
	}
	if response.ContentLength != int64(len(body)) || response.Header.Get("Content-Type") != "application/json" {
		c.t.Fatalf("Content-Length %d for %d bytes, Content-Type %q", response.ContentLength, len(body), response.Header.Get("Content-Type"))
	}
	return decodeAnswer(c.t, body)
}

// decodeAnswer holds an answer to spec section 6: an object with success, ASCII
// only, slashes escaped, every scalar a string.
func decodeAnswer(t testing.TB, body []byte) map[string]any {
	t.Helper()
	var answer map[string]any
	if err := json.Unmarshal(body, &answer); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	if !isASCII(string(body)) || strings.Contains(strings.ReplaceAll(string(body), `\/`, ""), "/") {
		t.Fatalf("not written as PHP does: %s", body)
	}
	if answer["success"] != "yes" && (answer["success"] != "no" || answer["error"] == "" || len(answer) != 2) {
		t.Fatalf("neither success nor error: %s", body)
	}
	mustBeStrings(t, "answer", answer)
	return answer
}

func mustBeStrings(t testing.TB, path string, value any) {
	t.Helper()
	switch v := value.(type) {
	case string:
	case map[string]any:
		for name, member := range v {
			mustBeStrings(t, path+"."+name, member)
		}
	case []any:
		for i, item := range v {
			mustBeStrings(t, fmt.Sprintf("%s[%d]", path, i), item)
		}
	default:
		t.Fatalf("%s is a %T, not a string", path, value)
	}
}

// call makes a call that must succeed.
func (c *client) call(path string, params args) map[string]any {
	c.t.Helper()
	answer := c.post(path, c.form(path, params))
	if answer["success"] != "yes" {
		c.t.Fatalf("%s: %v", path, answer["error"])
	}
	return answer
}

// id makes a call that must succeed and returns one field of the answer.
func (c *client) id(path, field string, params args) string {
	c.t.Helper()
	id, ok := c.call(path, params)[field].(string)
	if !ok || id == "" {
		c.t.Fatalf("%s: no %s", path, field)
	}
	return id
}

// refuse makes a call that must fail with a text.
func (c *client) refuse(path string, params args, want string) {
	c.t.Helper()
	answer := c.post(path, c.form(path, params))
	if answer["success"] != "no" || answer["error"] != want {
		c.t.Errorf("%s %v: success %v, error %q, want %q", path, params, answer["success"], answer["error"], want)
	}
}

// plain makes a call that must answer success and nothing else.
func (c *client) plain(path string, params args) {
	c.t.Helper()
	if answer := c.call(path, params); len(answer) != 1 {
		c.t.Errorf("%s: %v, want success alone", path, answer)
	}
}

// get makes a call and takes a part of its answer by names and indices.
func (c *client) get(path string, params args, part ...any) any {
	c.t.Helper()
	return dig(c.t, c.call(path, params), part...)
}

func dig(t testing.TB, value any, part ...any) any {
	t.Helper()
	for _, p := range part {
		switch p := p.(type) {
		case string:
			m, ok := value.(map[string]any)
			if !ok || m[p] == nil {
				t.Fatalf("no %v of %v in %v", p, part, value)
			}
			value = m[p]
		case int:
			l, ok := value.([]any)
			if !ok || len(l) <= p {
				t.Fatalf("no %v of %v in %v", p, part, value)
			}
			value = l[p]
		}
	}
	return value
}

func equals(t testing.TB, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// vm makes a machine and lets it come online.
func (c *client) vm(hostname string) string {
	c.t.Helper()
	id := c.id("vm/create", "vm_id", args{"hostname": hostname, "plan_id": "m.1", "image_id": "26"})
	c.clock.advance(time.Minute)
	return id
}

func encodeForm(form map[string][]string) string { return url.Values(form).Encode() }

// postOnce sends an encoded form and reads the whole answer.
func postOnce(client *http.Client, url, form string) error {
	response, err := client.Post(url, "application/x-www-form-urlencoded", strings.NewReader(form))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	return err
}
