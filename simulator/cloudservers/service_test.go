package cloudservers_test

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/simulator/cloudservers"
)

// failingHandler lets everything that requests begin end badly.
type failingHandler struct{ http.Handler }

func (h failingHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.Handler.ServeHTTP(w, cloudservers.Failing(r))
}

func (a *account) status(t *testing.T, path string) string {
	t.Helper()
	var entity map[string]struct {
		Status   string
		FlavorID int
	}
	r := a.send(t, "GET", path, "")
	if err := json.Unmarshal([]byte(r.body), &entity); err != nil {
		t.Fatalf("%v in %s", err, r.body)
	}
	for _, e := range entity {
		return fmt.Sprintf("%s %d", e.Status, e.FlavorID)
	}
	return r.body
}

func TestFailures(t *testing.T) {
	a := open(t, cloudservers.Config{})
	a.must(t, 202, "POST", "/servers", `{"server":{"name":"x","imageId":112,"flavorId":1}}`)
	a.clock.Advance(90 * time.Second)
	a.Config.Handler = failingHandler{a.service}

	a.must(t, 202, "POST", "/servers/59686/action", `{"resize":{"flavorId":2}}`)
	a.clock.Advance(2 * time.Minute)
	if got := a.status(t, "/servers/59686"); got != "ACTIVE 1" {
		t.Errorf("after a failed resize the server is %s", got)
	}
	a.must(t, 202, "POST", "/images", `{"image":{"serverId":59686,"name":"i"}}`)
	a.clock.Advance(2 * time.Minute)
	if got := a.status(t, "/images/3436"); got != "FAILED 0" {
		t.Errorf("after a failed save the image is %s", got)
	}
	a.must(t, 400, "POST", "/servers", `{"server":{"name":"y","imageId":3436,"flavorId":1}}`)
	a.must(t, 202, "POST", "/servers/59686/action", `{"rebuild":{}}`)
	a.clock.Advance(90 * time.Second)
	if got := a.status(t, "/servers/59686"); got != "ERROR 1" {
		t.Errorf("after a failed rebuild the server is %s", got)
	}
	a.must(t, 202, "POST", "/servers", `{"server":{"name":"y","imageId":112,"flavorId":1}}`)
	a.clock.Advance(90 * time.Second)
	if got := a.status(t, "/servers/59687"); got != "ERROR 1" {
		t.Errorf("after a failed build the server is %s", got)
	}
	a.must(t, 202, "DELETE", "/servers/59687", "")
}

// A failed resize gives the memory back that it counted.
func TestFailedResizeFreesMemory(t *testing.T) {
	a := open(t, cloudservers.Config{Limits: cloudservers.AbsoluteLimits{MaxTotalRAMSize: 1024}})
	a.must(t, 202, "POST", "/servers", `{"server":{"name":"x","imageId":112,"flavorId":1}}`)
	a.clock.Advance(90 * time.Second)
	a.Config.Handler = failingHandler{a.service}
	a.must(t, 202, "POST", "/servers/59686/action", `{"resize":{"flavorId":3}}`)
	a.must(t, 413, "POST", "/servers", `{"server":{"name":"y","imageId":112,"flavorId":2}}`)
	a.clock.Advance(2 * time.Minute)
	a.must(t, 202, "POST", "/servers", `{"server":{"name":"y","imageId":112,"flavorId":2}}`)
	a.must(t, 202, "DELETE", "/servers/59686", "")
	a.must(t, 202, "POST", "/servers", `{"server":{"name":"z","imageId":112,"flavorId":2}}`)
}

func TestTimesCanBeSet(t *testing.T) {
	a := open(t, cloudservers.Config{Times: cloudservers.Times{Build: time.Hour}})
	a.must(t, 202, "POST", "/servers", `{"server":{"name":"x","imageId":112,"flavorId":1}}`)
	a.clock.Advance(time.Hour - time.Second)
	if got := a.status(t, "/servers/59686"); got != "BUILD 1" {
		t.Errorf("before the hour the server is %s", got)
	}
	a.clock.Advance(time.Second)
	if got := a.status(t, "/servers/59686"); got != "ACTIVE 1" {
		t.Errorf("after the hour the server is %s", got)
	}
}

func TestGzip(t *testing.T) {
	a := open(t, cloudservers.Config{Gzip: true})
	plain := a.send(t, "GET", "/flavors", "")
	if plain.header.Get("Content-Encoding") != "" {
		t.Error("an answer is packed for a client that did not ask")
	}
	packed := a.send(t, "GET", "/flavors", "", "Accept-Encoding", "deflate, gzip;q=1.0")
	if packed.header.Get("Content-Encoding") != "gzip" {
		t.Fatalf("headers %v", packed.header)
	}
	z, err := gzip.NewReader(strings.NewReader(packed.body))
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(z); err != nil || string(body) != plain.body {
		t.Errorf("unpacked is %s, %v", body, err)
	}
	off := open(t, cloudservers.Config{})
	if r := off.send(t, "GET", "/flavors", "", "Accept-Encoding", "gzip"); r.header.Get("Content-Encoding") != "" {
		t.Error("an answer is packed though that is off")
	}
}

