package syntax

import "strings"

var escapes = map[byte]byte{'a': '\a', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v'}

// quoted reads a string in single or double quotes.
func (l *lexer) quoted(at Pos) string {
	quote := l.src[l.pos]
	l.pos++
	var b strings.Builder
	for {
		switch c := l.at(0); {
		case l.pos >= len(l.src) || c == '\n' || c == '\r':
			panic(&Error{at, "unfinished string"})
		case c == quote:
			l.pos++
			return b.String()
		case c == '\\':
			l.escape(&b)
		default:
			b.WriteByte(c)
			l.pos++
		}
	}
}

func (l *lexer) escape(b *strings.Builder) {
	l.pos++
	switch c := l.at(0); {
	case l.pos >= len(l.src):
	case c == '\n' || c == '\r':
		b.WriteByte('\n')
		l.newline()
	case isDigit(c):
		n := 0
		for i := 0; i < 3 && isDigit(l.at(0)); i++ {
			n = n*10 + int(l.at(0)-'0')
			l.pos++
		}
		b.WriteByte(byte(n))
	default:
		if e, ok := escapes[c]; ok {
			c = e
		}
		b.WriteByte(c)
		l.pos++
	}
}

// longBracket is the level of the long bracket that starts at the next byte, or
// -1 when none does.
func (l *lexer) longBracket() int {
	if l.at(0) != '[' {
		return -1
	}
	n := 1
	for l.at(n) == '=' {
		n++
	}
	if l.at(n) != '[' {
		return -1
	}
	return n - 1
}

// long reads a long string or comment from its opening bracket. Line ends in it
// become "\n".
func (l *lexer) long(at Pos) string {
	level := l.longBracket()
	closing := "]" + strings.Repeat("=", level) + "]"
	l.pos += level + 2
	if c := l.at(0); c == '\n' || c == '\r' {
		l.newline()
	}
	var b strings.Builder
	for l.pos < len(l.src) {
		switch c := l.src[l.pos]; {
		case c == ']' && strings.HasPrefix(l.src[l.pos:], closing):
			l.pos += len(closing)
			return b.String()
		case c == '\n' || c == '\r':
			b.WriteByte('\n')
			l.newline()
		default:
			b.WriteByte(c)
			l.pos++
		}
	}
	panic(&Error{at, "unfinished long bracket"})
}
