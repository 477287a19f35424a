package lunanode

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// serve sends a request past the network, so that a body that is not read to its
// end cannot break the connection under the answer.
func (c *client) serve(r *http.Request) (int, map[string]any) {
	c.t.Helper()
	w := httptest.NewRecorder()
	c.server.ServeHTTP(w, r)
	return w.Code, decodeAnswer(c.t, w.Body.Bytes())
}

func TestWhatNeverReachesTheAPI(t *testing.T) {
	c := newClient(t, Config{})
	for _, test := range []struct {
		name, method, path string
		status             int
		want               string
	}{
		{"GET", "GET", "/api/vm/list/", 405, "invalid method GET: signed calls are sent by POST"},
		{"PUT", "PUT", "/api/vm/list/", 405, "invalid method PUT: signed calls are sent by POST"},
		{"no action", "POST", "/api/vm/", 404, "invalid path: calls go to /api/{category}/{action}/"},
		{"no category", "POST", "/api/", 404, "invalid path: calls go to /api/{category}/{action}/"},
		{"empty category", "POST", "/api//list/", 404, "invalid path: calls go to /api/{category}/{action}/"},
		{"the legacy API, which is off", "POST", "/api.php", 404, "invalid path: calls go to /api/{category}/{action}/"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c.t = t
			status, answer := c.serve(httptest.NewRequest(test.method, test.path, nil))
			equals(t, "status", status, test.status)
			equals(t, "error", answer["error"], test.want)
		})
	}
}

func TestPathWithoutTrailingSlash(t *testing.T) {
	c := newClient(t, Config{})
	for _, path := range []string{"/api/vm/list", "/vm/list/"} {
		r := postRequest("vm/list", c.form("vm/list", nil))
		r.URL.Path = path
		if _, answer := c.serve(r); answer["success"] != "yes" {
			t.Errorf("%s: %v", path, answer)
		}
	}
}

func TestLargeBodies(t *testing.T) {
	c := newClient(t, Config{})
	status, answer := c.serve(postRequest("script/create", c.form("script/create", args{"name": "big", "content": strings.Repeat("x", 10<<20)})))
	equals(t, "status of 10 MB", status, 413)
	equals(t, "error of 10 MB", answer["error"], "the request is larger than 8388608 bytes")

	c.refuse("script/create", args{"name": "big", "content": strings.Repeat("x", 2<<20)}, "invalid content: must be at most 1048576 bytes long")
	id := c.id("script/create", "script_id", args{"name": "big", "content": strings.Repeat("x", 1<<20)})
	if content := c.get("script/get", args{"script_id": id}, "content").(string); len(content) != 1<<20 {
		t.Errorf("%d bytes came back of 1 MiB", len(content))
	}

	c = newClient(t, Config{MaxBody: 100})
	status, answer = c.serve(postRequest("vm/list", c.form("vm/list", nil)))
	equals(t, "status with a lower limit", status, 413)
	equals(t, "error with a lower limit", answer["error"], "the request is larger than 100 bytes")
}

func TestBodiesThatAreNoForm(t *testing.T) {
	c := newClient(t, Config{})
	for name, body := range map[string]string{
		"empty":         "",
		"JSON":          `{"req":"{}"}`,
		"bad escapes":   "req=%zz&signature=%&nonce=1",
		"binary":        "\x00\x01\xff",
		"deep nesting":  "signature=00&nonce=1&req=" + strings.Repeat("[", 1<<20),
		"many fields":   strings.Repeat("a=b&", 1<<16),
		"twice the req": "req=a&req=b&signature=00&nonce=1",
	} {
		r := postRequest("vm/list", nil)
		r.Body = http.NoBody
		if body != "" {
			r = httptest.NewRequest("POST", "/api/vm/list/", strings.NewReader(body))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		status, answer := c.serve(r)
		if status != 200 || answer["error"] != authFailure {
			t.Errorf("%s: %d %v", name, status, answer)
		}
	}
	r := postRequest("vm/list", c.form("vm/list", nil))
	r.Header.Set("Content-Type", "text/plain")
	if _, answer := c.serve(r); answer["error"] != authFailure {
		t.Errorf("another content type: %v", answer)
	}
}

func TestErrorsCarryEntities(t *testing.T) {
	c := newClient(t, Config{})
	c.refuse(`vm/<b>"&'`, nil, "invalid action &lt;b&gt;&quot;&amp;&#039; in category vm")
}

func TestLegacyAPI(t *testing.T) {
	c := newClient(t, Config{Legacy: true, AllowedActions: []string{"plan.list", "vm.create", "image.retrieve"}})
	base := strings.TrimSuffix(c.url, "/api")
	fields := func(extra url.Values) url.Values {
		all := url.Values{"api_id": {c.server.APIID()}, "api_key": {c.server.APIKey()}}
		for name, values := range extra {
			all[name] = values
		}
		return all
	}
	get := func(path string, query url.Values) map[string]any {
		t.Helper()
		response, err := http.Get(base + path + "?" + query.Encode())
		if err != nil {
			t.Fatal(err)
		}
		return c.answer(response, 200)
	}
	for _, path := range []string{"/api.php", "/api", "/api/"} {
		answer := get(path, fields(url.Values{"category": {"plan"}, "action": {"list"}}))
		if plans := dig(t, answer, "plans").([]any); len(plans) != 25 {
			t.Errorf("%s: %d plans", path, len(plans))
		}
	}
	response, err := http.PostForm(base+"/api.php", fields(url.Values{
		"category": {"vm"}, "action": {"create"}, "hostname": {"web01"}, "plan_id": {"1"}, "image_id": {"26"},
	}))
	if err != nil {
		t.Fatal(err)
	}
	if answer := c.answer(response, 200); answer["success"] != "yes" {
		t.Error(answer)
	}
	for name, test := range map[string]struct {
		query url.Values
		want  string
	}{
		"no credentials":    {url.Values{"category": {"plan"}, "action": {"list"}}, authFailure},
		"the partial key":   {fields(url.Values{"api_key": {c.server.APIKey()[:64]}, "category": {"plan"}, "action": {"list"}}), authFailure},
		"no category":       {fields(nil), "required parameter category not set"},
		"forbidden action":  {fields(url.Values{"category": {"vm"}, "action": {"list"}}), "the API key is not allowed to call vm.list"},
		"missing parameter": {fields(url.Values{"category": {"vm"}, "action": {"create"}}), "required parameter hostname not set"},
	} {
		equals(t, name, get("/api.php", test.query)["error"], test.want)
	}
}
