package repl

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/internal/english"
	"github.com/cloudscript/cloudscript/runtime"
)

// Describe is the reference of one name: a verb ("servers.create"), a method
// ("server:reboot"), a module ("servers"), an object type ("server"); or, for
// "", of everything in short. It follows from the declarations alone; of what Lua
// itself has ("print") it says no more than that. Prose is wrapped to fit so many
// columns, and to 80 where there are more, or 0 for no terminal, and code broken
// between words. ok is false if there is no such name.
func Describe(rt *runtime.Runtime, name string, columns int) (text string, ok bool) {
	d := describing(columns)
	switch {
	case name == "":
		d.overview(rt)
	case rt.Verb(name) != nil:
		d.verb(rt.Verb(name))
	case strings.Contains(name, ":"):
		d.method(rt, name)
	default:
		d.module(rt, name)
		d.object(rt, name)
		if d.Len() == 0 {
			d.library(rt, name)
		}
	}
	return d.String(), d.Len() > 0
}

// Prose of more than proseColumns is hard to read, of less than leastColumns harder.
const proseColumns, leastColumns = 80, 30

type description struct {
	strings.Builder
	width int // that prose may take
	code  int // that code may take, 0 for any
}

// describing is an empty description for so many columns.
func describing(columns int) *description {
	d := &description{width: min(max(cmp.Or(columns, proseColumns), leastColumns), proseColumns) - 2}
	if columns > 0 {
		d.code = max(columns, leastColumns)
	}
	return d
}

func (d *description) line(format string, args ...any) {
	d.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " ") + "\n")
}

// overview lists the global functions, and the modules by section, with their
// summaries.
func (d *description) overview(rt *runtime.Runtime) {
	sections := map[string][][2]string{}
	for _, m := range rt.Modules() {
		if m.Name != "" {
			sections[m.Section] = append(sections[m.Section], [2]string{m.Name, english.FirstSentence(m.Doc)})
			continue
		}
		var rows [][2]string
		for i := range m.Verbs {
			rows = append(rows, [2]string{d.shortSignature(&m.Verbs[i]), m.Verbs[i].Summary()})
		}
		d.section("Functions", rows)
	}
	for _, name := range slices.Sorted(maps.Keys(sections)) {
		d.section(cmp.Or(name, "Modules"), sections[name])
	}
}

// section is a heading with rows below it, after an empty line unless it is the first.
func (d *description) section(heading string, rows [][2]string) {
	if d.Len() > 0 {
		d.line("")
	}
	d.line("%s", heading)
	d.rows(rows, "  ")
}

