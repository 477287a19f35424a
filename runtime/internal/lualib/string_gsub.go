package lualib

import (
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/lualib/pattern"
)

func stringGsub(L *lua.LState) int {
	s, text := stringArgument(L, "gsub", 1), stringArgument(L, "gsub", 2)
	replace := newReplacement(L, L.Get(3))
	most := optionalInt(L, "gsub", 4, len(s)+1)
	in := instanceOf(L)
	p := in.compile(L, text, pattern.Anchor)
	m := in.matcher(L, s)
	out := in.take(L)

	count, copied := 0, 0
	for next := 0; count < most; {
		start, end := m.find(p, next)
		if start < 0 {
			break
		}
		count++
		out.writeString(s[copied:start])
		if replace.write(m, &out, start, end) {
			copied = end
		} else {
			copied = start
		}
		if next = end; end == start {
			next++
		}
		if p.Anchored() || next > len(s) {
			break
		}
	}
	m.done()
	if count == 0 {
		out.drop()
		L.Push(lua.LString(s))
		L.Push(smallNumbers[0])
		return 2
	}
	out.writeString(s[copied:])
	pushString(L, out.finish())
	pushInt(L, count)
	return 2
}

// A replacement is gsub's third argument: one of a text, a table and a function.
type replacement struct {
	text  string
	plain bool // text has no % in it
	table *lua.LTable
	fn    *lua.LFunction
}

func newReplacement(L *lua.LState, v lua.LValue) (r replacement) {
	switch v := v.(type) {
	case lua.LString, lua.LNumber:
		r.text = stringArgument(L, "gsub", 3)
		r.plain = checkReplacementText(L, r.text)
	case *lua.LTable:
		r.table = v
	case *lua.LFunction:
		r.fn = v
	default:
		argumentError(L, "gsub", 3, "string/function/table expected")
	}
	return r
}

// write writes what replaces the match at start to end of the subject. It returns
// false to keep the match.
func (r *replacement) write(m *matcher, out *output, start, end int) bool {
	switch {
	case r.plain:
		out.writeString(r.text)
		return true
	case r.table != nil:
		return m.replaceWith(out, m.L.GetTable(r.table, m.firstCapture(start, end)))
	case r.fn != nil:
		m.L.Push(r.fn)
		m.L.Call(m.pushMatch(start, end), 1)
		result := m.L.Get(-1)
		m.L.Pop(1)
		return m.replaceWith(out, result)
	}
	m.writeTemplate(out, r.text, start, end)
	return true
}

func (m *matcher) firstCapture(start, end int) lua.LValue {
	if m.Captures() == 0 {
		return substring(m.subject, start, end)
	}
	return m.capture(0)
}

// replaceWith writes the value that a table or function gave for a match.
func (m *matcher) replaceWith(out *output, v lua.LValue) bool {
	switch {
	case out.writeValue(v):
		return true
	case lua.LVAsBool(v):
		raise(m.L, "invalid replacement value (a %s)", typeName(v))
	}
	return false
}

// checkReplacementText reports whether a text is free of %. It raises an error
// for one that ends in a single %.
func checkReplacementText(L *lua.LState, text string) (plain bool) {
	plain = true
	in := instanceOf(L)
	for rest, n := text, 1; ; n++ {
		in.chargeEscape(L, n)
		at := strings.IndexByte(rest, '%')
		switch {
		case at < 0:
			return plain
		case at+1 == len(rest):
			raise(L, "invalid use of '%%' in replacement string")
		}
		plain, rest = false, rest[at+2:]
	}
}

// chargeEscape charges the n-th % of a replacement text, some thousand at once.
func (in *instance) chargeEscape(L *lua.LState, n int) {
	const step = 4096
	if n%step == 0 {
		in.charge(L, step, patternsPerUnit)
	}
}

// writeTemplate writes a replacement text, in which % and a digit stand for a
// capture and % and another character for that character.
func (m *matcher) writeTemplate(out *output, text string, start, end int) {
	for n := 1; ; n++ {
		m.in.chargeEscape(m.L, n)
		at := strings.IndexByte(text, '%')
		if at < 0 {
			break
		}
		out.writeString(text[:at])
		switch c := text[at+1]; {
		case c-'0' > 9:
			out.writeByte(c)
		case c == '0' || c == '1' && m.Captures() == 0:
			out.writeString(m.subject[start:end])
		default:
			m.replaceWith(out, m.capture(int(c-'1')))
		}
		text = text[at+2:]
	}
	out.writeString(text)
}
