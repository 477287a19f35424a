package stdlib

import (
	"context"
	"encoding/json"
	"iter"
	"strconv"
	"strings"
	"unicode"

	"github.com/cloudscript/cloudscript/internal/english"
	"github.com/cloudscript/cloudscript/internal/textsearch"
	"github.com/cloudscript/cloudscript/runtime"
)

func textModule() runtime.Module {
	text := runtime.Param{Name: "text", Type: runtime.String, Required: true, Doc: "the text"}
	str := func(name, doc string) runtime.Param {
		return runtime.Param{Name: name, Type: runtime.String, Required: true, Doc: doc}
	}
	return runtime.Module{
		Name: "text",
		Doc:  "Text without patterns: what Lua's string functions make awkward.",
		Verbs: []runtime.Verb{
			{
				Name: "text.split",
				Doc:  "Cuts text at every separator. Without a separator it cuts at white space and drops empty parts.",
				Params: []runtime.Param{text,
					{Name: "separator", Type: runtime.String, Doc: "plain text, not a pattern"},
					{Name: "limit", Type: runtime.Integer, Named: true, Doc: "the most parts; the last one holds the rest"}},
				Returns: "list of string",
				Example: `assert(#text.split("a,b,c", ",") == 3)`,
				Inline:  split,
			},
			{
				Name:    "text.trim",
				Doc:     "Removes white space, or the characters given, from both ends.",
				Params:  []runtime.Param{text, {Name: "characters", Type: runtime.String, MaxLen: 1000, Doc: "what to remove instead of white space"}},
				Returns: "string",
				Example: `assert(text.trim("  web1\n") == "web1")`,
				Inline: func(_ context.Context, c *runtime.Call) (any, error) {
					if !c.Has("characters") {
						return trim(working(c), c.String("text"), unicode.IsSpace), nil
					}
					removed := map[rune]bool{}
					for _, r := range c.String("characters") {
						removed[r] = true
					}
					return trim(working(c), c.String("text"), func(r rune) bool { return removed[r] }), nil
				},
			},
			{
				Name:    "text.lines",
				Doc:     "Cuts text into its lines, without their line ends.",
				Params:  []runtime.Param{text},
				Returns: "list of string",
				Example: `for _, line in ipairs(text.lines("a\nb\n")) do print(line) end`,
				Inline: func(_ context.Context, c *runtime.Call) (any, error) {
					lines := parts(c, strings.Lines(c.String("text")))
					for i, line := range lines {
						lines[i] = strings.TrimRight(line, "\r\n")
					}
					return lines, nil
				},
			},
			{
				Name:    "text.starts_with",
				Doc:     "Whether text begins with a prefix.",
				Params:  []runtime.Param{text, str("prefix", "plain text")},
				Returns: "boolean",
				Example: `assert(text.starts_with("tmp-web1", "tmp-"))`,
				Inline: func(_ context.Context, c *runtime.Call) (any, error) {
					return strings.HasPrefix(c.String("text"), c.String("prefix")), nil
				},
			},
			{
				Name:    "text.ends_with",
				Doc:     "Whether text ends with a suffix.",
				Params:  []runtime.Param{text, str("suffix", "plain text")},
				Returns: "boolean",
				Example: `assert(text.ends_with("backup.sql", ".sql"))`,
				Inline: func(_ context.Context, c *runtime.Call) (any, error) {
					return strings.HasSuffix(c.String("text"), c.String("suffix")), nil
				},
			},
			{
				Name:    "text.contains",
				Doc:     "Whether a text is part of another.",
				Params:  []runtime.Param{text, str("part", "plain text")},
				Returns: "boolean",
				Example: `assert(text.contains("10.0.0.1", "0.0"))`,
				Inline: func(_ context.Context, c *runtime.Call) (any, error) {
					return textsearch.Index(c.String("text"), c.String("part"), working(c)) >= 0, nil
				},
			},
			{
				Name:    "text.replace",
				Doc:     "Replaces every occurrence of a text. Neither side is a pattern.",
				Params:  []runtime.Param{text, str("old", "what to replace, not empty"), str("new", "what to put in its place")},
				Returns: "string",
				Example: `assert(text.replace("a.b.c", ".", "-") == "a-b-c")`,
				Inline:  replace,
			},
			{
				Name: "text.fill",
				Doc: "Fills the places {{name}} of a template with the fields of a table; {{a.b}} reaches into nested " +
					"tables. A place without a field is an error.",
				Params: []runtime.Param{str("template", "the text with places"),
					{Name: "fields", Type: runtime.Table, Required: true, Doc: "what to put into them"}},
				Returns: "string",
				Example: `assert(text.fill("{{name}}-{{tags.env}}", {name = "web1", tags = {env = "prod"}}) == "web1-prod")`,
				Inline:  fill,
			},
			templateVerb(),
		},
	}
}

