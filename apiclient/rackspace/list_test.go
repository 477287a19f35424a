package rackspace

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
)

// paged serves n servers with limit and offset.
func paged(n int) func(w http.ResponseWriter, r *http.Request) {
	return func(w http.ResponseWriter, r *http.Request) {
		offset, _ := strconv.Atoi(r.FormValue("offset"))
		limit, err := strconv.Atoi(r.FormValue("limit"))
		if err != nil {
			limit = PageLimit
		}
		var rows []string
		for i := offset; i < min(n, offset+limit); i++ {
			rows = append(rows, fmt.Sprintf(`{"id":%d,"name":"n%d","extra":{"kept":[1,2]}}`, i, i))
		}
		fmt.Fprintf(w, `{"servers": [%s]}`, strings.Join(rows, ", "))
	}
}

func TestAllGoesThroughThePages(t *testing.T) {
	for _, test := range []struct {
		servers, limit, offset, calls, got int
	}{
		{0, 0, 0, 1, 0}, {5, 0, 0, 1, 5}, {5, 2, 0, 3, 5}, {4, 2, 0, 3, 4}, {5, 2, 3, 2, 2}, {1500, 5000, 0, 2, 1500},
	} {
		f := newFake(t)
		f.service = paged(test.servers)
		got := 0
		for server, err := range f.client(t, f.config()).Servers.All(t.Context(), ListOptions{Limit: test.limit, Offset: test.offset}) {
			if err != nil {
				t.Fatal(err)
			}
			if want := fmt.Sprintf("n%d", test.offset+got); server.Name != want || string(server.ID) != want[1:] {
				t.Errorf("%+v: got %s %s, want %s", test, server.ID, server.Name, want)
			}
			got++
		}
		if got != test.got || len(f.sent()) != test.calls {
			t.Errorf("%+v: got %d servers in %d calls", test, got, len(f.sent()))
		}
	}
}

func TestAllStopsWhenItsCallerDoes(t *testing.T) {
	f := newFake(t)
	f.service = paged(10)
	for server := range f.client(t, f.config()).Servers.All(t.Context(), ListOptions{Limit: 2}) {
		if server.Name == "n2" {
			break
		}
	}
	if len(f.sent()) != 2 {
		t.Errorf("%d calls, want 2", len(f.sent()))
	}
}

func TestAllEndsAfterAnError(t *testing.T) {
	f := newFake(t)
	f.service = func(w http.ResponseWriter, r *http.Request) {
		if len(f.sent()) == 2 {
			w.WriteHeader(500)
			return
		}
		paged(10)(w, r)
	}
	var got []string
	for server, err := range f.client(t, f.config()).Servers.All(t.Context(), ListOptions{Limit: 2}) {
		got = append(got, fmt.Sprint(server.Name, errors.Is(err, apiclient.KindServerError)))
	}
	if fmt.Sprint(got) != "[n0false n1false true]" {
		t.Errorf("got %v", got)
	}
}

// The recorded Nova ignores limit and offset for flavors.
func TestAServerThatIgnoresPagingDoesNotRepeatForEver(t *testing.T) {
	for _, limit := range []int{2, 3, 5} {
		f := newFake(t)
		f.service = func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, `{"flavors":[{"id":3},{"id":1},{"id":2}]}`)
		}
		n := 0
		for _, err := range f.client(t, f.config()).Flavors.All(t.Context(), ListOptions{Limit: limit}) {
			if n++; err != nil || n > 3 {
				t.Fatalf("limit %d: %d flavors, %v", limit, n, err)
			}
		}
		if n != 3 {
			t.Errorf("limit %d: got %d flavors", limit, n)
		}
	}
}

