//go:build unix

package main

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestTheSiteInChromium looks at every page in windows as wide as a phone, a tablet
// and a screen, and uses the search box. CLOUDSCRIPT_CHROMIUM names the browser.
func TestTheSiteInChromium(t *testing.T) {
	b := newBrowser(t, siteOf(t), "testdata/site/harness.html")
	b.open(t, b.url+"/harness.html")
}

// TestTheReportInChromium looks at the page of a run in the same windows.
func TestTheReportInChromium(t *testing.T) {
	page, err := os.ReadFile("testdata/report/fleet.html")
	if err != nil {
		t.Fatal(err)
	}
	b := newBrowser(t, map[string][]byte{"fleet.html": page}, "testdata/report/harness.html")
	b.open(t, b.url+"/harness.html")
}

// A page that is opened as a file finds things as well.
func TestTheSiteAsFilesInChromium(t *testing.T) {
	b := newBrowser(t, siteOf(t), "testdata/site/harness.html")
	dir := t.TempDir()
	for name, text := range siteOf(t) {
		if name == "index.html" {
			text = []byte(strings.Replace(string(text), "</body>", `<script>addEventListener("load", function () {
				var box = document.getElementById("search");
				box.value = "servers.create"; box.dispatchEvent(new Event("input"));
				var link = document.querySelector("#results a"), found = link ? link.getAttribute("href") : "nothing";
				fetch("`+b.url+`/result", {method: "POST", mode: "no-cors", body: JSON.stringify(found === "servers.html#servers.create" ? [] : ["found " + found])});
			});</script></body>`, 1))
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b.open(t, "file://"+filepath.Join(dir, "index.html"))
}

// A browser shows pages that send what is wrong with them to /result of a server
// that has the pages to look at as well.
type browser struct {
	path, url string
	result    chan []string
}

func newBrowser(t *testing.T, files map[string][]byte, harness string) *browser {
	t.Helper()
	b := &browser{path: os.Getenv("CLOUDSCRIPT_CHROMIUM"), result: make(chan []string, 1)}
	if b.path == "" {
		t.Skip("CLOUDSCRIPT_CHROMIUM does not name a browser")
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch name := strings.TrimPrefix(r.URL.Path, "/"); name {
		case "harness.html":
			http.ServeFile(w, r, harness)
		case "pages":
			_ = json.NewEncoder(w).Encode(htmlFiles(files))
		case "result":
			var problems []string
			if err := json.NewDecoder(r.Body).Decode(&problems); err != nil {
				problems = []string{err.Error()}
			}
			b.result <- problems
		default:
			http.ServeContent(w, r, name, time.Time{}, strings.NewReader(string(files[name])))
		}
	}))
	t.Cleanup(server.Close)
	b.url = server.URL
	return b
}

func htmlFiles(files map[string][]byte) (names []string) {
	for name := range files {
		if filepath.Ext(name) == ".html" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// open shows a page and waits for what is wrong with it.
func (b *browser) open(t *testing.T, url string) {
	t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), deadline)
	defer stop()
	// The browser's own processes may outlive it by a moment and write to the profile.
	profile, err := os.MkdirTemp("", "cloudscript-browser")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(profile) })
	cmd := exec.CommandContext(ctx, b.path, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
		"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--user-data-dir="+profile, "--window-size=1600,1000", "--remote-debugging-port=0", url)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = time.Second
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case problems := <-b.result:
		for _, problem := range problems {
			t.Error(problem)
		}
	case err := <-ended:
		t.Fatalf("the browser ended: %v", err)
	}
	stop()
	<-ended
}
