package main

import (
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/apiclient"
)

// TestNoReportHoldsAKey is TestNoOutputHoldsAKey for pages.
func TestNoReportHoldsAKey(t *testing.T) {
	for _, test := range []struct {
		status      int
		contentType string
	}{{200, "text/html"}, {200, "application/json"}, {400, "application/json"}, {401, "text/plain"}, {404, "application/json"}} {
		t.Run(fmt.Sprint(test.status, test.contentType), func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(echo(test.status, test.contentType))
			t.Cleanup(server.Close)
			file := filepath.Join(t.TempDir(), "credentials.toml")
			text := fmt.Sprintf("[default.rackspace]\nusername = 'mira'\napi_key = '%s'\nauth_url = '%s/v1.0?key=%s'\n[default.lunanode]\napi_id = 'LNID000000000001'\napi_key = '%s'\nurl = '%s/api'\n",
				sentinel, server.URL, sentinel, sentinelLong, server.URL)
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			page := strings.ToLower(reportOf(t, "--credentials", file, "-e", `
for _, f in ipairs{auth, servers.list, vm.list} do
  local ok, err = pcall(f)
  print(ok, err)
  log.info("answer", {err = tostring(err)})
  if not ok then print(json.encode({err.message, err.details, err.hint})) end
end
vm.call("vm", "info", {vm_id = "x"})`))
			for _, secret := range []string{sentinel, sentinelHalf[32:], sentinelLong[64:96], sentinelLong[96:]} {
				if strings.Contains(page, secret) {
					t.Errorf("the page has a key:\n%s", withoutStyle(page))
				}
			}
		})
	}
}

// Passwords that scripts know are on no page: those of answers, those of
// arguments that are declared secret, those in tables, and printed ones.
func TestNoReportHoldsAPassword(t *testing.T) {
	page := reportOf(t, "--sim", "--set", "db_password=open-sesame", "-e", `
print("given " .. params.db_password)
local made = servers.create{name = "web1", image = 104, flavor = 1}
print("made with " .. made.adminPass, "#" .. #made.adminPass)
made:wait("ACTIVE")
servers.update{id = made.id, password = "correct-horse"}
print("now correct-horse")
pcall(vm.call, "vm", "create", {hostname = "db1", password = "battery-staple", nested = {api_key = "swordfish"}})
print("and battery-staple, swordfish")
pcall(email.user_set_password, 1, 2, "trombone-case")
print("then trombone-case")
log.info("battery-staple", {password = "correct-horse"})
error("correct-horse")`)
	for _, secret := range []string{"correct-horse", "battery-staple", "swordfish", "open-sesame", "trombone-case"} {
		if strings.Contains(page, secret) {
			t.Errorf("the page has %s:\n%s", secret, withoutStyle(page))
		}
	}
	if !strings.Contains(page, "then [redacted]") {
		t.Errorf("the password of a mailbox:\n%s", withoutStyle(page))
	}
	if !strings.Contains(page, "made with [redacted]\t#") || !strings.Contains(page, "now [redacted]") {
		t.Errorf("the output is not on the page:\n%s", withoutStyle(page))
	}
}

// What a script sends to other services: in addresses, headers and bodies.
func TestNoReportHoldsASecretOfARequest(t *testing.T) {
	page := reportOf(t, "--host", "127.0.0.1", "-e", `
local gone = "127.0.0.1:9/"
pcall(http.get, "http://mira:correct-horse@" .. gone .. "?access_token=battery-staple&sig=swordfish")
pcall(http.post, "http://" .. gone, '{"user":"mira","password":"trombone-case"}')
pcall(http.post, "http://" .. gone, "client_secret=open-sesame")
pcall(http.post, "http://" .. gone, {client_secret = "open-sesame"})
http.get("http://" .. gone, {headers = {Authorization = "Bearer golden-gate", ["X-Api-Key"] = "silver-spoon"}})`)
	// The source of the last line stands below the error.
	for _, secret := range []string{"correct-horse", "battery-staple", "swordfish", "trombone-case", "open-sesame", "golden-gate", "silver-spoon"} {
		if strings.Contains(page, secret) {
			t.Errorf("the page has %s:\n%s", secret, withoutStyle(page))
		}
	}
}

// A script that may read the credentials file could print the keys in it.
func TestNoReportHoldsAKeyOfTheFile(t *testing.T) {
	server := httptest.NewServer(echo(404, "application/json"))
	t.Cleanup(server.Close)
	dir := t.TempDir()
	text := fmt.Sprintf("[default.lunanode]\napi_id = 'LNID000000000001'\napi_key = '%s'\nurl = '%s/api'\n", sentinelLong, server.URL)
	if err := os.WriteFile(filepath.Join(dir, "credentials.toml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	page := reportOf(t, "--credentials", filepath.Join(dir, "credentials.toml"), "--dir", dir, "-e", `
print(fs.read("credentials.toml"))
pcall(vm.list)
print("half " .. fs.read("credentials.toml"):match("api_key = '(%w+)'"):sub(1, 64))`)
	if strings.Contains(page, sentinelHalf) || !strings.Contains(page, "api_key = &#39;[redacted]&#39;") || !strings.Contains(page, "half [redacted]") || !strings.Contains(page, "LNID000000000001") {
		t.Errorf("the page:\n%s", withoutStyle(page))
	}
}

// A redactor forgets the oldest of very many secrets; what was printed while it
// knew them stays clean.
func TestAReportIsCleanWhenSecretsAreForgotten(t *testing.T) {
	r := newRunReport("out.html", "x.lua")
	r.redact.Learn("correct-horse")
	_, _ = r.output(io.Discard).Write([]byte("now correct-horse\n"))
	for i := range 1000 {
		r.redact.Learn(apiclient.Secret(fmt.Sprint("password-", i)))
	}
	if lines := r.page(nil).Lines; len(lines) != 1 || lines[0].Text != "now [redacted]\n" {
		t.Errorf("got %+v", lines)
	}
}

// The key in the environment is one that a script which may read it could print.
func TestNoReportHoldsAKeyOfTheEnvironment(t *testing.T) {
	file := filepath.Join(t.TempDir(), "out.html")
	cmd := command(t, "run", "--sim", "--report", file, "--env", "CLOUDSCRIPT_API_KEY", "-e", `print("key " .. env.get("CLOUDSCRIPT_API_KEY"))`)
	cmd.Env = append(cmd.Env, "CLOUDSCRIPT_API_KEY="+sentinel)
	if output, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(output), sentinel) {
		t.Fatalf("%v: %s", err, output)
	}
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(page), sentinel) || !strings.Contains(string(page), "key [redacted]") {
		t.Errorf("the page:\n%s", withoutStyle(string(page)))
	}
}
