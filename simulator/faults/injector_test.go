package faults_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/simulator/faults"
)

const answer = `{"servers":[{"id":1,"name":"web1"}]}`

type failing struct{}

// service is a server behind an injector with rules; it keeps what acted and how
// long rules slept.
type service struct {
	*httptest.Server
	injector *faults.Injector

	mu    sync.Mutex
	acted []string
	slept []time.Duration
}

// did is what the service did and how long rules slept, up to now.
func (s *service) did() (acted []string, slept []time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.acted, s.slept
}

func serve(t *testing.T, rules ...string) *service {
	s := &service{}
	s.injector = faults.NewInjector(faults.Config{
		Sleep: func(_ context.Context, d time.Duration) error {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.slept = append(s.slept, d)
			return nil
		},
		Refuse: func(w http.ResponseWriter, _ *http.Request, fault string, status int) {
			http.Error(w, fmt.Sprintf("refused %s %d", fault, status), max(status, 400))
		},
		Failing: func(r *http.Request) *http.Request {
			return r.WithContext(context.WithValue(r.Context(), failing{}, true))
		},
	})
	for _, text := range rules {
		rule, err := faults.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		s.injector.Add(rule)
	}
	next := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		word := r.Method + r.URL.Path
		if r.Context().Value(failing{}) != nil {
			word += " failing"
		}
		s.mu.Lock()
		s.acted = append(s.acted, word)
		s.mu.Unlock()
		w.Header().Set("X-Kind", "list")
		if r.Method == http.MethodDelete {
			w.WriteHeader(http.StatusAccepted)
			return
		}
		io.WriteString(w, answer)
	})
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.injector.Handle(w, r, []string{strings.ToLower(r.Method) + ".op"}, next)
	}))
	t.Cleanup(s.Close)
	return s
}

