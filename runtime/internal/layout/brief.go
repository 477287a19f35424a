package layout

import (
	"strings"

	lua "github.com/yuin/gopher-lua"
)

const (
	briefDepth = 3  // of tables; deeper ones are {…}
	briefText  = 60 // columns of a text
)

// Brief writes a value as a Lua literal of one line and about most bytes, for a message:
// what is too long, too many or too deep is …. It takes the time of what it writes, not
// of what the value holds.
func Brief(v lua.LValue, o Options, most int) string {
	if o.Type == nil {
		o.Type = func(*lua.LTable) TypeInfo { return TypeInfo{} }
	}
	b := brief{literal: literal{formatter: formatter{o}}, most: most}
	b.value(v)
	return b.out.String()
}

type brief struct {
	literal
	out  strings.Builder
	most int
}

func (b *brief) value(v lua.LValue) {
	switch v := v.(type) {
	case lua.LString:
		b.out.WriteString(quoted(string(shortened(v))))
	case *lua.LTable:
		b.table(v)
	default:
		b.out.WriteString(b.Text(v))
	}
}

func (b *brief) table(t *lua.LTable) {
	if instead := b.enter(t, len(b.parents)+literalDepth-briefDepth); instead != "" {
		b.out.WriteString(instead)
		return
	}
	defer b.leave()
	b.out.WriteByte('{')
	position, separator := 1, ""
	secrets := b.Type(t).Secrets
	for key, v := t.Next(lua.LNil); key != lua.LNil; key, v = t.Next(key) {
		b.out.WriteString(separator)
		separator = ", "
		if b.out.Len() > b.most {
			b.out.WriteString("…")
			break
		}
		if name, ok := key.(lua.LString); ok {
			key = shortened(name)
			if contains(secrets, string(name)) {
				v = lua.LString(hidden)
			}
		}
		b.out.WriteString(b.label(key, &position))
		b.value(v)
	}
	b.out.WriteByte('}')
}

// shortened is the beginning of a text.
func shortened(s lua.LString) lua.LString {
	const bytes = 16 * briefText // more than the columns hold of any text but a freak
	return lua.LString(truncate(string(s[:min(len(s), bytes)]), briefText))
}
