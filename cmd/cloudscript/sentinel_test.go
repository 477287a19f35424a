package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The keys of these tests. No output may hold them, or a half of the long one:
// its first half travels in each signed request.
const (
	sentinel     = "5ec7e7a11ce5ec7e7a11ce5ec7e7a11c"
	sentinelHalf = "5ec7e7a11ce5ec7e7a11ce5ec7e7a11c0ddba1105ec7e7a11ce5ec7e7a11ce5e"
	sentinelLong = sentinelHalf + "1ce5ec7e7a11c5ec7e7a11ce5ec7e7a11ce5ec7e7a11c5ec7e7a11ce5ec7e7a1"
)

// An echo is the worst server there is: it answers with all that it was sent.
func echo(status int, contentType string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("Content-Type", contentType)
		w.Header().Set("X-Request-Id", r.Header.Get("X-Auth-Key"))
		w.WriteHeader(status)
		if contentType == "application/json" {
			fmt.Fprintf(w, `{"success": "no", "error": %q, "cloudServersFault": {"message": %q, "details": %q}}`, body, fmt.Sprint(r.Header), r.URL)
			return
		}
		fmt.Fprintf(w, "<html>%s %v %s</html>", r.URL, r.Header, body)
	})
}

// TestNoOutputHoldsAKey runs every command that knows keys, against servers that
// do their worst, and reads everything that was printed.
func TestNoOutputHoldsAKey(t *testing.T) {
	gone := httptest.NewServer(nil)
	gone.Close()
	services := map[string]string{"gone": gone.URL}
	for name, handler := range map[string]http.Handler{
		"200 html": echo(200, "text/html"), "200 json": echo(200, "application/json"), "400 json": echo(400, "application/json"),
		"401 text": echo(401, "text/plain"), "404 json": echo(404, "application/json"), "500 html": echo(500, "text/html"),
	} {
		server := httptest.NewServer(handler)
		t.Cleanup(server.Close)
		services[name] = server.URL
	}
	for name, url := range services {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "credentials.toml")
			text := fmt.Sprintf("[default.rackspace]\nusername = 'mira'\napi_key = '%s'\nauth_url = '%s/v1.0?key=%s'\n[default.lunanode]\napi_id = 'LNID000000000001'\napi_key = '%s'\nurl = '%s/api'\n",
				sentinel, url, sentinel, sentinelLong, url)
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			commands := [][]string{
				{"auth", "status"},
				{"call", "--trace", "auth"},
				{"call", "--trace", "vm.list"},
				{"run", "--trace", "-e", "local function deep() vm.reboot('5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11') end deep()"},
			}
			if name != "gone" && name != "500 html" { // these are tried again and again
				commands = append(commands, [][]string{
					{"auth", "login"},
					{"call", "--trace", "servers.list"},
					{"call", "--json", "servers.create", "name=web1", "image=1", "flavor=1"},
					{"call", "--trace", "--json", "vm.create", "hostname=web1", "plan_id=m.1", "image_id=26"},
					{"run", "--trace", "-e", "for _, f in ipairs{auth, servers.list, vm.list} do local ok, err = pcall(f) print(err) show(err) if not ok then print(json.encode({err.message, err.details, err.hint})) end end"},
					{"run", "--json", "--trace", "-e", "return vm.call('vm', 'info', {vm_id = 'x'})"},
				}...)
				t.Run("repl", func(t *testing.T) {
					t.Parallel()
					checkSecrecy(t, file, []string{"repl", "--trace"}, "auth()\nauth\nvm.list()\n_\nservers.list()\n")
				})
			}
			for _, args := range commands {
				t.Run(strings.Join(args[:2], " "), func(t *testing.T) {
					t.Parallel()
					checkSecrecy(t, file, args, "")
				})
			}
		})
	}
}

func checkSecrecy(t *testing.T, file string, args []string, stdin string) {
	t.Helper()
	cmd := command(t, append(args, "--credentials", file)...)
	cmd.Stdin = strings.NewReader(stdin)
	output, err := cmd.CombinedOutput()
	if len(output) == 0 {
		t.Errorf("%v: no output at all (%v)", args, err)
	}
	for _, secret := range []string{sentinel, sentinelHalf[32:], sentinelLong[64:96], sentinelLong[96:]} {
		if bytes.Contains(bytes.ToLower(output), []byte(secret)) {
			t.Errorf("%v prints a key:\n%s", args, output)
		}
	}
}
