package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// TestNoRecordingHoldsAKey records runs against a server that answers with all that it
// was sent, and one that says so after a log-in, and reads the files.
func TestNoRecordingHoldsAKey(t *testing.T) {
	const token = "0b8f3d0a5ec7e7a11ce5ec7e7a117e21"
	for name, next := range map[string]http.Handler{
		"200 html": echo(200, "text/html"), "200 json": echo(200, "application/json"), "401 text": echo(401, "text/plain"),
		"after a log-in": http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("X-Auth-Key") != "" {
				w.Header().Set("X-Auth-Token", token)
				w.Header().Set("X-Server-Management-Url", "http://"+r.Host+"/v1.0/7")
				return
			}
			echo(400, "application/json").ServeHTTP(w, r)
		}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(next)
			defer server.Close()
			file := filepath.Join(t.TempDir(), "run.rec")
			cmd := command(t, "run", "--record", file, "-e",
				`for _, f in ipairs{servers.list, vm.list} do print(pcall(f)) end
				print(pcall(servers.create, {name = "web1", image = 1, flavor = 1, personality = {["/etc/key"] = "pa55-w0rd pa55-w0rd"}}))
				print(pcall(vm.call, "vm", "setpassword", {vm_id = "x", password = "pa55-w0rd"}))`)
			cmd.Env = append(cmd.Env, "CLOUDSCRIPT_USERNAME=mira", "CLOUDSCRIPT_API_KEY="+sentinel, "CLOUDSCRIPT_AUTH_URL="+server.URL+"/v1.0",
				"CLOUDSCRIPT_LUNANODE_API_ID=LNID000000000001", "CLOUDSCRIPT_LUNANODE_API_KEY="+sentinelLong, "CLOUDSCRIPT_LUNANODE_URL="+server.URL+"/api")
			if output, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, output)
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if lines := bytes.Count(text, []byte("\n")); lines < 4 {
				t.Errorf("%d lines:\n%s", lines, text)
			}
			for _, secret := range []string{sentinel, sentinelHalf[32:], sentinelLong[64:96], sentinelLong[96:], token, "pa55-w0rd", "cGE1NS13MHJk"} {
				if bytes.Contains(bytes.ToLower(text), bytes.ToLower([]byte(secret))) {
					t.Errorf("%s is in\n%s", secret, excerpts(text, secret))
				}
			}
		})
	}
}

// What a script asks other hosts is recorded and served as well, with its redirects, and nothing
// is sent for what was not recorded.
func TestAReplayAnswersAScriptsOwnRequests(t *testing.T) {
	var asked atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := asked.Add(1)
		if r.URL.Path == "/old" {
			http.Redirect(w, r, "/new", http.StatusMovedPermanently)
			return
		}
		w.Header().Set("X-Number", fmt.Sprint(n))
		fmt.Fprintf(w, "answer %d", n)
	}))
	t.Cleanup(server.Close)
	file := filepath.Join(t.TempDir(), "run.rec")
	run := func(source string, args ...string) (string, error) {
		cmd := command(t, append(append([]string{"run", "--host", "127.0.0.1"}, args...), "-e", "local base = '"+server.URL+"' "+source)...)
		output, err := cmd.CombinedOutput()
		return string(output), err
	}
	const source = `for _, path in ipairs{"/a", "/old", "/a"} do local r = http.get(base .. path) print(r.status, r.body, r.headers["x-number"]) end
		print(http.post(base .. "/a", {name = "web1"}).body, #flavors.list())`
	const want = "200\tanswer 1\t1\n200\tanswer 3\t3\n200\tanswer 4\t4\nanswer 5\t8\n"
	if got, err := run(source, "--sim", "--record", file); err != nil || got != want {
		t.Fatalf("%v, recorded\n%s", err, got)
	}
	if got, err := run(source, "--replay", file); err != nil || got != want {
		t.Errorf("%v, replayed\n%s", err, got)
	}
	got, err := run(`print(pcall(http.get, base .. "/b")) local _, e = pcall(http.get, base .. "/b") print(e.kind) http.post(base .. "/a", {name = "web2"})`, "--replay", file)
	if err == nil || !strings.Contains(got, "\nnot_recorded\n") || !strings.Contains(got, "only to the same call with other arguments") {
		t.Errorf("%v, %s", err, got)
	}
	if n := asked.Load(); n != 5 {
		t.Errorf("%d requests arrived, want 5", n)
	}
}

// excerpts are the places of a text where a secret stands.
func excerpts(text []byte, secret string) string {
	var out []string
	for line := range bytes.Lines(text) {
		if at := bytes.Index(bytes.ToLower(line), bytes.ToLower([]byte(secret))); at >= 0 {
			out = append(out, string(line[max(0, at-80):min(len(line), at+len(secret)+20)]))
		}
	}
	return fmt.Sprintf("%q", out)
}
