package cloudservers

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// checkDocument reads a document the way every handler does.
func checkDocument(t *testing.T, doc document) {
	for name := range doc {
		in, f := doc.object(name)
		if f != nil {
			continue
		}
		in.text("name")
		in.integer("imageId")
		in.boolean("enabled")
		in.backupSchedule()
		in.publicAddresses()
		in.personality()
		if in.metadata() == nil {
			t.Error("metadata is nil")
		}
		if in.fault != nil && (in.fault.text.Code != 400 || in.fault.text.Details == "") {
			t.Errorf("the fault is %+v", in.fault)
		}
	}
	if a, in, f := actionOf(doc); f == nil && (a.handle == nil || in == nil) {
		t.Error("an action without a handler")
	}
}

func FuzzJSONBody(f *testing.F) {
	f.Add([]byte(`{"server":{"name":"x","imageId":"112","flavorId":1,"metadata":{"a":"b"},"personality":[{"path":"/a","contents":"YQ=="}]}}`))
	f.Add([]byte(`{"sharedIpGroup":{"name":"g","server":1}}`))
	f.Add([]byte(`{"server":{"sharedIpGroupId":1,"addresses":{"public":["198.51.100.1",5]}}}`))
	f.Add([]byte(`{"reboot":{"type":"HARD"}}`))
	f.Add([]byte(`{"confirmResize":null}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		doc, err := parseJSON(raw)
		if (doc == nil) == (err == nil) {
			t.Fatalf("document %v, error %v", doc, err)
		}
		checkDocument(t, doc)
	})
}

func FuzzXMLBody(f *testing.F) {
	f.Add([]byte(`<?xml version="1.0" encoding="UTF-8"?><server xmlns="` + namespace + `" name="x" imageId="112" flavorId="1"><metadata><meta key="a">b</meta></metadata><personality><file path="/a">YQ==</file></personality></server>`))
	f.Add([]byte(`<sharedIpGroup name="g"><server id="1"/></sharedIpGroup>`))
	f.Add([]byte(`<server sharedIpGroupId="1"><addresses><public><ip addr="198.51.100.1"/></public></addresses></server>`))
	f.Add([]byte(`<backupSchedule enabled="true" weekly="SUNDAY" daily="DISABLED"/>`))
	f.Add([]byte(`<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		doc, err := parseXML(raw)
		if (doc == nil) == (err == nil) || err == nil && len(doc) != 1 {
			t.Fatalf("document %v, error %v", doc, err)
		}
		checkDocument(t, doc)
	})
}

// FuzzPath asks for any path with any Accept header: the answer is one that the
// API has, in the format that it says.
func FuzzPath(f *testing.F) {
	f.Add("GET", "/v1.0/0/servers/detail.xml?limit=2&changes-since=5", "application/xml;q=0.1, */*")
	f.Add("POST", "/v1.0/0/servers/1/action", "")
	f.Add("DELETE", "/v1.0/0/servers/1/ips/public/1.2.3.4/", "text/html")
	f.Add("PUT", "/v1.0//servers//.json", ",;q=")
	s, err := New(Config{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, method, target, accept string) {
		r := httptest.NewRequest("GET", "/", nil)
		u, err := r.URL.Parse("http://sim.test/" + strings.TrimLeft(target, "/"))
		if err != nil {
			return
		}
		r.URL, r.Method = u, method
		r.Header.Set("Accept", accept)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		switch w.Code {
		case 200, 202, 204, 304, 400, 401, 403, 404, 405, 409:
		default:
			t.Errorf("%s %s answers %d %s", method, target, w.Code, w.Body)
		}
		if w.Header().Get("Content-Type") == formatJSON.contentType() && !json.Valid(w.Body.Bytes()) {
			t.Errorf("%s %s answers %s", method, target, w.Body)
		}
	})
}

func TestTimeline(t *testing.T) {
	start := time.Unix(1893456000, 0)
	line := timeline{started: start, stages: []stage{{"A", 2 * time.Second}, {"B", 0}, {"C", 8 * time.Second}}}
	for after, want := range map[time.Duration]struct {
		status   string
		progress int
	}{
		-time.Second:            {"A", 0},
		0:                       {"A", 0},
		1999 * time.Millisecond: {"A", 19},
		2 * time.Second:         {"C", 20},
		9999 * time.Millisecond: {"C", 99},
		time.Hour:               {"C", 99},
	} {
		if status, progress := line.at(start.Add(after)); status != want.status || progress != want.progress {
			t.Errorf("after %v: %s %d, want %+v", after, status, progress, want)
		}
	}
	if end := line.end(); !end.Equal(start.Add(10 * time.Second)) {
		t.Errorf("the end is %v", end)
	}
}

func TestAddressesAreUnique(t *testing.T) {
	seen := map[string]int{}
	for n := range 200_000 {
		for _, address := range []string{publicAddress(n), privateAddress(n)} {
			if other, ok := seen[address]; ok {
				t.Fatalf("servers %d and %d both have %s", other, n, address)
			}
			seen[address] = n
		}
	}
	for n, want := range map[int]string{0: "198.51.100.1", 253: "198.51.100.254", 254: "203.0.113.1", 508: "198.18.0.0", 508 + 1<<17: "100.64.0.0"} {
		if got := publicAddress(n); got != want {
			t.Errorf("server %d has %s, want %s", n, got, want)
		}
	}
	if last := publicAddress(508 + 1<<17 + 1<<22); last != "198.51.100.1" {
		t.Errorf("after the last address comes %s", last)
	}
}