func TestPackedBodies(t *testing.T) {
	pack := func(body string) string {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		io.WriteString(z, body)
		z.Close()
		return b.String()
	}
	a := open(t, cloudservers.Config{})
	create := pack(`{"server":{"name":"x","imageId":112,"flavorId":1}}`)
	if r := a.send(t, "POST", "/servers", create, "Content-Encoding", "gzip"); r.status != 202 {
		t.Errorf("a packed create answers %d %s", r.status, r.body)
	}
	if r := a.send(t, "POST", "/servers", create[:len(create)-6], "Content-Encoding", "gzip"); r.status != 400 {
		t.Errorf("a packed body that is cut answers %d %s", r.status, r.body)
	}
	bomb := pack(`{"server":{"name":"` + strings.Repeat("x", 2<<20) + `"}}`)
	if r := a.send(t, "POST", "/servers", bomb, "Content-Encoding", "gzip"); r.status != 413 {
		t.Errorf("a body that unpacks to 2 MB answers %d %s", r.status, r.body)
	}
	if r := a.send(t, "POST", "/servers", "", "Content-Encoding", "gzip"); r.status != 400 {
		t.Errorf("no body answers %d %s", r.status, r.body)
	}
}

func TestLargeBodies(t *testing.T) {
	a := open(t, cloudservers.Config{})
	r := a.send(t, "POST", "/servers", `{"server":{"name":"`+strings.Repeat("x", 10<<20)+`"}}`)
	want := `{"overLimit":{"message":"Over Limit","details":"the body has more than 1048576 bytes","code":413}}`
	if r.status != 413 || r.body != want {
		t.Errorf("10 MB answer %d %s", r.status, r.body)
	}
	file := fmt.Sprintf(`{"server":{"name":"x","imageId":112,"flavorId":1,"personality":[{"path":"/x","contents":"%s"}]}}`, strings.Repeat("AAAA", 10_240/3+1))
	if r := a.send(t, "POST", "/servers", file); r.status != 400 || !strings.Contains(r.body, "has 10242 bytes, at most 10240 are possible") {
		t.Errorf("a file of 10242 bytes answers %d %s", r.status, r.body)
	}
	for name, text := range map[string]string{
		"server.metadata has a key of 256 bytes":      fmt.Sprintf(`{"%s":""}`, strings.Repeat("k", 256)),
		`server.metadata[\"k\"] has 256 bytes`:        fmt.Sprintf(`{"k":"%s"}`, strings.Repeat("v", 256)),
		"server.personality.path has 256 bytes":       "",
		"server.metadata[\\\"a\\\"] must be a string": `{"b":1,"a":2}`,
	} {
		body := fmt.Sprintf(`{"server":{"name":"x","imageId":112,"flavorId":1,"metadata":%s}}`, text)
		if text == "" {
			body = fmt.Sprintf(`{"server":{"name":"x","imageId":112,"flavorId":1,"personality":[{"path":"/%s","contents":""}]}}`, strings.Repeat("p", 255))
		}
		if r := a.send(t, "POST", "/servers", body); r.status != 400 || !strings.Contains(r.body, name) {
			t.Errorf("want 400 %s, got %d %s", name, r.status, r.body)
		}
	}
}

// What is exactly as large as it may be is taken.
func TestLargestValues(t *testing.T) {
	a := open(t, cloudservers.Config{})
	metadata := map[string]string{}
	for n := range 5 {
		metadata[fmt.Sprintf("%0255d", n)] = strings.Repeat("v", 255)
	}
	var personality []map[string]string
	for n := range 5 {
		personality = append(personality, map[string]string{
			"path":     fmt.Sprintf("/%0254d", n),
			"contents": base64.StdEncoding.EncodeToString(bytes.Repeat([]byte("x"), 10_240)),
		})
	}
	body, _ := json.Marshal(map[string]any{"server": map[string]any{
		"name": "x", "imageId": 112, "flavorId": 1, "metadata": metadata, "personality": personality}})
	r := a.must(t, 202, "POST", "/servers", string(body))
	var made struct {
		Server struct{ Metadata map[string]string }
	}
	if err := json.Unmarshal([]byte(r.body), &made); err != nil || !maps.Equal(made.Server.Metadata, metadata) {
		t.Errorf("the metadata is %v, %v", made.Server.Metadata, err)
	}
	padded := `{"server":{"name":"x","imageId":112,"flavorId":1}}`
	a.must(t, 202, "POST", "/servers", padded+strings.Repeat(" ", 1<<20-len(padded)))
	a.must(t, 413, "POST", "/servers", padded+strings.Repeat(" ", 1<<20-len(padded)+1))
	a.clock.Advance(90 * time.Second)
	a.must(t, 204, "PUT", "/servers/59686", `{"server":{"name":"`+strings.Repeat("n", 100_000)+`"}}`)
}