func TestUnknownFieldsAndRawRowsAreKept(t *testing.T) {
	f := newFake(t)
	f.service = paged(2)
	c := f.client(t, f.config())
	page, err := c.Servers.List(t.Context(), ListOptions{})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := c.Servers.ListRaw(t.Context(), ListOptions{})
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"id":1,"name":"n1","extra":{"kept":[1,2]}}`
	if string(page.Items[1].Raw) != want || string(raw.Items[1]) != want {
		t.Errorf("got %s and %s", page.Items[1].Raw, raw.Items[1])
	}
}

func TestNothingChangedIsNoFailure(t *testing.T) {
	f := newFake(t)
	f.service = func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Last-Modified", "Tue, 01 Jan 2030 00:01:00 GMT")
		w.WriteHeader(http.StatusNotModified)
	}
	page, err := f.client(t, f.config()).Servers.List(t.Context(), ListOptions{Detail: true, ChangesSince: start})
	if err != nil || !page.NotModified || len(page.Items) != 0 || !page.LastModified.Equal(start.Add(time.Minute)) {
		t.Errorf("got %+v, %v", page, err)
	}
}

func TestFreshListsDifferFromCallToCall(t *testing.T) {
	f := newFake(t)
	f.service = paged(0)
	c := f.client(t, f.config())
	for range 2 {
		if _, err := c.Servers.ListRaw(t.Context(), ListOptions{Fresh: true}); err != nil {
			t.Fatal(err)
		}
	}
	if !strings.Contains(f.sent()[0], "?fresh=") || f.sent()[0] == f.sent()[1] {
		t.Errorf("got %v", f.sent())
	}
}

func TestAnswersThatAreNoLists(t *testing.T) {
	const start = "servers.list: bad_answer: an answer of type text/plain cannot be understood: "
	for body, want := range map[string]string{
		``:                             "it is empty",
		`{"servers":[{"id":1`:          "it is not a JSON object (unexpected end of JSON input)",
		`<html>`:                       "it is not a JSON object (invalid character '<' looking for beginning of value)",
		`[]`:                           "it is not a JSON object (json: cannot unmarshal array into Go value of type map[string]json.RawMessage)",
		`{}`:                           `it has no member "servers"`,
		`{"servers":{"id":1}}`:         `its member "servers" is not a list`,
		`{"servers":[{"id":1},"two"]}`: `row 2 of its list "servers" is not an object`,
	} {
		f := newFake(t)
		f.service = func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			fmt.Fprint(w, body)
		}
		_, err := f.client(t, f.config()).Servers.List(t.Context(), ListOptions{})
		if got := fmt.Sprint(err); got != start+want+" (HTTP 200, GET /servers)" {
			t.Errorf("%s\n got  %s\n want %s", body, got, start+want)
		}
	}
}

func TestARowThatIsNoServer(t *testing.T) {
	f := newFake(t)
	f.service = func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, `{"servers":[{"id":{}}]}`) }
	_, err := f.client(t, f.config()).Servers.List(t.Context(), ListOptions{})
	const want = `servers.list: bad_answer: a row of the list cannot be understood: an id is a number or a string, not an object`
	if fmt.Sprint(err) != want {
		t.Errorf("got %v", err)
	}
}

func TestATruncatedCreateSaysThatItSucceeded(t *testing.T) {
	f := newFake(t)
	f.service = func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusAccepted)
		fmt.Fprint(w, `{"server":{"id":17,"adminPass":"web1Qm`)
	}
	_, err := f.client(t, f.config()).Servers.Create(t.Context(), ServerCreate{Name: "web1", ImageID: "1", FlavorID: "1"})
	e := asError(t, err)
	if e.Kind != apiclient.KindBadAnswer || !e.MayHaveActed ||
		e.Hint != `the call itself succeeded: before trying again, look whether the list of servers shows "web1"` {
		t.Errorf("got %v, may have acted: %v", e, e.MayHaveActed)
	}
}

func TestIDsAreNumbersOrText(t *testing.T) {
	for in, want := range map[string]string{
		`17`: `17`, `"17"`: `17`, `"a-1"`: `"a-1"`, `null`: `""`, `"017"`: `"017"`, `-1`: `-1`, `99999999999999999999`: `"99999999999999999999"`,
	} {
		var id ID
		if err := json.Unmarshal([]byte(in), &id); err != nil {
			t.Errorf("%s: %v", in, err)
		}
		if got, _ := json.Marshal(id); string(got) != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
	for _, in := range []string{`true`, `{}`, `[1]`} {
		var id ID
		if err := json.Unmarshal([]byte(in), &id); err == nil {
			t.Errorf("%s is taken for an id", in)
		}
	}
}

func TestServersLeaveOutAndMisshapeFields(t *testing.T) {
	for in, want := range map[string]string{
		`{"id":"17","name":"a","metadata":[]}`:                               "17 a map[]",
		`{"id":17,"name":"a","metadata":null,"hostId":"","imageId":null}`:    "17 a map[]",
		`{"id":17,"name":"a","metadata":{"n":1,"s":"t","b":true,"z":null}}`:  "17 a map[b:true n:1 s:t z:]",
		`{"id":17,"name":"a","addresses":{"public":null},"progress":null}`:   "17 a map[]",
		`{"id":17,"name":"\u00e9","status":"ODD","sharedIpGroupId":"310"}`:   "17 é map[]",
		`{"id":17,"name":"a","new":{"deep":["}",{"]":"\""}]},"metadata":{}}`: "17 a map[]",
	} {
		s, err := decodeServer([]byte(in))
		if got := fmt.Sprint(s.ID, " ", s.Name, " ", s.Metadata); err != nil || got != want {
			t.Errorf("%s: got %s, %v", in, got, err)
		}
	}
}

func FuzzRows(f *testing.F) {
	f.Add(`{"servers":[{"id":1,"s":"]}\\\"["},{"a":[[]]} , {}]}`)
	f.Add(`{"servers": [ ] }`)
	f.Add(`{"servers":[{},null]}`)
	f.Fuzz(func(t *testing.T, body string) {
		rows, err := rowsIn([]byte(body), "servers")
		if err != nil {
			return
		}
		var want struct{ Servers []json.RawMessage }
		var members map[string]json.RawMessage
		if json.Unmarshal([]byte(body), &members) != nil || json.Unmarshal(members["servers"], &want.Servers) != nil {
			t.Fatalf("took %q, which encoding/json refuses", body)
		}
		if len(rows) != len(want.Servers) {
			t.Fatalf("%q: %d rows, want %d", body, len(rows), len(want.Servers))
		}
		for i := range rows {
			if string(rows[i]) != string(want.Servers[i]) {
				t.Fatalf("%q: row %d is %q, want %q", body, i, rows[i], want.Servers[i])
			}
		}
	})
}

func BenchmarkListThousandServers(b *testing.B) {
	var rows []string
	for i := range PageLimit {
		rows = append(rows, fmt.Sprintf(`{"id":%d,"name":"ledger-%04d","imageId":112,"flavorId":2,"hostId":"c0ffee00c0ffee00c0ffee00c0ffee00",`+
			`"status":"ACTIVE","progress":100,"addresses":{"public":["198.51.100.17"],"private":["10.180.4.17"]},"metadata":{"team":"billing"}}`, 40000+i, i))
	}
	body := []byte(`{"servers":[` + strings.Join(rows, ",") + `]}`)
	f := newFake(b)
	f.service = func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write(body) }
	c := f.client(b, f.config())
	b.Run("typed over loopback", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if page, err := c.Servers.List(background, ListOptions{Detail: true}); err != nil || len(page.Items) != PageLimit {
				b.Fatal(err)
			}
		}
	})
	b.Run("raw over loopback", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if page, err := c.Servers.ListRaw(background, ListOptions{Detail: true}); err != nil || len(page.Items) != PageLimit {
				b.Fatal(err)
			}
		}
	})
	b.Run("hand-written over loopback", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			resp, err := http.Get(f.URL + "/v1.0/7/servers/detail")
			if err != nil {
				b.Fatal(err)
			}
			var page struct{ Servers []plainServer }
			if err := json.NewDecoder(resp.Body).Decode(&page); err != nil || len(page.Servers) != PageLimit {
				b.Fatal(err)
			}
			_ = resp.Body.Close()
		}
	})
}

// plainServer is what somebody would write who needs a list once.
type plainServer struct {
	ID        int
	Name      string
	ImageID   int
	FlavorID  int
	HostID    string
	Status    string
	Progress  int
	Addresses struct{ Public, Private []string }
	Metadata  map[string]string
}
