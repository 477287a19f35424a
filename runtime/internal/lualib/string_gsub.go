package lualib

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/lualib/pattern"
)

func stringGsub(L *lua.LState) int {
	s, text := stringArgument(L, "gsub", 1), stringArgument(L, "gsub", 2)
	replace := replacement(L, L.Get(3))
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
		if replace(m, &out, start, end) {
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

// A replacer writes what replaces the match at start to end of the subject. It
// returns false to keep the match.
type replacer func(m *matcher, out *output, start, end int) bool

// replacement makes a replacer of gsub's third argument.
func replacement(L *lua.LState, v lua.LValue) replacer {
	switch v := v.(type) {
	case lua.LString, lua.LNumber:
		return textReplacer(L, stringArgument(L, "gsub", 3))
	case *lua.LTable:
		return func(m *matcher, out *output, start, end int) bool {
			return m.replaceWith(out, m.L.GetTable(v, m.firstCapture(start, end)))
		}
	case *lua.LFunction:
		return func(m *matcher, out *output, start, end int) bool {
			m.L.Push(v)
			m.L.Call(m.pushMatch(start, end), 1)
			result := m.L.Get(-1)
			m.L.Pop(1)
			return m.replaceWith(out, result)
		}
	}
	argumentError(L, "gsub", 3, "string/function/table expected")
	return nil
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

// A piece of a replacement text is literal text and then a capture: '0' for the
// whole match, '1' to '9', or 0 for none.
type piece struct {
	text    string
	capture byte
}

// textReplacer prepares a replacement text, in which % and a digit stand for a
// capture and % and another character for that character.
func textReplacer(L *lua.LState, text string) replacer {
	pieces := make([]piece, 0, 4)
	start := 0
	for i := 0; i < len(text); i++ {
		if text[i] != '%' {
			continue
		}
		if i+1 == len(text) {
			raise(L, "invalid use of '%%' in replacement string")
		}
		if c := text[i+1]; c-'0' <= 9 {
			pieces = append(pieces, piece{text[start:i], c})
			start = i + 2
		} else {
			pieces = append(pieces, piece{text: text[start:i]})
			start = i + 1
		}
		i++
	}
	pieces = append(pieces, piece{text: text[start:]})
	return func(m *matcher, out *output, start, end int) bool {
		for _, p := range pieces {
			out.writeString(p.text)
			switch {
			case p.capture == 0:
			case p.capture == '0' || p.capture == '1' && m.Captures() == 0:
				out.writeString(m.subject[start:end])
			default:
				m.replaceWith(out, m.capture(int(p.capture-'1')))
			}
		}
		return true
	}
}
