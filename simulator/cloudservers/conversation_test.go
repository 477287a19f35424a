package cloudservers_test

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/internal/clock"
	"github.com/cloudscript/cloudscript/simulator/cloudservers"
)

var update = flag.Bool("update", false, "write the answers into testdata/*.txt instead of comparing them")

// account is a service over real HTTP at a time that the test moves.
type account struct {
	*httptest.Server
	service *cloudservers.Service
	clock   *clock.Virtual
}

const token = "the-token"

// open serves an account. The clock stands at New Year's Day 2030.
func open(t testing.TB, c cloudservers.Config) *account {
	t.Helper()
	v := clock.NewVirtual(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC))
	c.Clock, c.Account = v, 700123
	c.Authorize = func(text string) bool { return text == token }
	service, err := cloudservers.New(c)
	if err != nil {
		t.Fatal(err)
	}
	a := &account{httptest.NewServer(service), service, v}
	t.Cleanup(a.Close)
	return a
}

type answer struct {
	status int
	header http.Header
	body   string
}

// send asks for a path below the account, or with // in front below the host.
func (a *account) send(t testing.TB, method, path, body string, headers ...string) answer {
	t.Helper()
	url := a.URL + "/v1.0/700123" + path
	if rest, ok := strings.CutPrefix(path, "//"); ok {
		url = a.URL + "/" + rest
	}
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Auth-Token", token)
	req.Header.Set("Accept-Encoding", "identity")
	switch {
	case strings.HasPrefix(body, "<"):
		req.Header.Set("Content-Type", "application/xml")
	case body != "":
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		if req.Header.Set(headers[i], headers[i+1]); headers[i+1] == "" {
			req.Header.Del(headers[i])
		}
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	all, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, string(all)}
}

// TestConversations replays testdata/*.txt. A file is a sequence of
//
//	# a comment
//	wait 90s
//	> POST /servers
//	| Header: value
//	| body
//	< 202
//	< body
//
// where a request line may end in "show Header …" to see headers of the answer.
// The first line may be "config NAME …", see configOf.
func TestConversations(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no conversations", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := replay(t, string(want))
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			wantLines, gotLines := strings.Split(string(want), "\n"), strings.Split(got, "\n")
			for n := range min(len(wantLines), len(gotLines)) {
				if wantLines[n] != gotLines[n] {
					t.Fatalf("%s:%d is\n  %s\nwant\n  %s", file, n+1, gotLines[n], wantLines[n])
				}
			}
			if len(wantLines) != len(gotLines) {
				t.Fatalf("%s: %d lines, want %d", file, len(gotLines), len(wantLines))
			}
		})
	}
}

// replay is the conversation with the answers that the service gives.
func replay(t *testing.T, text string) string {
	var out bytes.Buffer
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	words, _ := strings.CutPrefix(lines[0], "config ")
	if words == lines[0] {
		words = ""
	}
	a := open(t, configOf(t, strings.Fields(words)))
	for n := 0; n < len(lines); n++ {
		line := lines[n]
		if strings.HasPrefix(line, "<") {
			continue
		}
		out.WriteString(line + "\n")
		if wait, ok := strings.CutPrefix(line, "wait "); ok {
			d, err := time.ParseDuration(wait)
			if err != nil {
				t.Fatal(err)
			}
			a.clock.Advance(d)
		}
		if !strings.HasPrefix(line, "> ") {
			continue
		}
		request, show, _ := strings.Cut(line[2:], " show ")
		method, path, _ := strings.Cut(request, " ")
		var headers []string
		var body string
		for ; n+1 < len(lines) && strings.HasPrefix(lines[n+1], "| "); n++ {
			out.WriteString(lines[n+1] + "\n")
			next := lines[n+1][2:]
			if name, value, ok := strings.Cut(next, ": "); ok && body == "" && !strings.ContainsAny(name, "{<[ ") {
				headers = append(headers, name, strings.TrimSpace(value))
				continue
			}
			body += next
		}
		r := a.send(t, method, path, body, headers...)
		fmt.Fprintf(&out, "< %d\n", r.status)
		for _, name := range strings.Fields(show) {
			fmt.Fprintf(&out, "< %s: %s\n", name, r.header.Get(name))
		}
		for line := range strings.Lines(strings.ReplaceAll(r.body, a.URL, "http://sim.test")) {
			fmt.Fprintf(&out, "< %s\n", strings.TrimRight(line, "\n"))
		}
	}
	return out.String()
}

func configOf(t *testing.T, words []string) (c cloudservers.Config) {
	for _, word := range words {
		switch word {
		case "cached":
			c.Cached = true
		case "rates":
			c.RateLimits = cloudservers.DocumentedRateLimits()
		case "stripped":
			c.StripNames = true
		case "small":
			c.Limits = cloudservers.AbsoluteLimits{MaxTotalRAMSize: 1024, MaxIPGroups: 2, MaxIPGroupMembers: 2}
		default:
			t.Fatalf("there is no config %q", word)
		}
	}
	return c
}
