package lualex

import "strings"

// A Lexer reads tokens from a source text, one ahead of the parser. A copy of it
// reads on by itself.
type Lexer struct {
	Tok      Token // the current one
	LastLine int   // of the token before it

	// Poll, if set, is called now and then; an error ends reading.
	Poll func() error

	// Comment, if set, is called with each comment that ends with its line, from
	// its dashes on.
	Comment func(line, column int, text string)

	src       string
	pos       int // the next byte
	line      int // of the next byte
	lineStart int // where that line starts
	ahead     Token
	hasAhead  bool
	count     int
}

// pollEvery is how many tokens are read between two polls.
const pollEvery = 512

// New is a lexer before the first token.
func New(src string) *Lexer {
	l := &Lexer{src: src, line: 1, LastLine: 1}
	if strings.HasPrefix(src, "#") { // #!/usr/bin/env cloudscript
		for l.pos < len(src) && src[l.pos] != '\n' {
			l.pos++
		}
	}
	return l
}

// Next makes the following token the current one.
func (l *Lexer) Next() {
	l.LastLine = l.Tok.Line
	if l.Tok.Kind == String { // a long string ends on a later line than it starts
		l.LastLine += strings.Count(l.src[l.Tok.Start:l.Tok.End], "\n")
	}
	l.LastLine = max(l.LastLine, 1)
	if l.hasAhead {
		l.Tok, l.hasAhead = l.ahead, false
		return
	}
	l.Tok = l.scan()
}

// Peek is the token after the current one.
func (l *Lexer) Peek() Token {
	if !l.hasAhead {
		l.ahead, l.hasAhead = l.scan(), true
	}
	return l.ahead
}

func (l *Lexer) scan() Token {
	if l.count++; l.Poll != nil && l.count%pollEvery == 0 {
		if err := l.Poll(); err != nil {
			panic(&Error{Line: l.line, Message: err.Error(), Cause: err})
		}
	}
	l.skipSpace()
	t := Token{Line: l.line, Column: l.pos - l.lineStart + 1, Start: l.pos}
	l.scanInto(&t)
	t.End = l.pos
	return t
}

func (l *Lexer) scanInto(t *Token) {
	if l.pos >= len(l.src) {
		t.Kind = EOF
		return
	}
	c := l.src[l.pos]
	switch {
	case isLetter(c):
		start := l.pos
		for l.pos < len(l.src) && (isLetter(l.src[l.pos]) || isDigit(l.src[l.pos])) {
			l.pos++
		}
		t.Str = l.src[start:l.pos]
		t.Kind = Name
		if k, ok := keywords[t.Str]; ok {
			t.Kind = k
		}
	case isDigit(c), c == '.' && isDigit(l.at(1)):
		l.number(t)
	case c == '"' || c == '\'':
		l.quoted(t, c)
	case c == '[' && l.longBracket() >= 0:
		t.Kind, t.Str = String, l.long(t, "string")
	default:
		l.symbol(t, c)
	}
}

// at is the byte n after the next one; 0 behind the end.
func (l *Lexer) at(n int) byte {
	if l.pos+n < len(l.src) {
		return l.src[l.pos+n]
	}
	return 0
}

var pairs = map[string]Kind{"==": Eq, "~=": Ne, "<=": Le, ">=": Ge, "::": DoubleColon, "..": Concat}

const symbols = "+-*/%^#<>=(){}[];:,."

func (l *Lexer) symbol(t *Token, c byte) {
	if c == '.' && l.at(1) == '.' && l.at(2) == '.' {
		t.Kind = Dots
		l.pos += 3
		return
	}
	if l.pos+2 <= len(l.src) {
		if k, ok := pairs[l.src[l.pos:l.pos+2]]; ok {
			t.Kind = k
			l.pos += 2
			return
		}
	}
	l.pos++
	t.Kind = Kind(c)
	if strings.IndexByte(symbols, c) >= 0 {
		return
	}
	t.End = l.pos
	switch {
	case c == '!' && l.at(0) == '=':
		l.Fail(*t, "unexpected symbol; Lua writes 'not equal' as ~=")
	case c == '!':
		l.Fail(*t, "unexpected symbol; Lua writes negation as 'not'")
	case c == '&' || c == '|':
		l.Fail(*t, "unexpected symbol; Lua writes 'and' and 'or' as words")
	case c >= 0x80:
		for l.pos < len(l.src) && l.src[l.pos] >= 0x80 {
			l.pos++
		}
		t.End = l.pos
		l.Fail(*t, "unexpected character; outside strings and comments Lua uses ASCII only")
	}
	l.Fail(*t, "unexpected symbol")
}

// newline steps over a line end of one or two bytes.
func (l *Lexer) newline() {
	c := l.src[l.pos]
	l.pos++
	if d := l.at(0); (d == '\n' || d == '\r') && d != c {
		l.pos++
	}
	l.line++
	l.lineStart = l.pos
}

func (l *Lexer) skipSpace() {
	for l.pos < len(l.src) {
		switch c := l.src[l.pos]; {
		case c == '\n' || c == '\r':
			l.newline()
		case c == ' ' || c == '\t' || c == '\v' || c == '\f':
			l.pos++
		case c == '-' && l.at(1) == '-':
			l.comment()
		default:
			return
		}
	}
}

func (l *Lexer) comment() {
	t := Token{Line: l.line, Column: l.pos - l.lineStart + 1, Start: l.pos}
	l.pos += 2
	if l.longBracket() >= 0 {
		l.long(&t, "comment")
		return
	}
	for l.pos < len(l.src) && l.src[l.pos] != '\n' && l.src[l.pos] != '\r' {
		l.pos++
	}
	if l.Comment != nil {
		l.Comment(t.Line, t.Column, l.src[t.Start:l.pos])
	}
}

func isLetter(c byte) bool {
	return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
