package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/rogpeppe/go-internal/diff"
)

func equalVerb(w *testWorld) runtime.Verb {
	return runtime.Verb{
		Name: "t.equal", Doc: "Fails unless two values are equal. Tables are equal if they hold equal values under the same keys, whatever their metatables.",
		Params:  []runtime.Param{{Name: "got", Type: runtime.Handle}, {Name: "want", Type: runtime.Handle}, saying()},
		Example: `t.equal(list.pluck(servers.list(), "name"), {"web1", "web2"})`,
		Inline: func(_ context.Context, c *runtime.Call) (any, error) {
			d := (&comparison{call: c, secret: w.secret}).compare(c.Handle("got"), c.Handle("want"), "")
			if d == nil {
				return nil, nil
			}
			l := w.literal(c)
			gotText, wantText, areTexts := texts(d.got, d.want)
			l.ascii = areTexts && lookAlike(gotText, wantText)
			return nil, w.fail(c, d.message(l), details(l, c.Handle("got"), c.Handle("want")))
		},
	}
}

func notEqualVerb(w *testWorld) runtime.Verb {
	return runtime.Verb{
		Name: "t.not_equal", Doc: "Fails if two values are equal as t.equal sees them.",
		Params:  []runtime.Param{{Name: "got", Type: runtime.Handle}, {Name: "unwanted", Type: runtime.Handle}, saying()},
		Example: `t.not_equal(first.id, second.id)`,
		Inline: func(_ context.Context, c *runtime.Call) (any, error) {
			if (&comparison{call: c, secret: w.secret}).compare(c.Handle("got"), c.Handle("unwanted"), "") != nil {
				return nil, nil
			}
			return nil, w.fail(c, "got "+w.literal(c).brief(c.Handle("got"))+", want anything else", "")
		},
	}
}

// A difference is where two values differ first.
type difference struct {
	path      string // such as "[2].name"; "" for the values themselves
	got, want runtime.Value
	hidden    bool // the values are secret
}

func (d *difference) message(l *literal) string {
	place, got, want := []string{}, l.brief(d.got), l.brief(d.want)
	if d.path != "" {
		place = append(place, d.path)
	}
	switch {
	case d.hidden:
	case strings.HasSuffix(got, cut) || strings.HasSuffix(want, cut):
		if gotText, wantText, ok := texts(d.got, d.want); ok {
			var at string
			at, got, want = apart(gotText, wantText)
			place = append(place, at)
		}
	case got == want:
		got, want = l.exact(d.got), l.exact(d.want)
		if got == "nan" {
			want += ", which equals nothing"
		}
	}
	text := fmt.Sprintf("got %s, want %s", got, want)
	if d.hidden {
		text = "the values, which are secret, differ"
	}
	if len(place) > 0 {
		text = "at " + strings.Join(place, ", ") + ": " + text
	}
	return text
}

// A comparison compares two values; it knows the pairs of tables that it is
// inside, so that tables that hold themselves end.
type comparison struct {
	call   *runtime.Call
	secret func(object, field string) bool
	inside map[[2]any]bool
}

func (p *comparison) compare(got, want runtime.Value, path string) *difference {
	if got.Identity() == want.Identity() {
		return nil
	}
	if got.Kind() != runtime.TableValue || want.Kind() != runtime.TableValue {
		return &difference{path: path, got: got, want: want}
	}
	pair := [2]any{got.Identity(), want.Identity()}
	if p.inside[pair] {
		return nil
	}
	if p.inside == nil {
		p.inside = map[[2]any]bool{}
	}
	p.inside[pair] = true
	defer delete(p.inside, pair)
	wanted := map[any]runtime.Value{}
	for _, e := range entries(p.call, want) {
		wanted[e.key.Identity()] = e.value
	}
	for _, e := range entries(p.call, got) {
		key := e.key.Identity()
		if d := p.compare(e.value, wanted[key], path+step(p.call, e.key, path)); d != nil {
			d.hidden = d.hidden || p.isSecret(got, e.key) || p.isSecret(want, e.key)
			return d
		}
		delete(wanted, key)
	}
	for _, e := range entries(p.call, want) {
		if _, missing := wanted[e.key.Identity()]; missing {
			return &difference{path: path + step(p.call, e.key, path), want: e.value, hidden: p.isSecret(want, e.key)}
		}
	}
	return nil
}

func (p *comparison) isSecret(table, key runtime.Value) bool {
	name, ok := key.Go().(string)
	return ok && p.secret(table.Type(), name)
}

// step is a key as the next part of a path.
func step(c *runtime.Call, key runtime.Value, path string) string {
	name, ok := key.Go().(string)
	switch {
	case !ok:
		return "[" + c.Text(key) + "]"
	case !identifier.MatchString(name):
		return fmt.Sprintf("[%q]", name)
	case path == "":
		return name
	}
	return "." + name
}

// details is the difference in several lines, "" where the message says as much:
// of tables, and of texts that are long, or have several lines.
func details(l *literal, got, want runtime.Value) string {
	gotText, wantText, areTexts := texts(got, want)
	switch {
	case got.Kind() == runtime.TableValue && want.Kind() == runtime.TableValue:
		gotText, wantText = l.text(got), l.text(want)
	case !areTexts:
		return ""
	case !strings.Contains(gotText+wantText, "\n") && (len(gotText+wantText) > mostInLine || len(gotText) <= briefWidth && len(wantText) <= briefWidth):
		return ""
	case l.ascii || strings.ContainsFunc(gotText+wantText, isHidden):
		gotText, wantText = l.text(got), l.text(want)
	}
	text := string(diff.Diff("want", []byte(lineEnded(wantText)), "got", []byte(lineEnded(gotText))))
	_, text, _ = strings.Cut(text, "\n") // the command that would print it
	return text
}

// mostInLine is how many bytes two texts of one line may have to be shown whole: where
// longer ones differ, and how, is in the message.
const mostInLine = 400

// isHidden reports whether a character of a text moves the cursor, or does not show.
func isHidden(r rune) bool { return r != '\n' && r != '\t' && !strconv.IsPrint(r) }

// texts are two values if both are texts.
func texts(got, want runtime.Value) (gotText, wantText string, ok bool) {
	gotText, isText := got.Go().(string)
	wantText, areText := want.Go().(string)
	return gotText, wantText, isText && areText
}

func lineEnded(text string) string { return strings.TrimSuffix(text, "\n") + "\n" }
