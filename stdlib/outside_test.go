package stdlib

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
)

// inDir runs source with a writable directory "data", a readable one "in" and
// the directory around them, and returns the error as text.
func inDir(t *testing.T, dir, source string) string {
	t.Helper()
	_, err := run(t, source, func(c *Config) {
		c.Dirs = []Dir{{Name: "data", Path: filepath.Join(dir, "data"), Writable: true}, {Name: "in", Path: filepath.Join(dir, "in")}}
	})
	if err == nil {
		return ""
	}
	return rendered(err)
}

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"data", "in"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "secret"), []byte("hunter2"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(dir, "secret"), filepath.Join(dir, "in", "link")); err != nil {
		t.Fatal(err)
	}
	if text := inDir(t, dir, `
fs.write("data/sub/a.txt", "one\n")
fs.append("data/sub/a.txt", "two\n")
assert(fs.read("data/sub/a.txt") == "one\ntwo\n")
fs.write("data/sub/a.txt", "\0three")
assert(fs.read("data/sub/../sub/a.txt") == "\0three")
fs.append("data/b", "")
local entries = fs.list("data")
assert(#entries == 2 and entries[1].name == "b" and entries[1].size == 0 and entries[2].is_dir and entries[2].modified > 0)
assert(fs.exists("data/b") and not fs.exists("data/c"))
fs.remove("data/b")
assert(#fs.list("data") == 1 and #fs.list("data/sub") == 1)`); text != "" {
		t.Error(text)
	}
	for source, want := range map[string]string{
		`fs.read("data/none")`:           "not_found: error: fs.read: data/none: no such file",
		`fs.read("data")`:                "failed: error: fs.read: data: is a directory",
		`fs.read("in/link")`:             "path escapes from parent",
		`fs.read("../secret")`:           `denied: error: fs.read: "../secret" is not a path inside`,
		`fs.read("data/../../secret")`:   `denied: error: fs.read: "data/../../secret" is not a path inside`,
		`fs.read("/etc/passwd")`:         `denied: error: fs.read: "/etc/passwd" is not a path inside`,
		`fs.read("")`:                    "denied",
		`fs.read("other/x")`:             "hint: paths begin with data/ or in/",
		`fs.write("in/x", "")`:           `denied: error: fs.write: "in/x" is in a directory that the host grants for reading only`,
		`fs.remove("in/link")`:           "denied",
		`fs.write("data/sub", "")`:       "fs.write: data/sub: ",
		`fs.remove("data/sub")`:          "directory not empty",
		`fs.list("data/sub/a.txt/deep")`: "fs.list: data/sub/a.txt/deep: ",
	} {
		text := inDir(t, dir, source)
		if !strings.Contains(text, want) {
			t.Errorf("%s\n%s\nwant %s", source, text, want)
		}
		if strings.Contains(text, dir) || strings.Contains(text, "hunter2") {
			t.Errorf("%s tells about the machine:\n%s", source, text)
		}
	}
	refused(t, `fs.read("x")`, runtime.Denied, "this host grants scripts no directory")
}

func TestEnv(t *testing.T) {
	t.Setenv("CLOUDSCRIPT_TEST_GRANTED", "value")
	t.Setenv("CLOUDSCRIPT_TEST_SECRET", "hunter2")
	grant := func(c *Config) { c.Env = []string{"CLOUDSCRIPT_TEST_GRANTED", "CLOUDSCRIPT_TEST_UNSET"} }
	if out, err := run(t, `print(env.get("CLOUDSCRIPT_TEST_GRANTED"), env.get("CLOUDSCRIPT_TEST_UNSET"), env.get("CLOUDSCRIPT_TEST_UNSET", "d"))`, grant); err != nil || out != "value\tnil\td\n" {
		t.Errorf("printed %q, %v", out, err)
	}
	refused(t, `env.get("CLOUDSCRIPT_TEST_SECRET")`, runtime.Denied, "does not grant the variable CLOUDSCRIPT_TEST_SECRET")
}

