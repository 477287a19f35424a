package lunanode

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestParametersAsClientsSendThem(t *testing.T) {
	for _, test := range []struct {
		name, req string
		want      params
	}{
		{"texts", `{"a":"x","b":""}`, params{"a": {text: "x"}, "b": {}}},
		{"whole numbers", `{"n":10,"m":-3,"z":0}`, params{"n": {text: "10"}, "m": {text: "-3"}, "z": {text: "0"}}},
		{"whole floats", `{"n":10.0,"m":1e2}`, params{"n": {text: "10"}, "m": {text: "100"}}},
		{"fractions", `{"n":51.25}`, params{"n": {text: "51.25"}}},
		{"beyond integers", `{"n":1e300}`, params{"n": {text: "1E+300"}}},
		{"escapes", `{"a":"\u00e9\/\ud83d\ude00"}`, params{"a": {text: "é/😀"}}},
		{"the last one wins", `{"a":"1","a":"2"}`, params{"a": {text: "2"}}},
		{"what is no scalar", `{"a":null,"b":true,"c":[1],"d":{}}`,
			params{"a": {kind: "null"}, "b": {kind: "a boolean"}, "c": {kind: "a list"}, "d": {kind: "an object"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			ps, err := parseRequest(test.req)
			if err != nil {
				t.Fatal(err)
			}
			equals(t, "parameters", ps, test.want)
		})
	}
}

func TestWhatIsNoRequest(t *testing.T) {
	for _, req := range []string{"", "null", "[]", `"a"`, "1", "{", `{"a":"x"}{}`, "{'a':'x'}", "{\"a\":\"\xff\"}", "\xef\xbb\xbf{}"} {
		if ps, err := parseRequest(req); err == nil {
			t.Errorf("%q is taken for %v", req, ps)
		}
	}
}

func TestNumbersAreTaken(t *testing.T) {
	c := newClient(t, Config{})
	id := c.id("vm/create", "vm_id", args{"hostname": "web01", "plan_id": 86, "image_id": 26.0, "storage": 15, "label": nil})
	equals(t, "plan", c.get("vm/info", args{"vm_id": id}, "extra", "plan_id"), "86")
	c.id("volume/create", "volume_id", args{"region": "toronto", "label": "data", "size": 10.0, "image": 26})
}

// null in place of an optional parameter breaks the call (spec section 4).
func TestNullForAnOptionalParameter(t *testing.T) {
	c := newClient(t, Config{})
	c.refuse("vm/create", args{"hostname": "web01", "plan_id": "1", "image_id": "26", "key_id": nil},
		"invalid key_id: must be a text or a number, not null")
}

// Whatever is in the req text, it is refused or it is flat valid text.
func FuzzParseRequest(f *testing.F) {
	for _, v := range readVectors(f) {
		f.Add(v.Req)
	}
	for _, req := range []string{`{"a":null}`, `{"a":[[[[]]]]}`, `{"a":1e999}`, "\x00", `{"\ud800":"\udc00"}`} {
		f.Add(req)
	}
	f.Fuzz(func(t *testing.T, req string) {
		ps, err := parseRequest(req)
		if err != nil {
			if ps != nil {
				t.Error("an error and parameters")
			}
			return
		}
		for name, p := range ps {
			if !utf8.ValidString(name) || !utf8.ValidString(p.text) {
				t.Errorf("%q: %q", name, p.text)
			}
			if p.kind != "" && p.text != "" {
				t.Errorf("%q is both %s and a text", name, p.kind)
			}
		}
	})
}

// Whatever comes to whatever path, the server answers in its form.
func FuzzServeHTTP(f *testing.F) {
	clock := &testClock{now: testStart}
	server := New(Config{Clock: clock, Legacy: true})
	c := &client{t: f, server: server, clock: clock}
	f.Add("vm/list", "/api/vm/list/", c.form("vm/list", nil).Encode())
	f.Add("vm/create", "/api/vm/create", c.form("vm/create", args{"hostname": "a", "plan_id": "1", "image_id": 26}).Encode())
	f.Add("", "/api.php", url.Values{"api_id": {server.APIID()}, "api_key": {server.APIKey()}, "category": {"plan"}, "action": {"list"}}.Encode())
	f.Add("", "/api//", "req=%zz&signature=;&nonce=1")
	f.Fuzz(func(t *testing.T, signed, path, body string) {
		if !strings.HasPrefix(path, "/") {
			return
		}
		r := httptest.NewRequest("POST", "/", strings.NewReader(body))
		r.URL.Path = path
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		server.ServeHTTP(w, r)
		if w.Header().Get("Content-Type") != "application/octet-stream" {
			decodeAnswer(t, w.Body.Bytes())
		}
		// The same body as the parameters' text of a call that is signed well.
		name, ok := splitPath("/api/" + signed)
		if !ok {
			return
		}
		w = httptest.NewRecorder()
		server.ServeHTTP(w, postRequest(name.String(), c.form(name.String(), args{"hostname": body, "vm_id": body, "region": body})))
		decodeAnswer(t, w.Body.Bytes())
	})
}
