package repl

import (
	"slices"
	"strings"
)

// A tokenKind is what a piece of Lua is, as far as colours and completion care.
type tokenKind uint8

const (
	blankToken   tokenKind = iota
	nameToken              // servers
	keywordToken           // function
	numberToken            // 0x1F
	textToken              // "web1", [[web1]]
	commentToken           // -- why
	symbolToken            // one of the operators and brackets
)

// A token is a piece of Lua. The tokens of a source, one after the other, are
// the source.
type token struct {
	kind tokenKind
	text string
	at   int  // byte offset in the source
	open bool // a text or long comment whose end is missing
}

func (t token) is(symbol string) bool { return t.kind == symbolToken && t.text == symbol }

func (t token) end() int { return t.at + len(t.text) }

// lex splits Lua, right or wrong, finished or not.
func lex(source string) []token {
	var out []token
	for at := 0; at < len(source); {
		t := next(source[at:])
		if at == 0 && strings.HasPrefix(source, "#!") { // a script that is a program
			line, _, _ := strings.Cut(source, "\n")
			t = token{kind: commentToken, text: line}
		}
		t.at = at
		out = append(out, t)
		at += len(t.text)
	}
	return out
}

// code are the tokens without blanks and comments.
func code(source string) []token {
	return slices.DeleteFunc(lex(source), func(t token) bool { return t.kind == blankToken || t.kind == commentToken })
}

// next is the token that a source begins with.
func next(s string) token {
	c := s[0]
	switch {
	case c == ' ' || c == '\t' || c == '\n' || c == '\r':
		return token{kind: blankToken, text: s[:span(s, " \t\r\n")]}
	case nameByte(c) && !digit(c):
		return word(s)
	case digit(c) || c == '.' && len(s) > 1 && digit(s[1]):
		return token{kind: numberToken, text: number(s)}
	case c == '"' || c == '\'':
		return shortText(s)
	case strings.HasPrefix(s, "--"):
		if long, ok := longBracket(s[2:]); ok {
			return token{kind: commentToken, text: s[:2+len(long.text)], open: long.open}
		}
		line, _, _ := strings.Cut(s, "\n")
		return token{kind: commentToken, text: line}
	case c == '[':
		if long, ok := longBracket(s); ok {
			return long
		}
	}
	for _, symbol := range []string{"...", "..", "==", "~=", "<=", ">=", "::"} {
		if strings.HasPrefix(s, symbol) {
			return token{kind: symbolToken, text: symbol}
		}
	}
	return token{kind: symbolToken, text: firstRune(s)}
}

func word(s string) token {
	n := 0
	for n < len(s) && nameByte(s[n]) {
		n++
	}
	if slices.Contains(keywords, s[:n]) {
		return token{kind: keywordToken, text: s[:n]}
	}
	return token{kind: nameToken, text: s[:n]}
}

func number(s string) string {
	n := 1
	for n < len(s) && (nameByte(s[n]) || s[n] == '.' || (s[n] == '+' || s[n] == '-') && strings.ContainsRune("eE", rune(s[n-1])) && !strings.HasPrefix(s, "0x")) {
		if strings.HasPrefix(s[n:], "..") {
			break // 1..x joins
		}
		n++
	}
	return s[:n]
}

// shortText ends at its quote, or open at the end of the line.
func shortText(s string) token {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case s[0]:
			return token{kind: textToken, text: s[:i+1]}
		case '\n':
			return token{kind: textToken, text: s[:i], open: true}
		}
	}
	return token{kind: textToken, text: s, open: true}
}

// longBracket is a text such as [[…]] or [==[…]==].
func longBracket(s string) (token, bool) {
	if s == "" || s[0] != '[' {
		return token{}, false
	}
	level := span(s[1:], "=")
	if level+1 >= len(s) || s[level+1] != '[' {
		return token{}, false
	}
	end := "]" + s[1:level+1] + "]"
	if i := strings.Index(s[level+2:], end); i >= 0 {
		return token{kind: textToken, text: s[:level+2+i+len(end)]}, true
	}
	return token{kind: textToken, text: s, open: true}, true
}

func span(s, set string) int { return len(s) - len(strings.TrimLeft(s, set)) }

func firstRune(s string) string {
	for i := range s {
		if i > 0 {
			return s[:i]
		}
	}
	return s
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

func nameByte(c byte) bool {
	return c == '_' || digit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

var keywords = []string{"and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in",
	"local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while"}