func (d *description) module(rt *runtime.Runtime, name string) {
	for _, m := range rt.Modules() {
		if m.Name != name || name == "" {
			continue
		}
		head := name + ", a module"
		if m.Section != "" {
			head += " (" + m.Section + ")"
		}
		d.head(head, m.Doc)
		var rows [][2]string
		for value := range m.Values {
			rows = append(rows, [2]string{name + "." + value, "a value"})
		}
		for i := range m.Verbs {
			rows = append(rows, [2]string{d.shortSignature(&m.Verbs[i]), m.Verbs[i].Summary()})
		}
		slices.SortFunc(rows, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
		d.rows(rows, "  ")
	}
}

// library says where one reads of what Lua itself has.
func (d *description) library(rt *runtime.Runtime, name string) {
	names := rt.Library()
	if !slices.Contains(names, name) {
		return
	}
	d.line("%s is a part of Lua: https://www.lua.org/manual/5.1/", name)
	var rows [][2]string
	for _, member := range names {
		if strings.HasPrefix(member, name+".") {
			rows = append(rows, [2]string{member, ""})
		}
	}
	d.rows(rows, "  ")
}

// head is what something is, and its text; an empty line parts it from what is above
// and below.
func (d *description) head(what, doc string) {
	if d.Len() > 0 {
		d.line("")
	}
	d.line("%s", what)
	d.paragraph(doc, "  ", "  ")
	d.line("")
}

func (d *description) object(rt *runtime.Runtime, name string) {
	o := rt.Object(name)
	if o == nil {
		return
	}
	head := name + ", a type"
	for _, m := range rt.Modules() {
		if slices.ContainsFunc(m.Objects, func(other runtime.ObjectType) bool { return other.Name == name }) && m.Name != "" {
			head += " of the module " + m.Name
		}
	}
	d.head(head, o.Doc)
	var rows [][2]string
	for _, f := range o.Fields {
		rows = append(rows, [2]string{f.Name, fieldText(f)})
	}
	d.rows(rows, "  ")
	rows = nil
	for _, v := range rt.Methods(name) {
		rows = append(rows, [2]string{methodSignature(name, v), v.Summary()})
	}
	if len(rows) > 0 && len(o.Fields) > 0 {
		d.line("")
	}
	d.rows(rows, "  ")
}

func fieldText(f runtime.Field) string {
	if f.Doc == "" {
		return f.Type.String()
	}
	return f.Type.String() + ": " + f.Doc
}

func (d *description) method(rt *runtime.Runtime, name string) {
	object, function, _ := strings.Cut(name, ":")
	for _, v := range rt.Methods(object) {
		if v.Function() == function {
			d.line("%s is", methodSignature(object, v))
			d.verb(v)
		}
	}
}

// shortSignature leaves optional parameters out where a signature is too long for
// a list.
func (d *description) shortSignature(v *runtime.Verb) string {
	full := v.Signature()
	if len(full) <= d.width/2 {
		return full
	}
	open, end := "{", "…}"
	if !strings.Contains(full, "{") {
		open, end = "(", "…)"
	}
	var names []string
	for _, p := range v.Params {
		switch {
		case !p.Required:
		case open == "{":
			names = append(names, p.Name+"=, ")
		default:
			names = append(names, p.Name+", ")
		}
	}
	return v.Name + open + strings.Join(names, "") + end
}

// methodSignature is how a verb is called as a method.
func methodSignature(object string, v *runtime.Verb) string {
	inner := *v
	inner.Name = object + ":" + v.Function()
	inner.Params = v.Params[1:]
	return inner.Signature()
}

func (d *description) verb(v *runtime.Verb) {
	head := strings.Fields(v.Signature())
	if v.Returns != "" {
		head = append(head, "-> "+v.Returns)
	}
	d.words(head, "", "    ")
	d.paragraph(v.Doc, "  ", "  ")
	d.params(v)
	d.line("")
	d.line("  effect: %s", v.Effect)
	if v.Method != "" {
		d.line("  also: %s", methodSignature(v.Method, v))
	}
	if len(v.Errors) > 0 {
		var kinds []string
		for _, k := range v.Errors {
			kinds = append(kinds, string(k))
		}
		d.paragraph("errors: "+strings.Join(kinds, ", "), "  ", "    ")
	}
	if v.Example != "" {
		d.line("")
		d.line("  example:")
		d.example(strings.TrimSpace(v.Example))
	}
}

// params are a verb's parameters. What a duration is stands below them, once.
func (d *description) params(v *runtime.Verb) {
	var rows [][2]string
	durations := false
	for _, p := range v.Params {
		text := paramText(p)
		if rest, ok := strings.CutPrefix(text, runtime.Duration.String()); ok {
			text, durations = "duration"+rest, true
		}
		rows = append(rows, [2]string{p.Name, text})
	}
	if len(rows) > 0 {
		d.line("")
	}
	d.rows(rows, "  ")
	if durations {
		d.line("")
		d.line(`  A duration is a number of seconds, or text such as "90s", "10m" or "1h30m".`)
	}
}

// paramText is a parameter's type, rules and meaning.
func paramText(p runtime.Param) string {
	text := p.TypeWords()
	if len(p.Enum) > 0 {
		text = strings.Join(p.Enum, " | ")
	}
	switch {
	case p.Required:
		text += ", required"
	case p.Default != nil:
		text += fmt.Sprintf(", default %v", p.Default)
	}
	if p.Doc != "" {
		text += ": " + p.Doc
	}
	return text
}

// paragraph wraps words; the first line is indented on its own.
func (d *description) paragraph(text, first, rest string) {
	d.words(strings.Fields(text), first, rest)
}

func (d *description) words(words []string, first, rest string) {
	line := first
	for _, word := range words {
		if len(line)+len(word) > d.width && strings.TrimSpace(line) != "" {
			d.line("%s", line)
			line = rest
		}
		line += word + " "
	}
	if strings.TrimSpace(line) != "" {
		d.line("%s", line)
	}
}

// rows are two columns; the second one is wrapped below itself.
func (d *description) rows(rows [][2]string, indent string) {
	width, most := 0, d.width*2/5
	for _, r := range rows {
		if len(r[0]) <= most {
			width = max(width, len(r[0]))
		}
	}
	for _, r := range rows {
		if len(r[0]) > width {
			d.line("%s%s", indent, r[0])
			r[0] = ""
		}
		b := description{width: d.width}
		below := indent + strings.Repeat(" ", width+2)
		b.paragraph(r[1], below, below)
		text := b.String()
		if text == "" {
			d.line("%s%s", indent, r[0])
			continue
		}
		d.WriteString(indent + fmt.Sprintf("%-*s", width+2, r[0]) + text[min(len(text), len(indent)+width+2):])
	}
}