func TestChunkedBodiesAreRefused(t *testing.T) {
	a := open(t, cloudservers.Config{})
	body := struct{ io.Reader }{strings.NewReader(`{"server":{"name":"x","imageId":112,"flavorId":1}}`)}
	req, _ := http.NewRequest("POST", a.URL+"/v1.0/700123/servers", body)
	req.Header.Set("X-Auth-Token", token)
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	got, _ := io.ReadAll(resp.Body)
	if want := `{"cloudServersFault":{"message":"Length Required","details":"chunked bodies are not supported; send Content-Length","code":411}}`; resp.StatusCode != 411 || string(got) != want {
		t.Errorf("a chunked body answers %d %s", resp.StatusCode, got)
	}
}

func TestOperationNames(t *testing.T) {
	for request, want := range map[string]string{
		"GET /":                  "versions.list",
		"GET /v1.0/":             "versions.get",
		"GET /v1.0/1/limits.xml": "limits.get",
		"GET /v1.0/1/servers/detail.json?limit=3":                      "servers.detail",
		"DELETE /v1.0/1/servers/5/ips/public/10.0.0.1":                 "addresses.unshare",
		"POST /v1.0/1/servers/5/backup_schedule":                       "backups.set",
		"PATCH /v1.0/1/servers":                                        "",
		"GET /elsewhere":                                               "",
		`POST /v1.0/1/servers/5/action {"reboot":{"type":"HARD"}}`:     "servers.reboot",
		`POST /v1.0/1/servers/5/action {"rebuild":null}`:               "servers.rebuild",
		`POST /v1.0/1/servers/5/action {"resize":{}}`:                  "servers.resize",
		`POST /v1.0/1/servers/5/action {"confirmResize":null}`:         "servers.confirm_resize",
		`POST /v1.0/1/servers/5/action <revertResize xmlns="urn:x"/>`:  "servers.action",
		`POST /v1.0/1/servers/5/action <revertResize/>`:                "servers.revert_resize",
		`POST /v1.0/1/servers/5/action {"resize":{},"confirmResize":1`: "servers.action",
	} {
		method, rest, _ := strings.Cut(request, " ")
		path, body, _ := strings.Cut(rest, " ")
		r := httptest.NewRequest(method, path, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		if strings.HasPrefix(body, "<") {
			r.Header.Set("Content-Type", "application/xml")
		}
		if got := cloudservers.Operation(r); got != want {
			t.Errorf("%s is %q, want %q", request, got, want)
		}
		if left, err := io.ReadAll(r.Body); err != nil || string(left) != body {
			t.Errorf("%s: the body is %q afterwards, %v", request, left, err)
		}
	}
	r := httptest.NewRequest("POST", "/v1.0/1/servers/5/action", strings.NewReader(`{"reboot":{}}`))
	if got := cloudservers.Operation(r); got != "servers.action" {
		t.Errorf("without a Content-Type the operation is %q", got)
	}
}

func TestWriteFault(t *testing.T) {
	for _, test := range []struct {
		element string
		status  int
		want    string
	}{
		{"", 503, `503 {"serviceUnavailable":{"message":"Unavailable","code":503}}`},
		{"", 500, `500 {"cloudServersFault":{"message":"Internal Server Error","code":500}}`},
		{"", 502, `502 {"cloudServersFault":{"message":"Bad Gateway","code":502}}`},
		{"", 403, `403 {"cloudServersFault":{"message":"Forbidden","code":403}}`},
		{"resizeNotAllowed", 0, `403 {"resizeNotAllowed":{"message":"Resize Not Allowed","code":403}}`},
		{"serverCapacityUnavailable", 0, `503 {"serverCapacityUnavailable":{"message":"Server Capacity Unavailable","code":503}}`},
		{"overLimit", 403, `403 {"overLimit":{"message":"Too many requests...","code":403}}`},
	} {
		w := httptest.NewRecorder()
		cloudservers.WriteFault(w, httptest.NewRequest("GET", "/v1.0/1/servers", nil), test.element, test.status)
		if got := fmt.Sprintf("%d %s", w.Code, w.Body); got != test.want {
			t.Errorf("WriteFault(%q, %d) answers %s, want %s", test.element, test.status, got, test.want)
		}
	}
	if cloudservers.FaultStatus("buildInProgress") != 409 || cloudservers.FaultStatus("tooTired") != 0 {
		t.Error("FaultStatus does not know the faults")
	}
}

func TestVersionDocumentOverTLS(t *testing.T) {
	s, err := cloudservers.New(cloudservers.Config{})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest("GET", "https://sim.test/v1.0/", nil))
	if !strings.Contains(w.Body.String(), `"wadl":"https://sim.test/v1.0/application.wadl"`) {
		t.Errorf("the document is %s", w.Body)
	}
}

