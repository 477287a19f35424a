package syntax

import (
	"strconv"
	"strings"
)

type kind int

const (
	eof kind = iota
	name
	keyword
	number
	text
	symbol
)

type token struct {
	Pos
	kind kind
	str  string // a name, keyword, symbol, or the value of a string
	num  float64
}

var keywords = map[string]bool{"and": true, "break": true, "do": true, "else": true, "elseif": true, "end": true, "false": true,
	"for": true, "function": true, "if": true, "in": true, "local": true, "nil": true, "not": true, "or": true, "repeat": true,
	"return": true, "then": true, "true": true, "until": true, "while": true}

// symbols of more than one character, the longest first.
var symbols = []string{"...", "==", "~=", "<=", ">=", "::", ".."}

// A lexer reads tokens from a source text.
type lexer struct {
	src       string
	pos       int // the next byte
	line      int
	lineStart int

	keep     bool // comments
	comments []Comment
}

func newLexer(src string) *lexer {
	l := &lexer{src: src, line: 1}
	if strings.HasPrefix(src, "#") { // #!/usr/bin/env cloudscript
		l.skipLine()
	}
	return l
}

// at is the byte n after the next one; 0 behind the end.
func (l *lexer) at(n int) byte {
	if l.pos+n < len(l.src) {
		return l.src[l.pos+n]
	}
	return 0
}

func (l *lexer) next() token {
	l.skipSpace()
	t := token{Pos: Pos{l.line, l.pos - l.lineStart + 1}}
	c, start := l.at(0), l.pos
	switch {
	case l.pos >= len(l.src):
	case isLetter(c):
		for isLetter(l.at(0)) || isDigit(l.at(0)) {
			l.pos++
		}
		t.kind, t.str = name, l.src[start:l.pos]
		if keywords[t.str] {
			t.kind = keyword
		}
	case isDigit(c), c == '.' && isDigit(l.at(1)):
		t.kind, t.num = number, l.numeral(t.Pos)
	case c == '"' || c == '\'':
		t.kind, t.str = text, l.quoted(t.Pos)
	case c == '[' && l.longBracket() >= 0:
		t.kind, t.str = text, l.long(t.Pos)
	default:
		t.kind, t.str = symbol, l.src[start:start+1]
		for _, s := range symbols {
			if strings.HasPrefix(l.src[start:], s) {
				t.str = s
				break
			}
		}
		l.pos += len(t.str)
	}
	return t
}

func (l *lexer) skipSpace() {
	for l.pos < len(l.src) {
		switch c := l.src[l.pos]; {
		case c == '\n' || c == '\r':
			l.newline()
		case c == ' ' || c == '\t' || c == '\v' || c == '\f':
			l.pos++
		case c == '-' && l.at(1) == '-':
			start := Pos{l.line, l.pos - l.lineStart + 1}
			l.pos += 2
			if l.longBracket() >= 0 {
				l.long(start)
			} else {
				l.skipLine()
				l.comment(start)
			}
		default:
			return
		}
	}
}

func (l *lexer) skipLine() {
	for l.pos < len(l.src) && l.src[l.pos] != '\n' && l.src[l.pos] != '\r' {
		l.pos++
	}
}

// newline steps over a line end of one or two bytes.
func (l *lexer) newline() {
	c := l.src[l.pos]
	l.pos++
	if d := l.at(0); (d == '\n' || d == '\r') && d != c {
		l.pos++
	}
	l.line, l.lineStart = l.line+1, l.pos
}

func (l *lexer) numeral(at Pos) float64 {
	start := l.pos
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
	digits := l.src[start:l.pos]
	if len(digits) > 2 && (digits[1] == 'x' || digits[1] == 'X') {
		digits += "p0"
	}
	n, err := strconv.ParseFloat(digits, 64)
	if err != nil && err.(*strconv.NumError).Err != strconv.ErrRange {
		panic(&Error{at, "malformed number"})
	}
	return n
}

func isLetter(c byte) bool {
	return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
