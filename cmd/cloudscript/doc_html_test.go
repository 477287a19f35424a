package main

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/cloudscript/cloudscript"
	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/google/go-cmp/cmp"
)

// realSite is the site of the real declarations, made once.
var realSite = sync.OnceValues(func() (map[string][]byte, error) {
	files, err := siteFiles(context.Background(), &streams{getenv: func(string) string { return "" }}, apiclient.Version())
	texts := map[string][]byte{}
	for _, f := range files {
		texts[f.Name] = f.Data
	}
	return texts, err
})

func siteOf(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := realSite()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// A htmlPage is what the tests read from a page.
type htmlPage struct {
	ids   map[string]bool
	links []string // of <a href>
	needs []string // what a browser fetches for the page
	title string
	heads int // of the first level
}

// readPage reads a page strictly: every tag is closed in its place, every
// attribute is quoted, no id stands there twice.
func readPage(text []byte) (*htmlPage, error) {
	p := &htmlPage{ids: map[string]bool{}}
	d := xml.NewDecoder(bytes.NewReader(text))
	d.Entity = xml.HTMLEntity
	inTitle := false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return p, nil
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			inTitle = token.Name.Local == "title"
			if err := p.element(token); err != nil {
				return nil, err
			}
		case xml.CharData:
			if inTitle {
				p.title += string(token)
			}
		case xml.EndElement:
			inTitle = false
		}
	}
}

func (p *htmlPage) element(e xml.StartElement) error {
	if e.Name.Local == "h1" {
		p.heads++
	}
	for _, a := range e.Attr {
		switch {
		case a.Name.Local == "id" && p.ids[a.Value]:
			return errors.New("two elements have the id " + a.Value)
		case a.Name.Local == "id":
			p.ids[a.Value] = true
		case a.Name.Local == "href" && e.Name.Local == "a":
			p.links = append(p.links, a.Value)
		case a.Name.Local == "href" || a.Name.Local == "src":
			p.needs = append(p.needs, a.Value)
		case a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on"):
			return errors.New("an attribute " + a.Name.Local)
		}
	}
	return nil
}

func pagesOf(t *testing.T, files map[string][]byte) map[string]*htmlPage {
	t.Helper()
	pages := map[string]*htmlPage{}
	for name, text := range files {
		if filepath.Ext(name) != ".html" {
			continue
		}
		page, err := readPage(text)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		pages[name] = page
	}
	return pages
}

// Every link of every page, and of the search box, leads somewhere, and nothing is
// fetched from elsewhere.
func TestLinksOfTheSite(t *testing.T) {
	files := siteOf(t)
	pages := pagesOf(t, files)
	resolve := func(from, link string) {
		name, anchor, _ := strings.Cut(link, "#")
		if name == "" {
			name = from
		}
		if pages[name] == nil || anchor != "" && !pages[name].ids[anchor] {
			t.Errorf("%s: %s leads nowhere", from, link)
		}
	}
	titles := map[string]string{}
	for name, page := range pages {
		if page.heads != 1 || page.title == "" || titles[page.title] != "" {
			t.Errorf("%s: %d headings, title %q, which %q has as well", name, page.heads, page.title, titles[page.title])
		}
		titles[page.title] = name
		for _, link := range page.links {
			if !strings.HasPrefix(link, "https://") {
				resolve(name, link)
			}
		}
		for _, file := range page.needs {
			if files[file] == nil && file != "data:," {
				t.Errorf("%s fetches %s", name, file)
			}
		}
	}
	for _, e := range searchEntries(t, files) {
		resolve("search-index.js", e.URL)
	}
	for _, name := range []string{"style.css", "search.js"} {
		for _, outside := range []string{"http:", "https:", "url(", "@import", "fetch("} {
			if bytes.Contains(files[name], []byte(outside)) {
				t.Errorf("%s has %s", name, outside)
			}
		}
	}
}

// markdownMarks are none of prose.
var markdownMarks = regexp.MustCompile("```|\\*\\*|\\|--|\\]\\(|(?m:^ *(?:#|- ))")

// No guide has Markdown that its page shows as text, such as blocks in a list that are
// not indented by four blanks.
func TestGuidesAreWhollyRead(t *testing.T) {
	code := regexp.MustCompile(`(?s)<code>.*?</code>`)
	for name, page := range siteOf(t) {
		_, article, _ := bytes.Cut(page, []byte(`<article class="guide">`))
		if mark := markdownMarks.Find(code.ReplaceAll(article, nil)); mark != nil {
			t.Errorf("%s shows %q", name, mark)
		}
	}
}

type searchEntry struct {
	Name string `json:"n"`
	URL  string `json:"u"`
}

func searchEntries(t *testing.T, files map[string][]byte) (entries []searchEntry) {
	t.Helper()
	text := strings.TrimSuffix(strings.TrimPrefix(string(files["search-index.js"]), "var searchIndex = "), ";\n")
	if err := json.Unmarshal([]byte(text), &entries); err != nil {
		t.Fatal(err)
	}
	return entries
}