// Without a Config.Authorize every token opens the account, on the machine's clock.
func TestZeroConfig(t *testing.T) {
	s, err := cloudservers.New(cloudservers.Config{})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("POST", "/v1.0/0/servers", strings.NewReader(`{"server":{"name":"x","imageId":112,"flavorId":1}}`))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code != 202 {
		t.Errorf("a create answers %d %s", w.Code, w.Body)
	}
	if age := time.Since(s.Dump().Servers[0].Updated); age < 0 || age > time.Minute {
		t.Errorf("the server was changed %v ago", age)
	}
}

func TestSameSeedSameAnswers(t *testing.T) {
	create := func(seed uint64) string {
		a := open(t, cloudservers.Config{RandomSeed: seed})
		return a.must(t, 202, "POST", "/servers", `{"server":{"name":"x","imageId":112,"flavorId":1}}`).body
	}
	first, again, other := create(3), create(3), create(4)
	if first != again {
		t.Error("one seed gives two answers")
	}
	if first == other {
		t.Error("two seeds give one answer")
	}
}

func TestNamesSurviveBothFormats(t *testing.T) {
	a := open(t, cloudservers.Config{})
	const name = "a<b>&\"c'\t\u00e9\u4e16\\/\u2028"
	body, _ := json.Marshal(map[string]any{"server": map[string]any{"name": name, "imageId": 112, "flavorId": 1, "metadata": map[string]string{name: name}}})
	a.must(t, 202, "POST", "/servers", string(body))
	inXML := a.must(t, 200, "GET", "/servers/59686.xml", "").body
	inXML = inXML[strings.Index(inXML, "<server"):]
	inXML = inXML[:strings.Index(inXML, "<addresses>")] + "</server>" // a create takes addresses of a group only
	a.clock.Advance(90 * time.Second)
	a.must(t, 202, "POST", "/servers", inXML) // what the service wrote it can read
	var got struct {
		Server struct {
			Name     string
			Metadata map[string]string
		}
	}
	if err := json.Unmarshal([]byte(a.must(t, 200, "GET", "/servers/59687", "").body), &got); err != nil {
		t.Fatal(err)
	}
	if got.Server.Name != name || got.Server.Metadata[name] != name {
		t.Errorf("through XML the name is %q and the metadata %q, want %q", got.Server.Name, got.Server.Metadata, name)
	}
}

// TestHammer lets many clients change one account at once; the race detector
// watches, and no server is lost or made twice.
func TestHammer(t *testing.T) {
	a := open(t, cloudservers.Config{Limits: cloudservers.AbsoluteLimits{MaxTotalRAMSize: 1 << 30}})
	const clients, each = 8, 20
	var wg sync.WaitGroup
	for range clients {
		wg.Go(func() {
			for n := range each {
				r := a.send(t, "POST", "/servers", `{"server":{"name":"x","imageId":112,"flavorId":1}}`)
				var made struct{ Server struct{ ID int } }
				if err := json.Unmarshal([]byte(r.body), &made); err != nil {
					t.Error(err)
					return
				}
				path := fmt.Sprintf("/servers/%d", made.Server.ID)
				a.clock.Advance(90 * time.Second)
				a.send(t, "POST", path+"/action", `{"reboot":{"type":"SOFT"}}`)
				a.send(t, "GET", "/servers/detail", "")
				if n%2 == 0 {
					if r := a.send(t, "DELETE", path, ""); r.status != 202 {
						t.Errorf("delete answers %d %s", r.status, r.body)
					}
				}
				a.service.Dump()
			}
		})
	}
	wg.Wait()
	var list struct{ Servers []struct{ ID int } }
	if err := json.Unmarshal([]byte(a.send(t, "GET", "/servers", "").body), &list); err != nil {
		t.Fatal(err)
	}
	seen := map[int]bool{}
	last := 0
	for _, s := range list.Servers {
		if seen[s.ID] || s.ID < last {
			t.Errorf("server %d is listed twice or out of order", s.ID)
		}
		seen[s.ID], last = true, s.ID
	}
	if len(seen) != clients*each/2 {
		t.Errorf("%d servers are left, want %d", len(seen), clients*each/2)
	}
}
