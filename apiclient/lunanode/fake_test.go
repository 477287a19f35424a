package lunanode

import (
	"crypto/hmac"
	"crypto/sha512"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/internal/clock"
)

const authFailure = "authentication failure; common reasons: bad nonce (computer time off), source IP mismatch, invalid API id/key"

// An exchange is one request as the fake service saw it.
type exchange struct {
	path, nonce, signature, req string
	params                      map[string]any
	good                        bool // the signature and partial key fit the key
}

// A fake is a service that checks signatures with code of its own and answers
// what the test says. Its answers are used in order; the last one stays.
type fake struct {
	*httptest.Server
	mu      sync.Mutex
	key     string
	seen    []exchange
	answers []http.HandlerFunc
}

func newFake(t *testing.T, answers ...http.HandlerFunc) *fake {
	t.Helper()
	f := &fake{key: testKey, answers: answers}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	return f
}

// body answers 200 with this text.
func body(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(text)) }
}

// status answers with an HTTP status and this text.
func status(code int, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(code)
		_, _ = w.Write([]byte(text))
	}
}

// drop closes the connection without an answer, after the request was read.
func drop(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	e := exchange{path: r.URL.Path, nonce: r.PostForm.Get("nonce"), signature: r.PostForm.Get("signature"), req: r.PostForm.Get("req")}
	_ = json.Unmarshal([]byte(e.req), &e.params)

	f.mu.Lock()
	mac := hmac.New(sha512.New, []byte(f.key))
	mac.Write([]byte(strings.TrimPrefix(e.path, "/api/") + "|" + e.req + "|" + e.nonce))
	e.good = r.Method == http.MethodPost && e.signature == hex.EncodeToString(mac.Sum(nil)) &&
		e.params["api_partialkey"] == f.key[:64] && e.params["api_id"] == testID
	f.seen = append(f.seen, e)
	answer := f.answers[min(len(f.seen), len(f.answers))-1]
	f.mu.Unlock()

	if !e.good {
		answer = body(refusal(authFailure))
	}
	answer(w, r)
}

func (f *fake) exchanges() []exchange {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]exchange(nil), f.seen...)
}

func refusal(text string) string {
	quoted, _ := json.Marshal(text)
	return `{"success":"no","error":` + string(quoted) + `}`
}

// testClient is a client of the fake on a clock that stands still unless the
// test's goroutines run on it.
func testClient(t *testing.T, f *fake, change ...func(*Config)) (*Client, *clock.Virtual) {
	t.Helper()
	v := clock.NewVirtual(time.Now())
	config := Config{
		Credentials: StaticCredentials(testCredentials()),
		BaseURL:     f.URL + "/api",
		Clock:       v,
		Retry:       apiclient.RetryPolicy{Jitter: func() float64 { return 0.5 }},
	}
	for _, f := range change {
		f(&config)
	}
	c := New(config)
	t.Cleanup(c.Close)
	return c, v
}

// onClock runs f as a goroutine that takes part in virtual time, to its end.
func onClock(v *clock.Virtual, f func()) {
	done := make(chan struct{})
	v.Go(func() { defer close(done); f() })
	<-done
}

// withoutPort makes an error's text the same in every run.
func (f *fake) withoutPort(text string) string {
	u, _ := url.Parse(f.URL)
	return strings.ReplaceAll(text, u.Host, "HOST")
}
