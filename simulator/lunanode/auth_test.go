package lunanode

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

type vector struct {
	Case, Category, Action, Nonce, Req, Signature string

	APIID      string `json:"api_id"`
	APIKey     string `json:"api_key"`
	ProducedBy string `json:"produced_by"`
	Params     map[string]any
}

func readVectors(t testing.TB) []vector {
	t.Helper()
	text, err := os.ReadFile("testdata/hmac-vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []vector
	if err := json.Unmarshal(text, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors) != 52 {
		t.Fatalf("%d vectors, want 52", len(vectors))
	}
	return vectors
}

// What real clients have signed must authenticate, and arrive as they meant it.
func TestRequestsOfRealClientsAuthenticate(t *testing.T) {
	for _, v := range readVectors(t) {
		t.Run(v.Case+" by "+v.ProducedBy, func(t *testing.T) {
			seconds, err := strconv.ParseInt(v.Nonce, 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			server := New(Config{APIID: v.APIID, APIKey: v.APIKey, Clock: &testClock{now: time.Unix(seconds, 0)}})
			r := postRequest(v.Category+"/"+v.Action, map[string][]string{
				"req": {v.Req}, "nonce": {v.Nonce}, "signature": {v.Signature}, "handler": {"ignored"},
			})
			if err := r.ParseForm(); err != nil {
				t.Fatal(err)
			}
			ps, err := server.authenticate(r, v.Category+"/"+v.Action+"/")
			if err != nil {
				t.Fatal(err)
			}
			for name, want := range v.Params {
				if f, ok := want.(float64); ok {
					want = strconv.Itoa(int(f))
				}
				equals(t, name, ps[name].text, want)
			}
			r.PostForm.Set("req", v.Req+" ")
			if _, err := server.authenticate(r, v.Category+"/"+v.Action+"/"); err == nil {
				t.Error("a text that was not signed authenticates")
			}
		})
	}
}

func postRequest(path string, form map[string][]string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(encodeForm(form)))
	r.URL.Path = "/api/" + path + "/" // not parsed: a fuzzer's path need not be a valid URL
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

const authFailure = "authentication failure; common reasons: bad nonce (computer time off), source IP mismatch, invalid API id/key"

// Nothing tells a caller which check failed.
func TestEveryAuthenticationFailureReadsTheSame(t *testing.T) {
	c := newClient(t, Config{})
	key := c.server.APIKey()
	now := strconv.FormatInt(c.clock.Now().Unix(), 10)
	credentials := func(id, partial string) string {
		return `{"api_id":"` + id + `","api_partialkey":"` + partial + `"}`
	}
	good := credentials(c.server.APIID(), key[:64])
	otherKey := New(Config{Seed: 99}).APIKey()

	for name, form := range map[string]map[string][]string{
		"no fields":               {},
		"no req":                  {"signature": {"00"}, "nonce": {now}},
		"no signature":            {"req": {good}, "nonce": {now}},
		"no nonce":                {"req": {good}, "signature": {"00"}},
		"empty id and key":        signedForm("", "vm/list/", credentials("", ""), now),
		"unknown id":              signedForm(key, "vm/list/", credentials("LNSIMTESTID00009", key[:64]), now),
		"wrong partial key":       signedForm(key, "vm/list/", credentials(c.server.APIID(), otherKey[:64]), now),
		"whole key as partial":    signedForm(key, "vm/list/", credentials(c.server.APIID(), key), now),
		"id is a number":          signedForm(key, "vm/list/", `{"api_id":1,"api_partialkey":"`+key[:64]+`"}`, now),
		"id in a list":            signedForm(key, "vm/list/", `{"api_id":["`+c.server.APIID()+`"],"api_partialkey":"`+key[:64]+`"}`, now),
		"another key's signature": signedForm(otherKey, "vm/list/", good, now),
		"upper-case signature":    {"req": {good}, "nonce": {now}, "signature": {strings.ToUpper(signedForm(key, "vm/list/", good, now).Get("signature"))}},
		"no slash in the handler": signedForm(key, "vm/list", good, now),
		"slash before it":         signedForm(key, "/vm/list/", good, now),
		"another action":          signedForm(key, "vm/delete/", good, now),
		"req is a list":           signedForm(key, "vm/list/", `[]`, now),
		"req is null":             signedForm(key, "vm/list/", `null`, now),
		"req is cut off":          signedForm(key, "vm/list/", good[:len(good)-1], now),
		"req has a tail":          signedForm(key, "vm/list/", good+`{}`, now),
		"req is not UTF-8":        signedForm(key, "vm/list/", good[:len(good)-1]+",\"name\":\"\xff\"}", now),
		"nonce in milliseconds":   signedForm(key, "vm/list/", good, now+"000"),
		"nonce with fraction":     signedForm(key, "vm/list/", good, now+".0"),
		"negative nonce":          signedForm(key, "vm/list/", good, "-"+now),
		"nonce with blank":        signedForm(key, "vm/list/", good, " "+now),
		"hexadecimal nonce":       signedForm(key, "vm/list/", good, "0x"+now),
		"nonce beyond 64 bits":    signedForm(key, "vm/list/", good, "99999999999999999999"),
	} {
		t.Run(name, func(t *testing.T) {
			c.t = t
			equals(t, "answer", c.post("vm/list", form), map[string]any{"success": "no", "error": authFailure})
		})
	}
	c.t = t
	if answer := c.post("vm/list", signedForm(key, "vm/list/", good, now)); answer["success"] != "yes" {
		t.Errorf("the request that all these were made of: %v", answer)
	}
}

func TestNonceWindow(t *testing.T) {
	for _, test := range []struct {
		name   string
		config Config
		offset time.Duration
		want   bool
	}{
		{"now", Config{}, 0, true},
		{"five minutes behind", Config{}, -300 * time.Second, true},
		{"a second more", Config{}, -301 * time.Second, false},
		{"five minutes ahead", Config{}, 300 * time.Second, true},
		{"a second more ahead", Config{}, 301 * time.Second, false},
		{"an hour behind", Config{}, -time.Hour, false},
		{"an hour ahead", Config{}, time.Hour, false},
		{"an hour behind in a wide window", Config{NonceWindow: time.Hour}, -time.Hour, true},
		{"right by a service that is an hour ahead", Config{ClockSkew: time.Hour}, time.Hour, true},
		{"right by the clock when the service is an hour ahead", Config{ClockSkew: time.Hour}, 0, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := newClient(t, test.config)
			equals(t, "accepted", c.acceptsNonce(test.offset), test.want)
		})
	}
}

func (c *client) acceptsNonce(offset time.Duration) bool {
	c.t.Helper()
	c.clock.advance(offset)
	form := c.form("vm/list", nil)
	c.clock.advance(-offset)
	answer := c.post("vm/list", form)
	return answer["success"] == "yes"
}

func TestNoncePolicies(t *testing.T) {
	t.Run("the window alone allows everything again", func(t *testing.T) {
		c := newClient(t, Config{})
		equals(t, "first", c.acceptsNonce(0), true)
		equals(t, "replay", c.acceptsNonce(0), true)
		equals(t, "earlier", c.acceptsNonce(-time.Second), true)
	})
	t.Run("no replay", func(t *testing.T) {
		c := newClient(t, Config{NoncePolicy: NonceNoReplay})
		equals(t, "first", c.acceptsNonce(0), true)
		equals(t, "replay", c.acceptsNonce(0), false)
		equals(t, "another nonce", c.acceptsNonce(-time.Second), true)
		c.call("plan/list", nil) // another request under the nonce of the first
	})
	t.Run("increase", func(t *testing.T) {
		c := newClient(t, Config{NoncePolicy: NonceIncrease})
		equals(t, "first", c.acceptsNonce(0), true)
		equals(t, "replay", c.acceptsNonce(0), false)
		equals(t, "earlier", c.acceptsNonce(-time.Second), false)
		equals(t, "later", c.acceptsNonce(time.Second), true)
		c.refuse("plan/list", nil, authFailure) // now is no longer later
	})
}

// Signatures whose nonce has left the window are forgotten.
func TestReplayMemoryIsBounded(t *testing.T) {
	c := newClient(t, Config{NoncePolicy: NonceNoReplay})
	for range 100 {
		c.call("region/list", nil)
		c.clock.advance(time.Minute)
	}
	if n := len(c.server.nonces.accepted); n > 15 {
		t.Errorf("%d signatures are remembered of calls that came one a minute", n)
	}
}

func TestRegeneratedKey(t *testing.T) {
	c := newClient(t, Config{})
	before := c.form("vm/list", nil)
	c.server.SetAPIKey(New(Config{Seed: 5}).APIKey())
	equals(t, "old key", c.post("vm/list", before)["error"], authFailure)
	c.call("vm/list", nil)
}

func TestClockSkewCanChange(t *testing.T) {
	c := newClient(t, Config{})
	c.server.SetClockSkew(time.Hour)
	c.refuse("vm/list", nil, authFailure)
	c.server.SetClockSkew(0)
	c.call("vm/list", nil)
}

// Callers whose clock does not run as fast as the service's still authenticate.
func TestNonceClock(t *testing.T) {
	callers := &testClock{now: testStart}
	c := newClient(t, Config{NonceClock: callers})
	c.clock.advance(time.Hour) // of the service, while the callers' stands still
	c.refuse("vm/list", nil, authFailure)
	callers.advance(time.Hour)
	c.call("vm/list", nil)
}

// The header Date is the time that nonces are held against.
func TestDateIsTheServicesTime(t *testing.T) {
	callers := &testClock{now: testStart.Add(time.Minute)}
	c := newClient(t, Config{NonceClock: callers, ClockSkew: time.Hour})
	resp, err := http.PostForm(c.url+"/vm/list/", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	equals(t, "date", resp.Header.Get("Date"), testStart.Add(time.Hour+time.Minute).UTC().Format(http.TimeFormat))
}

func TestKeyRestrictions(t *testing.T) {
	c := newClient(t, Config{AllowedActions: []string{"vm.list", "vm.info"}, SourceIP: "127.0.0.1"})
	c.call("vm/list", nil)
	c.refuse("vm/delete", args{"vm_id": "x"}, "the API key is not allowed to call vm.delete")

	c = newClient(t, Config{SourceIP: "192.0.2.1"})
	c.refuse("vm/list", nil, authFailure)
}

func TestRawUTF8(t *testing.T) {
	content := args{"name": "café", "content": "☃"} // Go's encoder sends them raw
	newClient(t, Config{}).call("script/create", content)
	c := newClient(t, Config{RefuseRawUTF8: true})
	c.refuse("script/create", content, authFailure)
	c.call("script/create", args{"name": "plain", "content": "ASCII"})
}

func TestConfigValidate(t *testing.T) {
	for _, test := range []struct {
		config Config
		want   string
	}{
		{Config{}, ""},
		{Config{APIID: "short"}, "lunanode simulator: the API id has 5 characters, it must have 16"},
		{Config{APIKey: strings.Repeat("k", 64)}, "lunanode simulator: the API key has 64 characters, it must have 128"},
		{Config{SourceIP: "localhost"}, `lunanode simulator: source address "localhost" is not an IP address`},
		{Config{AllowedActions: []string{"vm/list"}}, `lunanode simulator: allowed action "vm/list" is not known; write category.action, such as vm.list`},
	} {
		got := ""
		if err := test.config.Validate(); err != nil {
			got = err.Error()
		}
		equals(t, "error", got, test.want)
	}
}

func TestCredentialsFollowFromTheSeed(t *testing.T) {
	a, b, other := New(Config{Seed: 1}), New(Config{Seed: 1}), New(Config{Seed: 2})
	equals(t, "lengths", []int{len(a.APIID()), len(a.APIKey())}, []int{16, 128})
	if a.APIID() != b.APIID() || a.APIKey() != b.APIKey() {
		t.Error("the same seed makes different credentials")
	}
	if a.APIID() == other.APIID() || a.APIKey() == other.APIKey() {
		t.Error("another seed makes the same credentials")
	}
}
