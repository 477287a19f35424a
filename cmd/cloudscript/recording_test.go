package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
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
