package cloudservers

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// exchange is one request to a service in memory.
type exchange struct {
	method, path, body, contentType, accept string
	badToken                                bool
}

func (e exchange) with(change func(*exchange)) exchange { change(&e); return e }

func (e exchange) to(s *Service) *httptest.ResponseRecorder {
	r := httptest.NewRequest(e.method, "/v1.0/0"+e.path, strings.NewReader(e.body))
	r.Header.Set("X-Auth-Token", "good")
	if e.badToken {
		r.Header.Set("X-Auth-Token", "bad")
	}
	if e.contentType != "" {
		r.Header.Set("Content-Type", e.contentType)
	}
	r.Header.Set("Accept", e.accept)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// bodies are the right bodies of the operations that take one, for server 1, the
// image 112, the group 1 and the address 192.0.2.2.
var bodies = map[string]string{
	"servers.create":   `{"server":{"name":"x","imageId":112,"flavorId":1}}`,
	"servers.update":   `{"server":{"name":"y"}}`,
	"servers.action":   `{"reboot":{"type":"SOFT"}}`,
	"addresses.share":  `{"shareIp":{"sharedIpGroupId":1}}`,
	"backups.set":      `{"backupSchedule":{"enabled":true}}`,
	"images.create":    `{"image":{"serverId":1,"name":"i"}}`,
	"ip_groups.create": `{"sharedIpGroup":{"name":"g"}}`,
}

// successes are the statuses of section 1.
var successes = map[string]int{
	"servers.create": 202, "servers.update": 204, "servers.delete": 202, "servers.action": 202,
	"addresses.share": 202, "addresses.unshare": 202, "backups.set": 204, "backups.disable": 204,
	"images.create": 202, "images.delete": 204, "ip_groups.create": 201, "ip_groups.delete": 204,
}

func seeded(t *testing.T) *Service {
	t.Helper()
	s, err := New(Config{
		Clock:     &stepped{time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)},
		Authorize: func(token string) bool { return token == "good" },
		State: &State{
			Images:         []ImageState{{ID: 112, Name: "stock"}, {ID: 7, Name: "own", ServerID: 1}},
			SharedIPGroups: []IPGroupState{{ID: 1, Name: "g"}, {ID: 2, Name: "empty"}},
			Servers: []ServerState{
				{ID: 1, Name: "a", ImageID: 112, FlavorID: 1, SharedIPGroupID: 1, Public: []string{"192.0.2.1"}},
				{ID: 2, Name: "b", ImageID: 112, FlavorID: 1, SharedIPGroupID: 1, Public: []string{"192.0.2.2"}},
				{ID: 3, Name: "c", ImageID: 112, FlavorID: 1, SharedIPGroupID: 1, Public: []string{"192.0.2.3", "192.0.2.2"}},
			},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// good is a request that an operation accepts.
func good(op operation) exchange {
	id := map[string]string{"/images/{id}": "7", "/shared_ip_groups/{id}": "2"}[op.pattern]
	address := "192.0.2.2"
	switch {
	case op.name == "addresses.unshare":
		id = "3"
	case id == "":
		id = "1"
	}
	e := exchange{method: op.method, body: bodies[op.name],
		path: strings.NewReplacer("{id}", id, "{address}", address).Replace(op.pattern)}
	if e.body != "" {
		e.contentType = "application/json"
	}
	return e
}

// faultOf reads a fault in either format and checks its form.
func faultOf(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	switch w.Header().Get("Content-Type") {
	case formatJSON.contentType():
		var faults map[string]faultText
		if err := json.Unmarshal(w.Body.Bytes(), &faults); err != nil || len(faults) != 1 {
			t.Fatalf("no fault: %v in %s", err, w.Body)
		}
		for name, fault := range faults {
			if fault.Code != w.Code || fault.Message == "" {
				t.Errorf("the fault is %s with status %d", w.Body, w.Code)
			}
			return fmt.Sprintf("%d %s", w.Code, name)
		}
	case formatXML.contentType():
		var fault struct {
			XMLName xml.Name
			faultText
		}
		if err := xml.Unmarshal(w.Body.Bytes(), &fault); err != nil {
			t.Fatalf("no fault: %v in %s", err, w.Body)
		}
		if fault.Code != w.Code || fault.Message == "" || fault.XMLName.Space != namespace {
			t.Errorf("the fault is %s with status %d", w.Body, w.Code)
		}
		return fmt.Sprintf("%d %s", w.Code, fault.XMLName.Local)
	}
	return fmt.Sprintf("%d %s", w.Code, w.Body)
}

func TestEveryOperationSucceeds(t *testing.T) {
	for _, op := range operations {
		t.Run(op.name, func(t *testing.T) {
			want := successes[op.name]
			if want == 0 {
				want = 200
			}
			for _, accept := range []string{"application/json", "application/xml"} {
				w := good(op).with(func(e *exchange) { e.accept = accept }).to(seeded(t))
				if w.Code != want {
					t.Errorf("%s answers %d %s, want %d", op.name, w.Code, w.Body, want)
				}
				hasBody := w.Body.Len() > 0
				if wantBody := want == 200 || op.name == "servers.create" || op.name == "images.create" || op.name == "ip_groups.create"; hasBody != wantBody {
					t.Errorf("%s answers with the body %q", op.name, w.Body)
				}
				if hasBody && !strings.HasPrefix(w.Header().Get("Content-Type"), accept) {
					t.Errorf("asked for %s, got %s", accept, w.Header().Get("Content-Type"))
				}
				for _, suffix := range []string{"/", ".json", ".xml"} {
					w := good(op).with(func(e *exchange) { e.path += suffix }).to(seeded(t))
					if w.Code != want {
						t.Errorf("with %s at its end the path answers %d %s", suffix, w.Code, w.Body)
					}
				}
			}
		})
	}
}

// TestEveryOperationRefuses spoils a right request of every operation in every way
// that applies to it, in both formats.
func TestEveryOperationRefuses(t *testing.T) {
	spoils := map[string]struct {
		spoil   func(*exchange)
		applies func(operation) bool
		want    string
	}{
		"a bad token":       {func(e *exchange) { e.badToken = true }, always, "401 unauthorized"},
		"no content type":   {func(e *exchange) { e.contentType = "" }, takesBody, "415 badMediaType"},
		"an unknown type":   {func(e *exchange) { e.contentType = "text/yaml" }, takesBody, "415 badMediaType"},
		"no body":           {func(e *exchange) { e.body = "" }, takesBody, "400 badRequest"},
		"an empty object":   {func(e *exchange) { e.body = "{}" }, takesBody, "400 badRequest"},
		"an array":          {func(e *exchange) { e.body = "[]" }, takesBody, "400 badRequest"},
		"half a body":       {func(e *exchange) { e.body = e.body[:len(e.body)/2] }, takesBody, "400 badRequest"},
		"another format":    {func(e *exchange) { e.contentType = "application/xml" }, takesBody, "400 badRequest"},
		"a huge body":       {func(e *exchange) { e.body += strings.Repeat(" ", maxBody) }, takesBody, "413 overLimit"},
		"a wrong member":    {func(e *exchange) { e.body = `{"x":` + e.body[strings.Index(e.body, ":")+1:] }, takesBody, "400 badRequest"},
		"a null member":     {func(e *exchange) { e.body = e.body[:strings.Index(e.body, ":")] + ":null}" }, takesBody, "400 badRequest"},
		"members of arrays": {func(e *exchange) { e.body = arrays(e.body) }, takesBody, "400 badRequest"},
		"an unknown id":     {func(e *exchange) { e.path = replaceID(e.path, "999") }, hasID, "404 itemNotFound"},
		"an id of letters":  {func(e *exchange) { e.path = replaceID(e.path, "web1") }, hasID, "404 itemNotFound"},
		"an id too large":   {func(e *exchange) { e.path = replaceID(e.path, "4294967297") }, hasID, "404 itemNotFound"},
		"a negative id":     {func(e *exchange) { e.path = replaceID(e.path, "-1") }, hasID, "404 itemNotFound"},
		"a path below":      {func(e *exchange) { e.path += "/x/y/z" }, always, "404 itemNotFound"},
		"another verb":      {func(e *exchange) { e.method = "PATCH" }, always, "405 badMethod"},
	}
	for _, op := range operations {
		for name, test := range spoils {
			if !test.applies(op) {
				continue
			}
			t.Run(op.name+"/"+name, func(t *testing.T) {
				for _, accept := range []string{"application/json", "application/xml"} {
					s := seeded(t)
					before, _ := json.Marshal(s.Dump())
					e := good(op).with(test.spoil)
					e.accept = accept
					if got := faultOf(t, e.to(s)); got != test.want {
						t.Errorf("%s %s with %.80q answers %s, want %s", e.method, e.path, e.body, got, test.want)
					}
					if after, _ := json.Marshal(s.Dump()); string(after) != string(before) {
						t.Errorf("a refused request changed\n  %s\nto\n  %s", before, after)
					}
				}
			})
		}
	}
}

func always(operation) bool       { return true }
func takesBody(op operation) bool { return bodies[op.name] != "" }
func hasID(op operation) bool     { return strings.Contains(op.pattern, "{id}") }

func replaceID(path, id string) string {
	parts := strings.Split(path, "/")
	parts[2] = id
	return strings.Join(parts, "/")
}

// arrays turns every member's value of the inner object into an array.
func arrays(body string) string {
	var doc map[string]map[string]any
	if err := json.Unmarshal([]byte(body), &doc); err != nil {
		return err.Error()
	}
	for _, object := range doc {
		for name := range object {
			object[name] = []any{}
		}
	}
	spoiled, _ := json.Marshal(doc)
	return string(spoiled)
}

func TestOperationsAreNamedOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, op := range operations {
		if seen[op.name] || seen[op.method+op.pattern] {
			t.Errorf("%s %s %s is in the table twice", op.name, op.method, op.pattern)
		}
		seen[op.name], seen[op.method+op.pattern] = true, true
	}
	// The table of section 1 has 35 rows: five of them are actions and two are the
	// version documents.
	if n := len(operations) - 1 + len(actions) + 2; n != 35 {
		t.Errorf("the tables have %d operations", n)
	}
}
