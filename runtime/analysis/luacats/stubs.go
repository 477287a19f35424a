package luacats

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
)

// Marker starts every stub: a file that starts with it may be written anew.
const Marker = "---@meta\n-- Written by cloudscript types. What is changed here is lost.\n"

// A File is one file of annotations.
type File struct {
	Name string // "servers.lua"
	Text string
}

// Stubs are the annotations of everything that the runtime declares, by name.
func Stubs(rt *runtime.Runtime) []File {
	files := []File{{"objects.lua", objects(rt)}}
	for _, m := range rt.Modules() {
		if m.Name == "" {
			files = append(files, File{"globals.lua", globals(rt, m)})
		} else {
			files = append(files, File{m.Name + ".lua", module(rt, m)})
		}
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return files
}

// A writer collects the lines of one stub.
type writer struct {
	rt *runtime.Runtime
	strings.Builder
}

func newWriter(rt *runtime.Runtime) *writer {
	w := &writer{rt: rt}
	w.WriteString(Marker)
	return w
}

func (w *writer) line(format string, args ...any) {
	w.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " ") + "\n")
}

// comment writes a text of any number of lines.
func (w *writer) comment(text string) {
	for line := range strings.Lines(strings.TrimSpace(text)) {
		w.line("---%s", strings.TrimRight(line, "\r\n"))
	}
}

func module(rt *runtime.Runtime, m runtime.Module) string {
	w := newWriter(rt)
	w.line("")
	w.comment(m.Doc)
	w.line("---@class cloudscript.%s", m.Name)
	w.line("%s = {}", m.Name)
	var values []string
	for name := range m.Values {
		values = append(values, name)
	}
	slices.Sort(values)
	for _, name := range values {
		w.line("")
		w.line("---@type any")
		w.line("%s.%s = nil", m.Name, name)
	}
	for i := range m.Verbs {
		w.verb(&m.Verbs[i], m.Verbs[i].Name, 0)
	}
	return w.String()
}

// globals are the verbs outside modules, and the types that all stubs use.
func globals(rt *runtime.Runtime, m runtime.Module) string {
	w := newWriter(rt)
	w.line("")
	w.comment("Seconds, or text such as \"90s\", \"10m\" or \"1h30m\".")
	w.line("---@alias duration number|string")
	w.line("")
	w.comment("A number, a text, or an object that has an id.")
	w.line("---@alias id number|string|table")
	w.line("")
	w.comment("The words behind the script's name, from 1.")
	w.line("---@type string[]")
	w.line("arg = {}")
	w.line("")
	w.comment("The values of --set, and the parameters that the script's header declares.")
	w.line("---@type table<string, any>")
	w.line("params = {}")
	for i := range m.Verbs {
		w.verb(&m.Verbs[i], m.Verbs[i].Name, 0)
	}
	return w.String()
}

func objects(rt *runtime.Runtime) string {
	w := newWriter(rt)
	for _, o := range rt.Objects() {
		w.line("")
		w.comment(o.Doc)
		w.line("---@class %s", o.Name)
		for _, f := range o.Fields {
			w.line("---@field %s? %s %s", fieldName(f.Name), fieldType(f.Type), description(f.Doc))
		}
		variable := identifier(o.Name)
		w.line("local %s = {}", variable)
		for _, v := range rt.Methods(o.Name) {
			w.verb(v, variable+":"+v.Function(), 1)
		}
	}
	return w.String()
}

// identifier is a Lua name for an object type.
func identifier(name string) string {
	return "type_" + strings.Map(func(r rune) rune {
		if r == '_' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' {
			return r
		}
		return '_'
	}, name)
}

// fieldName keeps the server from taking a name for a visibility.
func fieldName(name string) string {
	switch name {
	case "public", "private", "protected", "package":
		return fmt.Sprintf("[%q]", name)
	}
	return name
}

// description is a text behind a type, on one line. The server reads on across
// spaces, so a text that begins like more of the type gets a sign before it.
func description(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if text != "" && strings.ContainsRune("|?<[,", rune(text[0])) {
		return "# " + text
	}
	return text
}