// Every verb, type and module has a place on the pages, in the search box and in the
// list of names.
func TestTheSiteHasEverything(t *testing.T) {
	files := siteOf(t)
	pages := pagesOf(t, files)
	found := map[string]string{}
	for _, e := range searchEntries(t, files) {
		found[e.Name] = e.URL
	}
	rt, err := declarations(&streams{getenv: func(string) string { return "" }})
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range rt.Verbs() {
		page := v.Module() + ".html"
		if v.Module() == "" {
			page = "functions.html"
		}
		if pages[page] == nil || !pages[page].ids[v.Name] || found[v.Name] != page+"#"+v.Name {
			t.Errorf("%s is not on %s, or the search box leads to %q", v.Name, page, found[v.Name])
		}
		if !bytes.Contains(files["names.html"], []byte(`href="`+page+"#"+v.Name+`"`)) {
			t.Errorf("names.html lacks %s", v.Name)
		}
		if v.Method != "" && found[v.Method+":"+v.Function()] == "" {
			t.Errorf("the search box does not know %s:%s", v.Method, v.Function())
		}
	}
	for _, o := range rt.Objects() {
		if url := found[o.Name]; !strings.HasSuffix(url, "#type."+o.Name) {
			t.Errorf("the type %s is at %q", o.Name, url)
		}
	}
	for _, m := range rt.Modules() {
		if m.Name != "" && pages[m.Name+".html"] == nil {
			t.Errorf("%s has no page", m.Name)
		}
	}
}

// The same program makes the same pages whatever the machine, its user and its
// time, and so they hold nothing of these. They hold no secret of the simulated
// accounts either.
func TestTheSiteIsTheSameEachTime(t *testing.T) {
	dir := t.TempDir()
	credentials := filepath.Join(dir, "credentials.toml")
	text := "[default.rackspace]\nusername = 'mira'\napi_key = '" + sentinel + "'\n"
	if err := os.WriteFile(credentials, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := command(t, "doc", "--html", filepath.Join(dir, "site"))
	cmd.Env = append(cmd.Env, "CLOUDSCRIPT_CREDENTIALS="+credentials, "CLOUDSCRIPT_USERNAME=mira", "CLOUDSCRIPT_API_KEY="+sentinel,
		"CLOUDSCRIPT_AUTH_URL=http://127.0.0.1:1/"+sentinel, "CLOUDSCRIPT_LUNANODE_API_KEY="+sentinelLong,
		"REGION="+sentinel, "TZ=Asia/Tokyo", "TMPDIR="+t.TempDir())
	if output, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	secrets := append([]string{sentinel, sentinelHalf[32:], sentinelLong[64:96], "127.0.0.1", dir}, simulatedSecrets(t)...)
	for name, want := range siteOf(t) {
		got, err := os.ReadFile(filepath.Join(dir, "site", name))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s differs:\n%s", name, diff)
		}
		for _, secret := range secrets {
			if bytes.Contains(got, []byte(secret)) {
				t.Errorf("%s holds %s", name, secret)
			}
		}
	}
}

// simulatedSecrets are the keys of the simulated accounts, and the password that the
// server of an example gets.
func simulatedSecrets(t *testing.T) []string {
	t.Helper()
	w, err := openTestWorld(context.Background(), "", testOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()
	values, err := w.session.Eval(context.Background(), "test", `servers.create{name = "web1", image = 112, flavor = 2}.adminPass`)
	if err != nil {
		t.Fatal(err)
	}
	list := []string{w.sim.APIKey(), w.sim.LunaNodeAPIKey(), w.sim.LunaNodeAPIKey()[:64], values[0].Go().(string)}
	for _, secret := range list {
		if len(secret) < 8 {
			t.Fatalf("%q is no secret", secret)
		}
	}
	return list
}

// The guide to errors explains every kind that there is, and the pages link to it.
func TestGuideToErrors(t *testing.T) {
	source, err := os.ReadFile("../../runtime/error.go")
	if err != nil {
		t.Fatal(err)
	}
	guide, err := cloudscript.Guides.ReadFile("docs/errors.md")
	if err != nil {
		t.Fatal(err)
	}
	var kinds, explained []string
	for _, m := range regexp.MustCompile(`\bKind = "(\w+)"`).FindAllStringSubmatch(string(source), -1) {
		kinds = append(kinds, m[1])
	}
	for _, m := range regexp.MustCompile(`(?m)^### (\w+)$`).FindAllStringSubmatch(string(guide), -1) {
		explained = append(explained, m[1])
	}
	slices.Sort(kinds)
	slices.Sort(explained)
	if diff := cmp.Diff(kinds, explained); diff != "" || len(kinds) < 20 {
		t.Errorf("docs/errors.md and runtime/error.go differ:\n%s", diff)
	}
	for name, text := range siteOf(t) {
		if before, _, found := bytes.Cut(text, []byte("Be ready for: <code>")); found {
			t.Errorf("%s names a kind that is not explained, after %s", name, before[len(before)-50:])
		}
	}
}
