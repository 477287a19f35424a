package site_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cloudscript/cloudscript/cmd/cloudscript/internal/site"
	"github.com/cloudscript/cloudscript/runtime"
)

func nothing(context.Context, *runtime.Call) (any, error) { return nil, nil }

func declared(t *testing.T, modules ...runtime.Module) *runtime.Runtime {
	t.Helper()
	rt, err := runtime.New(runtime.Config{Modules: append(modules,
		runtime.Module{Name: "things", Section: "Cloud", Doc: "Things. They are many.", Values: map[string]any{"none": runtime.Null},
			Verbs: []runtime.Verb{
				{Name: "things.get", Effect: runtime.Read, Doc: "One <b>thing</b>. things.list has all, things.gone none.", Returns: "thing", Method: "thing",
					Example: `things.get("a<b")`, Func: nothing, Errors: []runtime.Kind{runtime.NotFound},
					Params: []runtime.Param{{Name: "id", Type: runtime.ID, Required: true, Doc: "as in text.of"}}},
				{Name: "things.list", Effect: runtime.Read, Doc: "All.", Returns: "list of thing", Func: nothing, Params: []runtime.Param{
					{Name: "order", Type: runtime.String, Enum: []string{"up", "down"}, Default: "up", Words: "direction"},
					{Name: "token", Type: runtime.String, Named: true, Secret: true}}},
			},
			Objects: []runtime.ObjectType{{Name: "thing", Doc: "A thing.", Fields: []runtime.Field{
				{Name: "key", Type: runtime.String, Secret: true}}}}},
		runtime.Module{Name: "text", Verbs: []runtime.Verb{{Name: "text.of", Doc: "Text.", Func: nothing}}},
		runtime.Module{Verbs: []runtime.Verb{{Name: "go_on", Doc: "Goes on.", Func: nothing}}},
	)})
	if err != nil {
		t.Fatal(err)
	}
	return rt
}

func small(t *testing.T, guides ...site.Guide) site.Site {
	return site.Site{
		Runtime: declared(t), Version: "v1", Guides: guides,
		Example: func(verb string) *site.Run {
			if verb != "things.get" {
				return nil
			}
			return &site.Run{Output: "a & b", Requests: []string{"GET /things"}, Error: "no <thing>"}
		},
		Highlight: func(source string) []site.Piece { return []site.Piece{{Text: source, Class: "text"}} },
	}
}

func files(t *testing.T, s site.Site) map[string]string {
	t.Helper()
	list, err := s.Files()
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, f := range list {
		texts[f.Name] = string(f.Data)
	}
	return texts
}

func TestPagesShowTheDeclarations(t *testing.T) {
	texts := files(t, small(t))
	for page, wants := range map[string][]string{
		"things.html": {
			`<title>things – cloudscript</title>`, `<section class="verb" id="things.get">`,
			`One &lt;b&gt;thing&lt;/b&gt;. <a href="#things.list"><code>things.list</code></a> has all, things.gone none.`,
			`as in <a href="text.html#text.of"><code>text.of</code></a>`,
			`returns <a href="#type.thing"><code>thing</code></a>`, `returns list of <a href="#type.thing">`,
			`As a method: <code>thing:get()</code>`, `<span class="kind">id</span> <span class="note">required</span>`,
			`<code>order</code> <span class="kind">direction</span>`, `One of <code>up</code>, <code>down</code>.`, `Default: <code>up</code>.`, `by name only`, `kept out of logs`,
			`<span class="text">things.get(&#34;a&lt;b&#34;)</span>`, `<samp>a &amp; b</samp>`, `<samp>no &lt;thing&gt;</samp>`, `1 request to`, `<code>GET /things</code>`,
			`Be ready for: <code>not_found</code>`, `See also: <a href="text.html#text.of"><code>text.of</code></a>, <a href="#things.list">`, `<code>things.none</code>`,
			`<section class="type" id="type.thing">`, `<dt><a href="#things.get">thing:get()</a></dt>`, `never shown in tables or logs`,
			`<a href="things.html" aria-current="page">things</a>`,
		},
		"text.html":      {`See also: `}, // nobody of its module names it
		"functions.html": {`id="go_on"`, `<h1>Functions</h1>`},
		"index.html":     {`<h2>Cloud</h2>`, `<dd>Things.</dd>`, `cloudscript v1.`},
		"names.html":     {`<a href="things.html#things.list">things.list</a>`, `<a href="functions.html#go_on">`},
	} {
		for _, want := range wants {
			if strings.Contains(texts[page], want) == (page == "text.html") {
				t.Errorf("%s: %s", page, want)
			}
		}
	}
}

