package cloudservers_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/simulator/cloudservers"
)

// What clients add to every GET to defeat caches changes nothing (section 2).
func TestParametersThatNobodyKnowsAreIgnored(t *testing.T) {
	a := open(t, cloudservers.Config{})
	a.must(t, 202, "POST", "/servers", `{"server":{"name":"x","imageId":112,"flavorId":1}}`)
	for _, path := range []string{"/servers", "/servers/detail", "/servers/59686", "/images", "/flavors/1", "/shared_ip_groups", "/limits"} {
		want := a.must(t, 200, "GET", path, "").body
		for _, name := range []string{"fresh", "cacheid", "cache-busting", "test", "now", "ignore_awful_caching", "format", "changes_since"} {
			if got := a.must(t, 200, "GET", path+"?"+name+"=1893456000", "").body; got != want {
				t.Errorf("GET %s?%s answers %s, without it %s", path, name, got, want)
			}
		}
	}
}

// Clients send a Content-Type with requests that have no body (section 2).
func TestAContentTypeWithoutABodyIsIgnored(t *testing.T) {
	a := open(t, cloudservers.Config{})
	a.must(t, 202, "POST", "/servers", `{"server":{"name":"x","imageId":112,"flavorId":1}}`)
	a.clock.Advance(90 * time.Second)
	for _, kind := range []string{"application/json", "application/xml", "text/plain"} {
		if r := a.send(t, "GET", "/servers/59686", "", "Content-Type", kind); r.status != 200 {
			t.Errorf("a GET with %s answers %d %s", kind, r.status, r.body)
		}
		if r := a.send(t, "DELETE", "/servers/59686/backup_schedule", "", "Content-Type", kind); r.status != 204 {
			t.Errorf("a DELETE with %s answers %d %s", kind, r.status, r.body)
		}
	}
}

// Several clients break base64 into lines, and put blanks around it (section 9.4).
func TestFilesMayBeInLines(t *testing.T) {
	a := open(t, cloudservers.Config{})
	for _, contents := range []string{`bW9kZT1w\ncmltYXJ5Cg==\n`, `  bW9kZT1wcmltYXJ5Cg==  `, `\r\nbW9k\r\nZT1wcmltYXJ5\tCg==\r\n`} {
		a.must(t, 202, "POST", "/servers",
			`{"server":{"name":"x","imageId":112,"flavorId":1,"personality":[{"path":"/etc/ledger.conf","contents":"`+contents+`"}]}}`)
	}
}

// What every server showed in recordings, whatever its name and flavor (sections 3, 9.1 and 9.4).
func TestRecordedFactsOfAServer(t *testing.T) {
	a := open(t, cloudservers.Config{})
	passwords := map[string]bool{}
	for n, name := range []string{"a", "ledger-01", "x.example.com"} {
		r := a.must(t, 202, "POST", "/servers", fmt.Sprintf(`{"server":{"name":%q,"imageId":112,"flavorId":%d}}`, name, n+1))
		var made struct {
			Server struct {
				HostID    string
				Progress  *int
				AdminPass string
				Metadata  map[string]string
				Addresses map[string][]string
			}
		}
		if err := json.Unmarshal([]byte(r.body), &made); err != nil {
			t.Fatal(err)
		}
		s := made.Server
		if !regexp.MustCompile(`^[0-9a-f]{32}$`).MatchString(s.HostID) {
			t.Errorf("the host id is %q", s.HostID)
		}
		if s.Progress == nil || *s.Progress != 0 || s.Metadata == nil {
			t.Errorf("no progress or no metadata in %s", r.body)
		}
		if !regexp.MustCompile(`^`+regexp.QuoteMeta(name)+`[0-9A-Za-z]{6,9}$`).MatchString(s.AdminPass) || passwords[s.AdminPass] {
			t.Errorf("the password is %q", s.AdminPass)
		}
		passwords[s.AdminPass] = true
		if len(s.Addresses) != 2 || len(s.Addresses["public"]) != 1 || len(s.Addresses["private"]) != 1 {
			t.Errorf("the addresses are %v", s.Addresses)
		}
	}
}

// Times carry the offset of US Central time, that of summer too (section 3). The first five were
// recorded.
func TestTimesAreOfUSCentral(t *testing.T) {
	for utc, want := range map[string]string{
		"2011-10-04T13:39:34Z": "2011-10-04T08:39:34-05:00", "2011-11-03T13:55:15Z": "2011-11-03T08:55:15-05:00",
		"2011-03-16T16:37:05Z": "2011-03-16T11:37:05-05:00", "2012-01-03T10:39:05Z": "2012-01-03T04:39:05-06:00",
		"2010-11-20T05:36:58Z": "2010-11-19T23:36:58-06:00",
		"2030-03-10T07:59:59Z": "2030-03-10T01:59:59-06:00", "2030-03-10T08:00:00Z": "2030-03-10T03:00:00-05:00",
		"2030-11-03T06:59:59Z": "2030-11-03T01:59:59-05:00", "2030-11-03T07:00:00Z": "2030-11-03T01:00:00-06:00",
		"2031-01-01T02:00:00Z": "2030-12-31T20:00:00-06:00",
	} {
		at, err := time.Parse(time.RFC3339, utc)
		if err != nil {
			t.Fatal(err)
		}
		if got := cloudservers.DateTime(at); got != want {
			t.Errorf("%s is %s, want %s", utc, got, want)
		}
	}
}

// The Last-Modified of a list is where the next poll for changes begins (section 5): nothing is
// missed, and where nothing happened nothing is told.
func TestLastModifiedBeginsTheNextPoll(t *testing.T) {
	a := open(t, cloudservers.Config{})
	a.clock.Advance(200 * time.Millisecond) // a change on the full second is told twice
	a.must(t, 202, "POST", "/servers", `{"server":{"name":"x","imageId":112,"flavorId":1}}`)
	a.clock.Advance(10 * time.Minute)
	for _, list := range []string{"/servers", "/servers/detail", "/images/detail", "/shared_ip_groups/detail"} {
		since, err := time.Parse(time.RFC1123, a.must(t, 200, "GET", list, "").header.Get("Last-Modified"))
		if err != nil {
			t.Errorf("%s: %v", list, err)
			continue
		}
		a.clock.Advance(time.Minute)
		a.must(t, 304, "GET", fmt.Sprintf("%s?changes-since=%d", list, since.Unix()), "")
	}
	since, _ := time.Parse(time.RFC1123, a.must(t, 200, "GET", "/servers", "").header.Get("Last-Modified"))
	a.must(t, 204, "PUT", "/servers/59686", `{"server":{"name":"y"}}`)
	a.must(t, 200, "GET", fmt.Sprintf("/servers?changes-since=%d", since.Unix()), "")
}
