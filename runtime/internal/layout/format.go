package layout

import (
	"strings"

	"github.com/cloudscript/cloudscript/runtime/internal/luajson"
	lua "github.com/yuin/gopher-lua"
)

// Options say how values are laid out.
type Options struct {
	// Width is the number of terminal columns to fit into; 0 does not limit.
	Width int

	// Quote puts a single text in quotes, as a prompt does and print does not.
	Quote bool

	// Text is the text of a value that is neither table nor text; required.
	Text func(v lua.LValue) string

	// Type describes the kind of object that a table is; nil, or a zero
	// TypeInfo, for plain tables.
	Type func(t *lua.LTable) TypeInfo

	// Work is told before about so many bytes are read or written, so that it can
	// end what takes too long by a panic; nil for nobody.
	Work func(bytes int)
}

// TypeInfo is what layout knows of a kind of object.
type TypeInfo struct {
	Name    string   // "server"
	Instead string   // what stands for the table inside others; "" for what is in it
	List    bool     // a list even if it is empty
	Columns []string // of a list; a dot reaches into nested tables: "addresses.public"
	Secrets []string // fields that are never shown
}

// hidden stands where a secret is.
const hidden = "[secret]"

// literalDepth is how deep literals are written out; deeper tables are {…}.
const literalDepth = 8

// Format lays a value out. The text has no newline at its end.
func Format(v lua.LValue, o Options) string {
	if o.Type == nil {
		o.Type = func(*lua.LTable) TypeInfo { return TypeInfo{} }
	}
	f := formatter{Options: o}
	t, ok := v.(*lua.LTable)
	if !ok {
		if s, isText := v.(lua.LString); isText && !o.Quote {
			return string(s)
		}
		return f.scalar(v, o.Quote)
	}
	luajson.Materialize(t)
	if rows := f.records(t); rows != nil {
		return f.table(rows)
	}
	info := o.Type(t)
	if info.Name != "" {
		return f.record(t, info)
	}
	if key, _ := t.Next(lua.LNil); info.List && key == lua.LNil {
		return "(empty list)"
	}
	return f.literal(t, nil, 0)
}

type formatter struct{ Options }

func (f formatter) scalar(v lua.LValue, quote bool) string {
	f.work(entryBytes)
	if s, ok := v.(lua.LString); ok {
		if quote {
			return f.quoted(string(s))
		}
		return f.escape(string(s))
	}
	return f.Text(v)
}

// records returns the rows if the table is a non-empty sequence of records, and
// nothing else.
func (f formatter) records(t *lua.LTable) []*lua.LTable {
	n := t.Len()
	if n == 0 {
		return nil
	}
	if key, _ := t.Next(lua.LNumber(n)); key != lua.LNil {
		return nil
	}
	rows := make([]*lua.LTable, 0, n)
	for i := 1; i <= n; i++ {
		f.work(entryBytes)
		row, ok := t.RawGetInt(i).(*lua.LTable)
		if !ok {
			return nil
		}
		luajson.Materialize(row)
		if key, _ := row.Next(lua.LNil); key == nil || key.Type() != lua.LTString {
			return nil
		}
		rows = append(rows, row)
	}
	return rows
}

// below is the indentation of a value that has no room beside its name; roomBeside is
// how many columns any value has there before it is cut.
const (
	below      = "    "
	roomBeside = 20
)

// record writes one object, a field a line; the fields of nested tables with
// names get lines of their own ("addresses.public").
func (f formatter) record(t *lua.LTable, info TypeInfo) string {
	fields := f.fields(nil, "", t, info, 0)
	widest := 0
	for _, field := range fields {
		widest = max(widest, f.width(field.name))
	}
	room := 0
	if f.Width > 0 {
		room = max(f.Width-widest-4, minColumn)
	}
	var b strings.Builder
	b.WriteString(info.Name)
	for _, field := range fields {
		text, _ := f.truncate(field.text, room)
		line := "\n  " + pad(field.name, widest) + "  " + text
		if lower := f.Width - len(below); text != field.text && (room < roomBeside || f.width(field.text) <= lower) {
			text, _ = f.truncate(field.text, max(lower, minColumn))
			line = "\n  " + field.name + "\n" + below + text
		}
		b.WriteString(strings.TrimRight(line, " "))
	}
	return b.String()
}

type field struct{ name, text string }

func (f formatter) fields(out []field, prefix string, t *lua.LTable, info TypeInfo, depth int) []field {
	each(t, func(key, v lua.LValue) {
		own := f.scalar(key, false)
		name := prefix + own
		if contains(info.Secrets, own) {
			out = append(out, field{name, hidden})
			return
		}
		if inner, ok := v.(*lua.LTable); ok && depth < 2 {
			luajson.Materialize(inner)
			if first, _ := inner.Next(lua.LNil); first.Type() == lua.LTString {
				out = f.fields(out, name+".", inner, f.Type(inner), depth+1)
				return
			}
		}
		out = append(out, field{name, f.field(v, info)})
	})
	return out
}

// field is the text of a value inside a record or a cell: one line, text without
// quotes, a list of scalars joined by commas.
func (f formatter) field(v lua.LValue, info TypeInfo) string {
	t, ok := v.(*lua.LTable)
	if !ok {
		return f.scalar(v, false)
	}
	luajson.Materialize(t)
	if parts, ok := f.scalars(t); ok {
		return strings.Join(parts, ", ")
	}
	narrow := f
	narrow.Width = 0
	return narrow.literal(t, info.Secrets, 1)
}

// scalars are the texts of a sequence without tables in it.
func (f formatter) scalars(t *lua.LTable) ([]string, bool) {
	n := t.Len()
	var last lua.LValue = lua.LNil
	if n > 0 {
		last = lua.LNumber(n)
	}
	if key, _ := t.Next(last); key != lua.LNil {
		return nil, false
	}
	var parts []string
	for i := 1; i <= n; i++ {
		v := t.RawGetInt(i)
		if v.Type() == lua.LTTable {
			return nil, false
		}
		parts = append(parts, f.scalar(v, false))
	}
	return parts, true
}

// each visits positions 1 to n and then the other keys in their order.
func each(t *lua.LTable, visit func(key, v lua.LValue)) {
	for key, v := t.Next(lua.LNil); key != lua.LNil; key, v = t.Next(key) {
		visit(key, v)
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
