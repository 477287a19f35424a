package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// reportOf runs a command with --report and returns the page. What the run
// itself came to is the page's matter.
func reportOf(t *testing.T, args ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "out.html")
	cmd := command(t, append([]string{"run", "--report", file}, args...)...)
	output, _ := cmd.CombinedOutput()
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	checkPage(t, page)
	return string(page)
}

// What differs from one rehearsal to the next.
var (
	startedAt = regexp.MustCompile(`started \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC`)
	wallTime  = regexp.MustCompile(`(<dt>wall time</dt><dd>)[^<]*`)
	localPort = regexp.MustCompile(`127\.0\.0\.1:\d+`)
)

// UPDATE_REPORT=1 writes the page of the example anew; look at it in a browser.
func TestReportOfTheFleet(t *testing.T) {
	got := reportOf(t, "--sim", "../../scripts/examples/fleet.lua")
	got = startedAt.ReplaceAllString(got, "started THEN")
	got = wallTime.ReplaceAllString(got, "${1}SHORT")
	got = localPort.ReplaceAllString(got, "127.0.0.1:PORT")
	golden := "testdata/report/fleet.html"
	if os.Getenv("UPDATE_REPORT") != "" {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the page differs (- want, + got):\n%s", diff)
	}
}

// checkPage reads a page as XML, which is stricter than HTML: every element is
// closed, everything is escaped. Nothing on it may be fetched from elsewhere, and
// every link has a place on the page.
func checkPage(t *testing.T, page []byte) {
	t.Helper()
	elements := map[string]bool{}
	for _, name := range strings.Fields("html head meta title style body header h1 wbr p strong main section h2 pre dl div dt dd small span svg line text a rect table thead tbody tr th td code b ul li") {
		elements[name] = true
	}
	places, links := map[string]bool{}, []string{}
	d := xml.NewDecoder(bytes.NewReader(page))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if !elements[element.Name.Local] {
			t.Errorf("the page has an element <%s>", element.Name.Local)
		}
		for _, a := range element.Attr {
			switch a.Name.Local {
			case "id":
				if places[a.Value] {
					t.Errorf("two elements have the id %s", a.Value)
				}
				places[a.Value] = true
			case "href":
				links = append(links, a.Value)
			case "src", "srcset", "data", "action", "style", "poster", "xmlns", "background":
				t.Errorf("the page has an attribute %s=%q", a.Name.Local, a.Value)
			default:
				if strings.HasPrefix(a.Name.Local, "on") {
					t.Errorf("the page has a handler %s=%q", a.Name.Local, a.Value)
				}
			}
		}
	}
	for _, link := range links {
		if id, ok := strings.CutPrefix(link, "#"); !ok || !places[id] {
			t.Errorf("the page has a link to %q, which is no place on it", link)
		}
	}
	style, err := reportFiles.ReadFile("report/style.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, fetches := range []string{"url(", "@import", "image-set", "src("} {
		if bytes.Contains(style, []byte(fetches)) {
			t.Errorf("the style has %s", fetches)
		}
	}
}

func TestReportOfARunThatFails(t *testing.T) {
	for name, test := range map[string]struct {
		args []string
		want []string
	}{
		"an error of the script": {
			[]string{"--sim", "-e", "print('before')\nerror('out of <cheese>')"},
			[]string{`<strong class="outcome failed">failed with exit code 1<`, "error: out of &lt;cheese&gt;", "before", "<h1>-e</h1>"},
		},
		"calls that fail": {
			[]string{"--sim", "-e", "pcall(servers.get, 17) servers.delete(18)"},
			[]string{"<h2>Failed calls</h2>", `<a href="#call-1">call 1</a> <code>servers.get</code> <span class="error">not_found: `, `<tr id="call-2" class="failed">`,
				"2 failed", "/servers/17 → 404 not_found", "servers.delete: Not Found", `class="destroy failed"`},
		},
		"a limit": {
			[]string{"--sim", "--limit", "calls=2", "-e", "while true do time.sleep(1) end"},
			[]string{"failed with exit code 4", "<dt>virtual time</dt><dd>2s</dd>"},
		},
		"a status of its own": {
			[]string{"--sim", "-e", "os.exit(7)"},
			[]string{"ended itself with status 7"},
		},
		"a mistake of syntax":  {[]string{"--sim", "-e", "x = = 1"}, []string{"failed with exit code 1", "<h2>Error</h2>"}},
		"a script that is not": {[]string{"nowhere.lua"}, []string{"failed with exit code 2", "there is no script nowhere.lua"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			page := reportOf(t, test.args...)
			for _, want := range test.want {
				if !strings.Contains(page, want) {
					t.Errorf("the page has no %q:\n%s", want, withoutStyle(page))
				}
			}
		})
	}
}

func withoutStyle(page string) string {
	_, page, _ = strings.Cut(page, "</style>")
	return page
}

func TestReportOfAnInterruptedRun(t *testing.T) {
	file := filepath.Join(t.TempDir(), "out.html")
	p := start(t, command(t, "run", "--report", file, "-e", `print("started") parallel.each({1, 2}, function() time.sleep("10h") end)`))
	p.line()
	interrupt(t, p)
	if code := p.end(); code != exitInterrupted {
		t.Errorf("exit code %d", code)
	}
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	checkPage(t, page)
	for _, want := range []string{">interrupted<", "the run was cancelled", "started\n"} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page has no %q:\n%s", want, withoutStyle(string(page)))
		}
	}
}