// send is what a client sees: "200 body" or "error".
func (s *service) send(method, path string) string {
	req, err := http.NewRequest(method, s.URL+path, nil)
	if err != nil {
		return err.Error()
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(req)
	if err != nil {
		return "error"
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return fmt.Sprintf("%d %s then error", resp.StatusCode, body)
	}
	return strings.TrimSpace(fmt.Sprintf("%d %s", resp.StatusCode, body))
}

func TestEffects(t *testing.T) {
	whole := "200 " + answer
	for rule, want := range map[string]struct {
		client string
		acted  bool
		slept  []time.Duration
	}{
		"GET status=503":               {"503 refused  503", false, nil},
		"GET fault=overLimit":          {"400 refused overLimit 0", false, nil},
		"GET delay=30s":                {whole, true, []time.Duration{30 * time.Second}},
		"GET delay=30s status=500":     {"500 refused  500", false, []time.Duration{30 * time.Second}},
		"GET reset":                    {"error", false, nil},
		"GET lost-reply":               {"error", true, nil},
		"GET late=5s":                  {whole, true, []time.Duration{5 * time.Second}},
		"GET truncate=11":              {`200 {"servers": then error`, true, nil},
		"GET truncate=1000":            {"200 " + answer[:len(answer)-1] + " then error", true, nil},
		"GET malformed":                {"200 " + answer[:len(answer)/2] + `{"`, true, nil},
		"GET slow=10s":                 {whole, true, slices.Repeat([]time.Duration{time.Second}, 10)},
		"POST status=503":              {whole, true, nil},
		"post.op status=503":           {whole, true, nil},
		"get.* status=503":             {"503 refused  503", false, nil},
		"/v1/servers status=503":       {"503 refused  503", false, nil},
		"/servers status=503":          {"503 refused  503", false, nil},
		"/v1/*rs status=503":           {"503 refused  503", false, nil},
		"/server status=503":           {whole, true, nil},
		"GET nth=2 status=503":         {whole, true, nil},
		"GET after=1 status=503":       {whole, true, nil},
		"GET probability=1 status=503": {"503 refused  503", false, nil},
	} {
		t.Run(rule, func(t *testing.T) {
			s := serve(t, rule)
			if got := s.send("GET", "/v1/servers"); got != want.client {
				t.Errorf("the client sees\n  %s\nwant\n  %s", got, want.client)
			}
			acted, slept := s.did()
			if len(acted) > 0 != want.acted {
				t.Errorf("the service did %q, want something: %v", acted, want.acted)
			}
			if !slices.Equal(slept, want.slept) {
				t.Errorf("the rule slept %v, want %v", slept, want.slept)
			}
		})
	}
}

func TestSpoiledAnswersKeepStatusAndHeader(t *testing.T) {
	s := serve(t, "DELETE late=1s", "GET malformed")
	req, _ := http.NewRequest("DELETE", s.URL+"/servers/1", nil)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != 202 || resp.Header.Get("X-Kind") != "list" {
		t.Errorf("the answer is %d %v", resp.StatusCode, resp.Header)
	}
}

func TestTruncatingAnEmptyBodyBreaksTheConnection(t *testing.T) {
	s := serve(t, "DELETE truncate=10")
	if got := s.send("DELETE", "/servers/1"); got != "error" {
		t.Errorf("the client sees %q, want an error", got)
	}
	if acted, _ := s.did(); len(acted) != 1 {
		t.Errorf("the service did %q", acted)
	}
}

func TestFailMarksTheRequest(t *testing.T) {
	s := serve(t, "POST fail times=1")
	s.send("POST", "/servers")
	s.send("POST", "/servers")
	acted, _ := s.did()
	if want := []string{"POST/servers failing", "POST/servers"}; !slices.Equal(acted, want) {
		t.Errorf("the service did %q, want %q", acted, want)
	}
}

func TestResetIsAReset(t *testing.T) {
	s := serve(t, "GET reset")
	conn, err := net.Dial("tcp", s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	if _, err := bufio.NewReader(conn).ReadByte(); err == nil || errors.Is(err, io.EOF) {
		t.Errorf("reading ends with %v, want a connection reset", err)
	}
}

func TestRetryAfterIsInWholeSeconds(t *testing.T) {
	s := serve(t, "GET status=413 retry-after=1500ms")
	resp, err := http.Get(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if got := resp.Header.Get("Retry-After"); got != "2" {
		t.Errorf("Retry-After is %q, want 2", got)
	}
}

func TestSchedules(t *testing.T) {
	for rule, want := range map[string]string{
		"nth=3 status=503":                      "..x.......",
		"after=3 status=503":                    "...xxxxxxx",
		"after=3 times=2 status=503":            "...xx.....",
		"times=4 status=503":                    "xxxx......",
		"probability=0.5 seed=1 status=503":     "",
		"probability=0.5 seed=1 delay=1s reset": "",
	} {
		got := pattern(serve(t, rule))
		if want == "" { // chance: the same again for the same seed, another for another
			want = pattern(serve(t, rule))
			if other := pattern(serve(t, strings.Replace(rule, "seed=1", "seed=2", 1))); other == got {
				t.Errorf("%s: another seed gives the same schedule %s", rule, got)
			}
			if !strings.Contains(got, "x") || !strings.Contains(got, ".") {
				t.Errorf("%s: the schedule is %s", rule, got)
			}
		}
		if got != want {
			t.Errorf("%s: the schedule is %s, want %s", rule, got, want)
		}
	}
}

func pattern(s *service) (marks string) {
	for range 10 {
		if s.send("GET", "/") == "200 "+answer {
			marks += "."
		} else {
			marks += "x"
		}
	}
	return marks
}

func TestFirstDueRuleDecidesAndAllCount(t *testing.T) {
	s := serve(t, "nth=2 status=501", "GET status=502", "POST status=503")
	var got []string
	for range 3 {
		got = append(got, s.send("GET", "/")[:3])
	}
	if want := []string{"502", "501", "502"}; !slices.Equal(got, want) {
		t.Errorf("statuses %v, want %v", got, want)
	}
	var counts []string
	for _, c := range s.injector.Counts() {
		counts = append(counts, fmt.Sprintf("%s: %d of %d", c.Rule, c.Fired, c.Seen))
	}
	want := []string{"* nth=2 status=501: 1 of 3", "GET status=502: 2 of 3", "POST status=503: 0 of 0"}
	if !slices.Equal(counts, want) {
		t.Errorf("counts %q, want %q", counts, want)
	}
	s.injector.Clear()
	if got := s.send("GET", "/"); got != "200 "+answer {
		t.Errorf("after Clear the client sees %s", got)
	}
}

func TestBrokenOffInMemory(t *testing.T) {
	defer func() {
		if recover() != http.ErrAbortHandler {
			t.Error("the exchange was not aborted")
		}
	}()
	i := faults.NewInjector(faults.Config{})
	i.Add(faults.Rule{Reset: true})
	i.Handle(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil), nil, nil)
}

func TestSleepEndsWithTheRequest(t *testing.T) {
	i := faults.NewInjector(faults.Config{})
	i.Add(faults.Rule{Delay: time.Hour})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	defer func() {
		if recover() != http.ErrAbortHandler {
			t.Error("the exchange was not aborted")
		}
	}()
	i.Handle(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil).WithContext(ctx), nil, nil)
}

// TestHammer: however many requests arrive at once, a rule decides as often as it
// says and every request is counted.
func TestHammer(t *testing.T) {
	s := serve(t, "GET times=10 status=503", "GET after=50 times=5 lost-reply", "POST status=500")
	const clients, each = 16, 10
	var wg sync.WaitGroup
	var mu sync.Mutex
	seen := map[string]int{}
	for range clients {
		wg.Go(func() {
			for range each {
				got, _, _ := strings.Cut(s.send("GET", "/servers"), " ")
				mu.Lock()
				seen[got]++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if seen["503"] != 10 || seen["error"] != 5 || seen["200"] != clients*each-15 {
		t.Errorf("clients saw %v", seen)
	}
	counts := s.injector.Counts()
	if counts[0].Seen != clients*each || counts[1].Seen != clients*each || counts[2].Seen != 0 {
		t.Errorf("counts %+v", counts)
	}
	if acted, _ := s.did(); len(acted) != clients*each-10 {
		t.Errorf("the service acted %d times", len(acted))
	}
}

// Rules may be added and removed while requests run.
func TestRulesChangeUnderWay(t *testing.T) {
	s := serve(t)
	if got := s.send("GET", "/"); got != "200 "+answer {
		t.Errorf("without rules the client sees %s", got)
	}
	s.injector.Add(faults.Rule{Status: 503}, faults.Rule{Status: 504})
	if got := s.send("GET", "/"); !strings.HasPrefix(got, "503") {
		t.Errorf("with rules the client sees %s", got)
	}
	s.injector.Clear()
	s.injector.Add(faults.Rule{Status: 504})
	if got := s.send("GET", "/"); !strings.HasPrefix(got, "504") {
		t.Errorf("with another rule the client sees %s", got)
	}
}

// A client that gives up ends a wait; the service has acted or not, as the rule says.
func TestGivingUp(t *testing.T) {
	for rule, acted := range map[string]bool{"delay=1h": false, "late=1h": true, "slow=10h": true} {
		t.Run(rule, func(t *testing.T) {
			parsed, err := faults.Parse(rule)
			if err != nil {
				t.Fatal(err)
			}
			entered := make(chan struct{})
			i := faults.NewInjector(faults.Config{Sleep: func(ctx context.Context, _ time.Duration) error {
				close(entered)
				<-ctx.Done()
				return context.Cause(ctx)
			}})
			i.Add(parsed)
			did := false
			ctx, cancel := context.WithCancel(t.Context())
			go func() { <-entered; cancel() }()
			defer func() {
				if recover() != http.ErrAbortHandler {
					t.Error("the exchange was not aborted")
				}
				if did != acted {
					t.Errorf("the service acted: %v, want %v", did, acted)
				}
			}()
			i.Handle(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil).WithContext(ctx), nil, http.HandlerFunc(
				func(w http.ResponseWriter, _ *http.Request) { did = true; io.WriteString(w, answer) }))
		})
	}
}