func split(_ context.Context, c *runtime.Call) (any, error) {
	limit := -1
	if c.Has("limit") {
		if limit = int(c.Int("limit")); limit < 1 {
			return nil, runtime.Errorf(runtime.Usage, "parameter \"limit\": expected at least 1, got %d", limit)
		}
	}
	if !c.Has("separator") {
		if limit > 0 {
			return nil, runtime.Errorf(runtime.Usage, "parameter \"limit\" needs a separator")
		}
		return parts(c, words(working(c), c.String("text"))), nil
	}
	if c.String("separator") == "" {
		return nil, runtime.Errorf(runtime.Usage, "parameter \"separator\": expected at least one character")
	}
	return parts(c, cuts(working(c), c.String("text"), c.String("separator"), limit)), nil
}

// words are the parts of a text between blanks. A text may be all blanks, or one word.
func words(work func(int), text string) iter.Seq[string] {
	isWord := func(r rune) bool { return !unicode.IsSpace(r) }
	return func(yield func(string) bool) {
		for {
			start := indexFunc(work, text, isWord)
			if start < 0 {
				return
			}
			text = text[start:]
			end := indexFunc(work, text, unicode.IsSpace)
			if end < 0 {
				yield(text)
				return
			}
			if !yield(text[:end]) {
				return
			}
			text = text[end:]
		}
	}
}

// parts collects pieces of text, whose memory it reserves: any text may have as many
// pieces as bytes.
func parts(c *runtime.Call, pieces iter.Seq[string]) []string {
	const step, bytes = 1024, 64
	out := []string{}
	for piece := range pieces {
		if len(out)%step == 0 {
			c.Reserve(step * bytes)
		}
		out = append(out, piece)
	}
	return out
}

func replace(_ context.Context, c *runtime.Call) (any, error) {
	text, old, with := c.String("text"), c.String("old"), c.String("new")
	if old == "" {
		return nil, runtime.Errorf(runtime.Usage, "parameter \"old\": expected at least one character")
	}
	size := len(text)
	work := working(c)
	for _, rest, found := cut(work, text, old); found; _, rest, found = cut(work, rest, old) {
		size += len(with) - len(old)
	}
	c.Reserve(int64(size))
	var out strings.Builder
	out.Grow(size)
	first := true
	for piece := range cuts(work, text, old, -1) {
		if !first {
			copyText(work, &out, with)
		}
		first = false
		copyText(work, &out, piece)
	}
	return out.String(), nil
}

func fill(_ context.Context, c *runtime.Call) (any, error) {
	rest, fields, work := c.String("template"), c.Table("fields"), working(c)
	var out strings.Builder
	c.Reserve(int64(len(rest)))
	out.Grow(len(rest))
	for {
		before, after, found := cut(work, rest, "{{")
		copyText(work, &out, before)
		if !found {
			return out.String(), nil
		}
		place, behind, closed := cut(work, after, "}}")
		if !closed {
			return nil, runtime.Errorf(runtime.BadRequest, "the template has a {{ without }}")
		}
		value, err := field(fields, trim(work, place, unicode.IsSpace))
		if err != nil {
			return nil, err
		}
		if size := out.Len() + len(value) + len(behind); size > out.Cap() {
			c.Reserve(2 * int64(size))
			out.Grow(2*size - out.Len())
		}
		c.Reserve(int64(len(value)))
		copyText(work, &out, value)
		rest = behind
	}
}

// field is the text of the value at a path such as "tags.env".
func field(fields map[string]any, path string) (string, error) {
	var v any = fields
	for name := range strings.SplitSeq(path, ".") {
		m, _ := v.(map[string]any)
		var ok bool
		if v, ok = m[name]; !ok {
			return "", runtime.Errorf(runtime.BadRequest, "there is no field for the place {{%s}}", english.Clipped(path))
		}
	}
	switch v := v.(type) {
	case string:
		return v, nil
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), nil
	case bool:
		return strconv.FormatBool(v), nil
	case json.Number:
		return v.String(), nil
	}
	what := "a table"
	if v == nil {
		what = "null"
	}
	return "", runtime.Errorf(runtime.BadRequest, "the field for the place {{%s}} is %s", english.Clipped(path), what)
}
