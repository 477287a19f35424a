package rackspace

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/ncw/swift/v2/swifttest"

	"github.com/cloudscript/cloudscript/apiclient"
)

// A server that this project did not write: right key, wrong key, expiry, another path. It must
// never be sent a token shorter than seven characters, because its handler then panics with a
// lock held; nothing here does.
func TestAgainstSwiftsTestServer(t *testing.T) {
	server, err := swifttest.NewSwiftServer("127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	open := func(key apiclient.Secret, url string) *Client {
		c := New(Config{
			Credentials: StaticCredentials{Username: "swifttest", APIKey: key, AuthURL: url},
			Retry:       apiclient.RetryPolicy{MaxAttempts: 1},
		})
		t.Cleanup(c.Close)
		return c
	}

	session, err := open("swifttest", server.AuthURL).Auth(t.Context())
	if err != nil || len(session.Token) < 7 || session.StorageURL == "" {
		t.Fatalf("got %+v, %v", session, err)
	}
	if _, err := open("wrong-key", server.AuthURL).Auth(t.Context()); asError(t, err).Kind != apiclient.KindUnauthorized {
		t.Errorf("a wrong key: %v", err)
	}
	if _, err := open("swifttest", server.AuthURL+"/").Auth(t.Context()); asError(t, err).Kind != apiclient.KindNotFound {
		t.Errorf("a wrong path: %v", err)
	}

	// With a management URL added it is a full authentication server for this client.
	var mu sync.Mutex
	used := map[string]int{}
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token := r.Header.Get("X-Auth-Token")
		server.Lock()
		good := server.Sessions[token[7:]] != nil
		server.Unlock()
		mu.Lock()
		used[token]++
		mu.Unlock()
		if !good {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		_, _ = w.Write([]byte(`{"servers":[]}`))
	}))
	t.Cleanup(service.Close)
	server.SetOverride("/v1.0", func(w http.ResponseWriter, r *http.Request, recorder *httptest.ResponseRecorder) {
		for name, values := range recorder.Header() {
			w.Header()[name] = values
		}
		w.Header().Set("X-Server-Management-Url", service.URL)
		w.WriteHeader(http.StatusNoContent)
	})
	c := open("swifttest", server.AuthURL)
	if err := list(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	server.Lock()
	clear(server.Sessions) // every token expires
	server.Unlock()
	if err := list(t.Context(), c); err != nil {
		t.Error(err)
	}
	if len(used) != 2 {
		t.Errorf("%d tokens were used, want the old and the new one", len(used))
	}
}
