package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// What a person sees when an authentication service, or what stands in its
// place, misbehaves. HOST stands for its address.
func TestBadAnswersAreExplained(t *testing.T) {
	loggedIn := func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/v1.0" {
			return false
		}
		w.Header().Set("X-Auth-Token", "0b8f3d0a-6f0e-4f43-9d0f-0c0a5b1f7e21")
		w.Header().Set("X-Server-Management-Url", "http://"+r.Host+"/v1.0/700123")
		w.WriteHeader(http.StatusNoContent)
		return true
	}
	tests := map[string]struct {
		handler http.HandlerFunc
		code    int
		want    string
	}{
		"no token": {func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "{}") }, exitFailed, `error: servers.list: answered 200 with text/plain but without an X-Auth-Token header, so this is no authentication service v1.0
--> -e:1
    1 | show(servers.list())
hint: check the authentication URL (the environment variables CLOUDSCRIPT_USERNAME, CLOUDSCRIPT_API_KEY and CLOUDSCRIPT_AUTH_URL); it usually ends in /v1.0, and "us" and "uk" name the public ones
`},
		"html": {func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "<html>Welcome to nginx!</html>") }, exitFailed, `error: servers.list: answered 200 with text/html but without an X-Auth-Token header, so this is no authentication service v1.0
--> -e:1
    1 | show(servers.list())
hint: check the authentication URL (the environment variables CLOUDSCRIPT_USERNAME, CLOUDSCRIPT_API_KEY and CLOUDSCRIPT_AUTH_URL); it usually ends in /v1.0, and "us" and "uk" name the public ones
`},
		"redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://elsewhere.example.test/login", http.StatusFound)
		}, exitFailed, `error: servers.list: HOST redirects to https://elsewhere.example.test, and credentials are not sent on
--> -e:1
    1 | show(servers.list())
hint: check the authentication URL (the environment variables CLOUDSCRIPT_USERNAME, CLOUDSCRIPT_API_KEY and CLOUDSCRIPT_AUTH_URL); it usually ends in /v1.0, and "us" and "uk" name the public ones
`},
		"key refused": {func(w http.ResponseWriter, r *http.Request) {
			http.Error(w, "Bad username or password", http.StatusUnauthorized)
		}, exitCredentials, `error: servers.list: user "mira" and the API key were refused: Bad username or password
--> -e:1
    1 | show(servers.list())
hint: check the user name and the key in the environment variables CLOUDSCRIPT_USERNAME, CLOUDSCRIPT_API_KEY and CLOUDSCRIPT_AUTH_URL: a key that was regenerated in the control panel replaces the old one at once
`},
		"truncated json": {func(w http.ResponseWriter, r *http.Request) {
			if !loggedIn(w, r) {
				fmt.Fprint(w, `{"servers": [{"id": 1, "name": "we`)
			}
		}, exitFailed, `error: servers.list: an answer of type text/plain cannot be understood: it is not a JSON object (unexpected end of JSON input)
--> -e:1
    1 | show(servers.list())
`},
		"not found": {func(w http.ResponseWriter, r *http.Request) {
			if !loggedIn(w, r) {
				w.WriteHeader(http.StatusNotFound)
				fmt.Fprint(w, `{"itemNotFound": {"code": 404, "message": "Not Found", "details": "no such thing"}}`)
			}
		}, exitFailed, `error: servers.list: Not Found: no such thing
--> -e:1
    1 | show(servers.list())
`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(test.handler)
			defer server.Close()
			cmd := command(t, "run", "-e", "show(servers.list())")
			cmd.Env = append(cmd.Env, "CLOUDSCRIPT_USERNAME=mira", "CLOUDSCRIPT_API_KEY="+sentinel, "CLOUDSCRIPT_AUTH_URL="+server.URL+"/v1.0")
			p := start(t, cmd)
			if code := p.end(); code != test.code {
				t.Errorf("exit code %d, want %d", code, test.code)
			}
			got := strings.ReplaceAll(p.stderr.String(), strings.TrimPrefix(server.URL, "http://"), "HOST")
			if got != test.want {
				t.Errorf("got:\n%swant:\n%s", got, test.want)
			}
		})
	}
}