func TestReportTellsOfRetriesAndLog(t *testing.T) {
	page := reportOf(t, "--sim", "--sim-fault", "servers.get status=503 nth=1", "-e", `
local s = servers.create{name = "web1", image = 104, flavor = 1}
log.warn("looking", {id = s.id})
servers.get(s.id)`)
	for _, want := range []string{"2 attempts in ", "<dt>retries</dt><dd>1</dd>", "retries: 1", `<div class="line warn">`, "<b>warn</b> looking id="} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %q:\n%s", want, withoutStyle(page))
		}
	}
}

func TestReportEscapesWhatScriptsSay(t *testing.T) {
	page := reportOf(t, "--sim", "-e", `print('<script>alert(1)</script> \27[31m "&amp;"')
log.info("</pre><img src=x>", {['<b>'] = '"'})
pcall(servers.get, '"><script>')
error("</title><script>")`)
	for _, raw := range []string{"<script", "<img", "\x1b"} {
		if strings.Contains(page, raw) {
			t.Errorf("the page has %q", raw)
		}
	}
	if !strings.Contains(page, "&lt;script&gt;alert(1)&lt;/script&gt; \uFFFD[31m &#34;&amp;amp;&#34;") {
		t.Error("the output is not as it was printed")
	}
}

func TestReportThatCannotBeWritten(t *testing.T) {
	dir := t.TempDir()
	for _, test := range []struct{ path, want string }{
		{"-", "error: --report -: standard output is the script's\nhint: name a FILE, such as --report out.html\n"},
		{dir, "error: --report " + dir + ": cannot write it: is a directory\nhint: name a file in a directory that exists and may be written\n"},
		{dir + "/no/out.html", "error: --report " + dir + "/no/out.html: cannot write it: no such file or directory\nhint: name a file in a directory that exists and may be written\n"},
	} {
		cmd := command(t, "run", "--sim", "--report", test.path, "-e", "print('ran')")
		output, _ := cmd.CombinedOutput()
		if got := string(output); got != test.want || cmd.ProcessState.ExitCode() != exitUsage {
			t.Errorf("exit code %d, output:\n%swant:\n%s", cmd.ProcessState.ExitCode(), got, test.want)
		}
	}
}

// A directory that vanishes while the script runs costs the report and tells so;
// what the script came to is not hidden by it.
func TestReportThatCannotBeWrittenAtTheEnd(t *testing.T) {
	for _, test := range []struct {
		err  error
		code int
		want string
	}{
		{nil, exitUsage, ""},
		{errInterrupted, exitInterrupted, "cannot write it"},
	} {
		var stderr strings.Builder
		r := newRunReport(filepath.Join(t.TempDir(), "gone", "out.html"), "x.lua")
		err := r.write(&streams{err: &stderr}, test.err)
		if exitCode(err) != test.code || !strings.Contains(stderr.String(), test.want) {
			t.Errorf("%v: exit code %d, standard error %q", test.err, exitCode(err), stderr.String())
		}
	}
}