func TestHTTP(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		switch r.URL.Path {
		case "/redirect":
			http.Redirect(w, r, "http://other.example/", http.StatusFound)
		case "/big":
			_, _ = w.Write(make([]byte, 2000))
		case "/broken":
			panic(http.ErrAbortHandler)
		case "/missing":
			http.Error(w, "nothing here", http.StatusNotFound)
		default:
			w.Header().Set("X-Seen", r.Method)
			fmt.Fprintf(w, "%s %s %s %s", r.Method, r.Header.Get("Content-Type"), r.Header.Get("X-Key"), body)
		}
	}))
	defer server.Close()
	grant := func(c *Config) { c.HTTP = HTTP{Hosts: []string{"127.0.0.1"}, MaxBody: 1000} }
	out, err := run(t, strings.ReplaceAll(`
local a = http.get("URL/", {headers = {["X-Key"] = "k"}})
print(a.status, a.headers["x-seen"], a.body)
print(http.post("URL/", {name = "web1"}).body)
print(http.put("URL/", "text").body)
print(http.delete("URL/").body)
print(http.head("URL/").headers["x-seen"])
print(http.get("URL/missing").status)`, "URL", server.URL), grant)
	want := "200\tGET\tGET  k \nPOST application/json  {\"name\":\"web1\"}\nPUT   text\nDELETE   \nHEAD\n404\n"
	if err != nil || out != want {
		t.Errorf("printed %q, %s\nwant %q", out, rendered(err), want)
	}
	for source, want := range map[string]string{
		`http.get("URL/redirect")`:                           "denied: error: http.get: this program does not grant requests to other.example",
		`http.get("http://other.example/?key=hunter2")`:      "denied: error: http.get: this program does not grant requests to other.example",
		`http.get("file:///etc/passwd")`:                     "usage: error: http.get: parameter \"url\": expected an address",
		`http.post("URL/", {("x"):rep(3e6)})`:                "hint: send json.encode of it, with the header Content-Type",
		`http.get("URL/", {headers = {a = ("x"):rep(2e6)}})`: "usage: error: http.get: parameter \"headers\": expected at most 1048576 bytes in all, got 2000001",
		`http.get("URL/big")`:                                "bad_answer: error: http.get: the answer of 127.0.0.1",
		`http.get("URL/broken?key=" .. "hunter2")`:           "unreachable: error: http.get: cannot reach 127.0.0.1",
		`http.get("http://127.0.0.1:1/?k=" .. "hunter2")`:    "unreachable: error: http.get: cannot reach 127.0.0.1:1",
	} {
		_, err := run(t, strings.ReplaceAll(source, "URL", server.URL), grant)
		text := rendered(err)
		if !strings.Contains(text, want) {
			t.Errorf("%s\n%s\nwant %s", source, text, want)
		}
		if first, _, _ := strings.Cut(text, "\n"); strings.Contains(first, "hunter2") {
			t.Errorf("a secret is shown:\n%s", text)
		}
	}
	refused(t, `http.get("https://example.com/")`, runtime.Denied, "does not grant requests to example.com")
}

func TestAbsentFunctionsTellWhatThereIs(t *testing.T) {
	for source, want := range map[string]string{
		`io.open("a.txt")`:             "hint: scripts have no io; fs.read and fs.write reach files below directories that the host grants",
		`os.remove("a.txt")`:           "hint: scripts have no os.remove; fs.read and fs.write reach files below directories that the host grants: --dir",
		`local h = os.getenv("HOME")`:  "hint: scripts have no os.getenv; env.get reads variables of the environment that the host grants by name",
		`local a = ("a b"):split(" ")`: "hint: scripts have no string.split; text.split cuts text at a separator",
		`print(string.join({}))`:       "hint: scripts have no string.join; a list of texts is joined by table.concat",
		`dofile("lib.lua")`:            "hint: scripts have no dofile; require asks the host for modules",
		`print(utf8.char(228))`:        "hint: scripts have no utf8; it came after Lua 5.1, which they are written in",
		`socket.connect("x")`:          "hint: scripts have no socket; http.get asks hosts that the host program grants by name",
	} {
		_, err := run(t, source)
		if text := rendered(err); !strings.Contains(text, want) {
			t.Errorf("%s: expected %q in:\n%s", source, want, text)
		}
	}
}