func TestSearchIndexIsAScript(t *testing.T) {
	text := files(t, small(t, site.Guide{Name: "start", Markdown: []byte("# First steps\n\nDo it. Then more.\n\n## Second step\n")}))["search-index.js"]
	text, ok := strings.CutPrefix(text, "var searchIndex = ")
	var entries []struct{ N, K, S, U string }
	if err := json.Unmarshal([]byte(strings.TrimSuffix(text, ";\n")), &entries); err != nil || !ok {
		t.Fatalf("%v\n%s", err, text)
	}
	found := map[string]string{}
	for _, e := range entries {
		found[e.N] = e.K + " " + e.U + " " + e.S
	}
	for name, want := range map[string]string{
		"First steps": "guide guide-start.html Do it.",
		"Second step": "guide guide-start.html#second-step First steps",
		"things":      "module things.html Things.",
		"things.get":  "read things.html#things.get One <b>thing</b>.",
		"thing:get":   "method things.html#things.get One <b>thing</b>.",
		"thing":       "type things.html#type.thing A thing.",
		"go_on":       "local functions.html#go_on Goes on.",
	} {
		if found[name] != want {
			t.Errorf("%s: %q, want %q", name, found[name], want)
		}
	}
}

func TestGuidesLinkEachOther(t *testing.T) {
	texts := files(t, small(t,
		site.Guide{Name: "a", Markdown: []byte("# A\n\n[B](b.md), [b.md](b.md), [part](b.md#part), [code](../x.go), [web](https://example.com/), [here](#a-part), `things.get`, `things`\n\n```lua\nx < 1\n```\n\n```console\n$ a\n```\n\n## A part\n\n| t |\n|---|\n| 1 |\n")},
		site.Guide{Name: "b", Markdown: []byte("# The other\n\n## Part\n")}))
	page := texts["guide-a.html"]
	for _, want := range []string{
		`<a href="guide-b.html">B</a>, <a href="guide-b.html">The other</a>, `, `<a href="guide-b.html#part">part</a>`, `, code, `, `<a href="https://example.com/">web</a>`,
		`<a href="#a-part">here</a>`, `<h2 id="a-part">`, `, <a href="things.html#things.get"><code>things.get</code></a>, <code>things</code>`,
		`<code><span class="text">x &lt; 1`, `<code>$ a`, `<td>1</td>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in\n%s", want, page)
		}
	}
}

// article is what the page of a guide shows of a source, without its line ends.
func article(t *testing.T, source string) string {
	t.Helper()
	page := files(t, small(t, site.Guide{Name: "a", Markdown: []byte(source)}))["guide-a.html"]
	_, text, begins := strings.Cut(page, `<article class="guide">`)
	text, _, ends := strings.Cut(text, `</article>`)
	if !begins || !ends {
		t.Fatalf("no article in\n%s", page)
	}
	return strings.ReplaceAll(text, "\n", "")
}

// The guides are read on GitHub, too, and mean the same there.
func TestMarkdownOfGuides(t *testing.T) {
	for name, test := range map[string]struct{ source, want string }{
		"a table in a list": {"- a\n\n    | t |\n    |---|\n    | u |\n- b\n",
			"<ul><li><p>a</p><table><thead><tr><th>t</th></tr></thead><tbody><tr><td>u</td></tr></tbody></table></li><li><p>b</p></li></ul>"},
		"| in a table": {"| t |\n|---|\n| `x\\|y` \\| |\n",
			"<table><thead><tr><th>t</th></tr></thead><tbody><tr><td><code>x|y</code> |</td></tr></tbody></table>"},
		"| elsewhere":               {"`x\\|y`\n", `<p><code>x\|y</code></p>`},
		"headings of one text":      {"## A part\n\n## A part\n", `<h2 id="a-part">A part</h2><h2 id="a-part-1">A part</h2>`},
		"a verb in a heading":       {"## `things.get`\n", `<h2 id="things-get"><a href="things.html#things.get"><code>things.get</code></a></h2>`},
		"a list right below a text": {"a\n- b\n- c\n", "<p>a</p><ul><li>b</li><li>c</li></ul>"},
		"code right below a text":   {"a\n```lua\n-- # b\n```\n", `<p>a</p><pre class="code" tabindex="0"><code><span class="text">-- # b</span></code></pre>`},
		"names with _":              {"one_two_three\n", "<p>one_two_three</p>"},
		"HTML is text":              {"a <b>c</b> < d\n\n<script>\nx\n</script>\n", "<p>a &lt;b&gt;c&lt;/b&gt; &lt; d</p>&lt;script&gt;x&lt;/script&gt;"},
	} {
		if diff := cmp.Diff(test.want, article(t, test.source)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

func TestErrorsLinkToWhereTheyAreExplained(t *testing.T) {
	page := files(t, small(t, site.Guide{Name: "errors", Markdown: []byte("# Errors\n\n### not_found\n\nNo.\n")}))["things.html"]
	if want := `Be ready for: <a href="guide-errors.html#not-found"><code>not_found</code></a>`; !strings.Contains(page, want) {
		t.Errorf("no %s", want)
	}
}

func TestTwoPagesOfOneName(t *testing.T) {
	s := small(t)
	s.Runtime = declared(t, runtime.Module{Name: "names", Verbs: []runtime.Verb{{Name: "names.all", Func: nothing}}})
	if _, err := s.Files(); err == nil || err.Error() != "two pages are called names.html" {
		t.Errorf("got %v", err)
	}
}
