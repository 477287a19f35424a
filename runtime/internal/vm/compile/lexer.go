package compile

import "strings"

// A lexer reads tokens from a source text, one ahead of the parser.
type lexer struct {
	src       string
	pos       int // the next byte
	line      int // of the next byte
	lineStart int // where that line starts
	lastLine  int // of the last token that was consumed
	tok       token
	ahead     token // valid if hasAhead
	hasAhead  bool
	count     int
	poll      func() error
}

// pollEvery is how many tokens are read between two polls.
const pollEvery = 512

func newLexer(src string, poll func() error) *lexer {
	l := &lexer{src: src, line: 1, lastLine: 1, poll: poll}
	if strings.HasPrefix(src, "#") { // #!/usr/bin/env cloudscript
		for l.pos < len(src) && src[l.pos] != '\n' {
			l.pos++
		}
	}
	return l
}

// next makes the following token the current one.
func (l *lexer) next() {
	l.lastLine = l.tok.line
	if l.tok.kind == tString { // a long string ends on a later line than it starts
		l.lastLine += strings.Count(l.src[l.tok.start:l.tok.end], "\n")
	}
	l.lastLine = max(l.lastLine, 1)
	if l.hasAhead {
		l.tok, l.hasAhead = l.ahead, false
		return
	}
	l.tok = l.scan()
}

// peek is the token after the current one.
func (l *lexer) peek() token {
	if !l.hasAhead {
		l.ahead, l.hasAhead = l.scan(), true
	}
	return l.ahead
}

func (l *lexer) scan() token {
	if l.count++; l.poll != nil && l.count%pollEvery == 0 {
		if err := l.poll(); err != nil {
			panic(&Error{Line: l.line, Message: err.Error(), Cause: err})
		}
	}
	l.skipSpace()
	t := token{line: l.line, column: l.pos - l.lineStart + 1, start: l.pos}
	l.scanInto(&t)
	t.end = l.pos
	return t
}

func (l *lexer) scanInto(t *token) {
	if l.pos >= len(l.src) {
		t.kind = tEOF
		return
	}
	c := l.src[l.pos]
	switch {
	case isLetter(c):
		start := l.pos
		for l.pos < len(l.src) && (isLetter(l.src[l.pos]) || isDigit(l.src[l.pos])) {
			l.pos++
		}
		t.str = l.src[start:l.pos]
		t.kind = tName
		if k, ok := keywords[t.str]; ok {
			t.kind = k
		}
	case isDigit(c), c == '.' && isDigit(l.at(1)):
		l.number(t)
	case c == '"' || c == '\'':
		l.quoted(t, c)
	case c == '[' && l.longBracket() >= 0:
		t.kind, t.str = tString, l.long(t, "string")
	default:
		l.symbol(t, c)
	}
}

// at is the byte n after the next one; 0 behind the end.
func (l *lexer) at(n int) byte {
	if l.pos+n < len(l.src) {
		return l.src[l.pos+n]
	}
	return 0
}

var pairs = map[string]kind{"==": tEq, "~=": tNe, "<=": tLe, ">=": tGe, "::": tDouble, "..": tConcat}

const symbols = "+-*/%^#<>=(){}[];:,."

func (l *lexer) symbol(t *token, c byte) {
	if c == '.' && l.at(1) == '.' && l.at(2) == '.' {
		t.kind = tDots
		l.pos += 3
		return
	}
	if l.pos+2 <= len(l.src) {
		if k, ok := pairs[l.src[l.pos:l.pos+2]]; ok {
			t.kind = k
			l.pos += 2
			return
		}
	}
	l.pos++
	t.kind = kind(c)
	if strings.IndexByte(symbols, c) >= 0 {
		return
	}
	t.end = l.pos
	switch {
	case c == '!' && l.at(0) == '=':
		l.fail(*t, "unexpected symbol; Lua writes 'not equal' as ~=")
	case c == '!':
		l.fail(*t, "unexpected symbol; Lua writes negation as 'not'")
	case c == '&' || c == '|':
		l.fail(*t, "unexpected symbol; Lua writes 'and' and 'or' as words")
	case c >= 0x80:
		for l.pos < len(l.src) && l.src[l.pos] >= 0x80 {
			l.pos++
		}
		t.end = l.pos
		l.fail(*t, "unexpected character; outside strings and comments Lua uses ASCII only")
	}
	l.fail(*t, "unexpected symbol")
}

// newline steps over a line end of one or two bytes.
func (l *lexer) newline() {
	c := l.src[l.pos]
	l.pos++
	if d := l.at(0); (d == '\n' || d == '\r') && d != c {
		l.pos++
	}
	l.line++
	l.lineStart = l.pos
}

func (l *lexer) skipSpace() {
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

func (l *lexer) comment() {
	t := token{line: l.line, column: l.pos - l.lineStart + 1, start: l.pos}
	l.pos += 2
	if l.longBracket() >= 0 {
		l.long(&t, "comment")
		return
	}
	for l.pos < len(l.src) && l.src[l.pos] != '\n' && l.src[l.pos] != '\r' {
		l.pos++
	}
}

func isLetter(c byte) bool {
	return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
