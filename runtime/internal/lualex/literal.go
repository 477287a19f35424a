package lualex

import (
	"strings"

	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
)

// number reads a numeral: everything that looks like one, so that `3x` is one
// malformed number and not two tokens.
func (l *Lexer) number(t *Token) {
	for isDigit(l.at(0)) || l.at(0) == '.' {
		l.pos++
	}
	if c := l.at(0); c == 'e' || c == 'E' {
		l.pos++
		if c := l.at(0); c == '+' || c == '-' {
			l.pos++
		}
	}
	for isLetter(l.at(0)) || isDigit(l.at(0)) {
		l.pos++
	}
	t.Kind, t.End = Number, l.pos
	n, ok := luanum.Parse(l.src[t.Start:l.pos])
	if !ok {
		l.Fail(*t, "malformed number")
	}
	t.Num = n
}

var escapes = map[byte]byte{'a': '\a', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v'}

// quoted reads a string in single or double quotes.
func (l *Lexer) quoted(t *Token, quote byte) {
	t.Kind = String
	l.pos++
	plain := l.pos
	for l.pos < len(l.src) && l.src[l.pos] != quote && l.src[l.pos] != '\\' && l.src[l.pos] != '\n' && l.src[l.pos] != '\r' {
		l.pos++
	}
	if l.at(0) == quote {
		t.Str = l.src[plain:l.pos]
		l.pos++
		return
	}
	var b strings.Builder
	b.WriteString(l.src[plain:l.pos])
	for {
		if l.pos >= len(l.src) || l.src[l.pos] == '\n' || l.src[l.pos] == '\r' {
			t.End = l.pos
			l.Fail(*t, "unfinished string: the closing %c is missing on this line", quote)
		}
		c := l.src[l.pos]
		switch {
		case c == quote:
			l.pos++
			t.Str = b.String()
			return
		case c == '\\':
			l.escape(t, &b)
		default:
			b.WriteByte(c)
			l.pos++
		}
	}
}

func (l *Lexer) escape(t *Token, b *strings.Builder) {
	l.pos++
	if l.pos >= len(l.src) {
		e := *t
		e.Kind, e.Start, e.End = EOF, l.pos, l.pos
		l.Fail(e, "unfinished string")
	}
	c := l.src[l.pos]
	switch {
	case c == '\n' || c == '\r':
		b.WriteByte('\n')
		l.newline()
	case isDigit(c):
		n := 0
		for i := 0; i < 3 && isDigit(l.at(0)); i++ {
			n = n*10 + int(l.at(0)-'0')
			l.pos++
		}
		if n > 255 {
			t.End = l.pos
			l.Fail(*t, "escape sequence \\%d is too large; a byte is at most \\255", n)
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
func (l *Lexer) longBracket() int {
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

// long reads a long string or comment from its opening bracket.
func (l *Lexer) long(t *Token, what string) string {
	level := l.longBracket()
	l.pos += level + 2
	if c := l.at(0); l.pos < len(l.src) && (c == '\n' || c == '\r') {
		l.newline()
	}
	closing := "]" + strings.Repeat("=", level) + "]"
	var b strings.Builder
	plain := l.pos
	for l.pos < len(l.src) {
		switch c := l.src[l.pos]; {
		case c == ']' && strings.HasPrefix(l.src[l.pos:], closing):
			b.WriteString(l.src[plain:l.pos])
			l.pos += len(closing)
			return b.String()
		case c == '\n' || c == '\r':
			b.WriteString(l.src[plain:l.pos])
			b.WriteByte('\n')
			l.newline()
			plain = l.pos
		default:
			l.pos++
		}
	}
	e := *t
	e.Kind, e.End = EOF, e.Start
	l.Fail(e, "unfinished long %s: '%s' is missing", what, closing)
	return ""
}
