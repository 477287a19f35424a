package layout

import (
	"strings"

	"github.com/cloudscript/cloudscript/runtime/internal/luajson"
	lua "github.com/yuin/gopher-lua"
)

// maxLine is how long a literal on one line may be when no width is given.
const maxLine = 100

// literal writes a table as a Lua literal: on one line if it fits behind the
// given indentation, else an entry a line.
func (f formatter) literal(t *lua.LTable, secrets []string, depth int) string {
	l := literal{formatter: f, secrets: secrets}
	line := l.line(t, depth)
	room := f.Width
	if room == 0 {
		room = maxLine
		if depth > 0 {
			return line // inside a cell or a field
		}
	}
	if f.width(line) <= room {
		return line
	}
	return l.block(t, depth)
}

type literal struct {
	formatter
	secrets []string
	parents []*lua.LTable
}

// enter reports what stands for the table if it is not written out.
func (l *literal) enter(t *lua.LTable, depth int) (instead string) {
	if instead := l.Type(t).Instead; instead != "" {
		return instead
	}
	luajson.Materialize(t)
	for _, p := range l.parents {
		if p == t {
			return "<cycle>"
		}
	}
	if key, _ := t.Next(lua.LNil); key == lua.LNil {
		return "{}"
	}
	if depth >= literalDepth {
		return "{…}"
	}
	l.work(entryBytes)
	l.parents = append(l.parents, t)
	return ""
}

func (l *literal) leave() { l.parents = l.parents[:len(l.parents)-1] }

func (l *literal) line(t *lua.LTable, depth int) string {
	if instead := l.enter(t, depth); instead != "" {
		return instead
	}
	defer l.leave()
	var parts []string
	l.entries(t, func(label string, v lua.LValue) {
		parts = append(parts, label+l.value(v, depth, l.line))
	})
	return "{" + strings.Join(parts, ", ") + "}"
}

func (l *literal) block(t *lua.LTable, depth int) string {
	if instead := l.enter(t, depth); instead != "" {
		return instead
	}
	defer l.leave()
	indent := strings.Repeat("  ", len(l.parents))
	room := l.Width
	if room == 0 {
		room = maxLine
	}
	var b strings.Builder
	b.WriteString("{\n")
	var g grid
	l.entries(t, func(label string, v lua.LValue) {
		if label == "" && v.Type() != lua.LTTable {
			text := l.value(v, depth, l.line)
			g.add(text, l.width(text), v.Type() == lua.LTNumber)
			return
		}
		g.write(&b, indent, room)
		text := l.value(v, depth, l.line)
		if len(indent)+l.width(label+text)+1 > room {
			text = l.value(v, depth, l.block)
		}
		b.WriteString(indent + label + text + ",\n")
	})
	g.write(&b, indent, room)
	b.WriteString(indent[2:] + "}")
	return b.String()
}

func (l *literal) value(v lua.LValue, depth int, table func(*lua.LTable, int) string) string {
	if t, ok := v.(*lua.LTable); ok {
		return table(t, depth+1)
	}
	return l.scalar(v, true)
}

// entries visits positions 1, 2, … without labels and the other keys with theirs.
func (l *literal) entries(t *lua.LTable, visit func(label string, v lua.LValue)) {
	next := 1 // the position that needs no label
	secrets := append(l.Type(t).Secrets, l.secrets...)
	each(t, func(key, v lua.LValue) {
		if name, ok := key.(lua.LString); ok && contains(secrets, string(name)) {
			v = lua.LString(hidden)
		}
		visit(l.label(key, &next), v)
	})
}

// label is what stands before the value of a key: nothing for the next position.
func (l *literal) label(key lua.LValue, next *int) string {
	switch k := key.(type) {
	case lua.LNumber:
		if k == lua.LNumber(*next) {
			*next++
			return ""
		}
	case lua.LString:
		if isName(string(k)) {
			return string(k) + " = "
		}
		return "[" + l.quoted(string(k)) + "] = "
	}
	return "[" + l.Text(key) + "] = "
}

// isName reports whether a key can be written without brackets and quotes.
func isName(s string) bool {
	for i := range len(s) {
		c := s[i]
		letter := c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != "" && !contains(keywords, s)
}

var keywords = []string{"and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in",
	"local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while"}
