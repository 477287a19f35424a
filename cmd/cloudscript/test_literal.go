package main

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/cloudscript/cloudscript/internal/columns"
	"github.com/cloudscript/cloudscript/internal/english"
	"github.com/cloudscript/cloudscript/internal/lazyregexp"
	"github.com/cloudscript/cloudscript/runtime"
)

// A literal writes values as Lua source would, keys in order, one element to a
// line unless it is told otherwise, so that two of them can be compared line by
// line. Secret fields are not shown.
type literal struct {
	call   *runtime.Call
	secret func(object, field string) bool
	line   bool  // on one line
	ascii  bool  // what is not ASCII by its number
	inside []any // identities of the tables that the place is inside of
}

func (w *testWorld) literal(c *runtime.Call) *literal { return &literal{call: c, secret: w.secret} }

// secret reports whether a field of an object type is never shown.
func (w *testWorld) secret(object, field string) bool {
	o := w.runtime.Object(object)
	return o != nil && slices.ContainsFunc(o.Fields, func(f runtime.Field) bool { return f.Secret && f.Name == field })
}

var identifier = lazyregexp.New(`^[A-Za-z_][A-Za-z0-9_]*$`)

// briefWidth is how many columns a value may take in a message of one line.
const briefWidth = 60

// brief is the value in a few words.
func (l *literal) brief(v runtime.Value) string {
	short := *l
	short.line = true
	text := short.text(v)
	if v.Kind() == runtime.TableValue && columns.Of(text) > briefWidth {
		return "a table of " + english.Count(len(entries(l.call, v)), "element")
	}
	return columns.Fit(text, briefWidth)
}

// cut is the end of a text of which brief leaves out the rest.
const cut = "…"

// exact is a number with all its digits; brief of anything else.
func (l *literal) exact(v runtime.Value) string {
	if n, ok := v.Go().(float64); ok && n == n {
		return strconv.FormatFloat(n, 'g', -1, 64)
	}
	return l.brief(v)
}

func (l *literal) text(v runtime.Value) string {
	var b strings.Builder
	l.write(&b, v, "")
	return b.String()
}

func (l *literal) write(b *strings.Builder, v runtime.Value, indent string) {
	if s, ok := v.Go().(string); ok {
		l.writeText(b, s, indent)
		return
	}
	if v.Kind() != runtime.TableValue {
		b.WriteString(l.call.Text(v))
		return
	}
	if slices.Contains(l.inside, v.Identity()) {
		b.WriteString("(a table that it is inside of)")
		return
	}
	list := entries(l.call, v)
	if len(list) == 0 {
		b.WriteString("{}")
		return
	}
	l.inside = append(l.inside, v.Identity())
	first, between, last := "\n"+indent+"  ", ",\n"+indent+"  ", ",\n"+indent
	if l.line {
		first, between, last = "", ", ", ""
	}
	b.WriteString("{" + first)
	for i, e := range list {
		if i > 0 {
			b.WriteString(between)
		}
		l.writeKey(b, e.key, i+1)
		if name, named := e.key.Go().(string); named && l.secret(v.Type(), name) {
			b.WriteString("(secret)")
		} else {
			l.write(b, e.value, indent+"  ")
		}
	}
	b.WriteString(last + "}")
	l.inside = l.inside[:len(l.inside)-1]
}

// writeText writes a text, of which each line has a line of its own.
func (l *literal) writeText(b *strings.Builder, text, indent string) {
	quote := strconv.Quote
	if l.ascii {
		quote = strconv.QuoteToASCII
	}
	if l.line {
		b.WriteString(quote(text))
		return
	}
	between := ""
	for line := range strings.Lines(text) {
		b.WriteString(between + quote(line))
		between = " ..\n" + indent + "  "
	}
	if text == "" {
		b.WriteString(`""`)
	}
}

// writeKey writes a key and the sign after it, nothing for the one that the
// position implies.
func (l *literal) writeKey(b *strings.Builder, key runtime.Value, position int) {
	name, named := key.Go().(string)
	switch {
	case key.Go() == float64(position):
	case !named:
		b.WriteString("[" + l.call.Text(key) + "] = ")
	case identifier.MatchString(name):
		b.WriteString(name + " = ")
	default:
		fmt.Fprintf(b, "[%q] = ", name)
	}
}

// An entry is one key of a table and its value.
type entry struct{ key, value runtime.Value }

// entries are a table's, in an order that depends on the keys alone: numbers,
// then strings, then the rest.
func entries(c *runtime.Call, v runtime.Value) []entry {
	keys, values := c.Entries(v)
	list := make([]entry, len(keys))
	for i := range keys {
		list[i] = entry{keys[i], values[i]}
	}
	slices.SortStableFunc(list, func(a, b entry) int { return compareKeys(c, a.key, b.key) })
	return list
}

func compareKeys(c *runtime.Call, a, b runtime.Value) int {
	if x, ok := a.Go().(float64); ok {
		if y, ok := b.Go().(float64); ok {
			return cmp.Compare(x, y)
		}
	}
	return cmp.Or(cmp.Compare(keyRank(a), keyRank(b)), cmp.Compare(c.Text(a), c.Text(b)))
}

func keyRank(key runtime.Value) int {
	switch key.Kind() {
	case runtime.NumberValue:
		return 0
	case runtime.StringValue:
		return 1
	}
	return 2
}
