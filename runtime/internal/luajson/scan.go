package luajson

import (
	"errors"
	"fmt"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth bounds nesting, so that hostile text cannot exhaust the Go stack.
const maxDepth = 200

// A SyntaxError says where JSON text stops being JSON.
type SyntaxError struct {
	Offset  int // byte offset of the place
	Message string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("invalid JSON at byte %d: %s", e.Offset+1, e.Message)
}

// A scanner walks over JSON text.
type scanner struct {
	data  []byte
	pos   int
	depth int

	// reached is told how far it has come in a long text or white space; nil for
	// nobody.
	reached func(pos int)
}

// stretch is how many bytes are read, at most, until reached is told.
const stretch = 64 << 10

// end is where a stretch from i ends, of which reached is told at i.
func (s *scanner) end(i int) int {
	if s.reached != nil {
		s.reached(i)
	}
	return min(i+stretch, len(s.data))
}

func (s *scanner) fail(format string, args ...any) error {
	return &SyntaxError{Offset: s.pos, Message: fmt.Sprintf(format, args...)}
}

// next skips white space and returns the byte at the new position, 0 at the end.
func (s *scanner) next() byte {
	for s.pos < len(s.data) {
		switch c := s.data[s.pos]; c {
		case ' ', '\t', '\n', '\r':
			if s.pos++; s.pos%stretch == 0 {
				s.end(s.pos)
			}
		default:
			return c
		}
	}
	return 0
}

func (s *scanner) unexpected(want string) error {
	if s.pos >= len(s.data) {
		return s.fail("the text ends where %s should be", want)
	}
	r, _ := utf8.DecodeRune(s.data[s.pos:])
	return s.fail("found %q where %s should be", r, want)
}

// literal consumes the rest of true, false or null.
func (s *scanner) literal(word string) error {
	if len(s.data)-s.pos < len(word) || string(s.data[s.pos:s.pos+len(word)]) != word {
		return s.unexpected("a value")
	}
	s.pos += len(word)
	return nil
}

// text consumes a string; pos is at its opening quote.
func (s *scanner) text() (string, error) {
	start := s.pos + 1
	for i := start; i < len(s.data); {
		for end := s.end(i); i < end; i++ {
			switch c := s.data[i]; {
			case c == '"':
				s.pos = i + 1
				return string(s.data[start:i]), nil
			case c == '\\' || c < ' ':
				return s.escapedText(start, i)
			}
		}
	}
	s.pos = len(s.data)
	return "", s.fail("a string does not end")
}

// escapedText goes on after the plain part data[start:i].
func (s *scanner) escapedText(start, i int) (string, error) {
	out := append(make([]byte, 0, i-start+32), s.data[start:i]...)
	end := s.end(i)
	for i < len(s.data) {
		if i >= end {
			end = s.end(i)
		}
		c := s.data[i]
		switch {
		case c == '"':
			s.pos = i + 1
			return string(out), nil
		case c < ' ':
			s.pos = i
			return "", s.fail("a control character inside a string must be written as an escape")
		case c != '\\':
			out = append(out, c)
			i++
			continue
		}
		if i+1 >= len(s.data) {
			break
		}
		s.pos = i
		switch c := s.data[i+1]; c {
		case '"', '\\', '/':
			out = append(out, c)
		case 'b':
			out = append(out, '\b')
		case 'f':
			out = append(out, '\f')
		case 'n':
			out = append(out, '\n')
		case 'r':
			out = append(out, '\r')
		case 't':
			out = append(out, '\t')
		case 'u':
			r, ok := s.unit(i)
			if !ok {
				return "", s.fail(`\u needs four hexadecimal digits`)
			}
			if utf16.IsSurrogate(r) {
				low, ok := s.unit(i + 6)
				if pair := utf16.DecodeRune(r, low); ok && pair != utf8.RuneError {
					r, i = pair, i+6
				} else {
					r = utf8.RuneError
				}
			}
			out = utf8.AppendRune(out, r)
			i += 4
		default:
			return "", s.fail("there is no escape \\%c", c)
		}
		i += 2
	}
	s.pos = len(s.data)
	return "", s.fail("a string does not end")
}

// unit reads the code unit of the \uXXXX at i.
func (s *scanner) unit(i int) (rune, bool) {
	if i+6 > len(s.data) || s.data[i] != '\\' || s.data[i+1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(s.data[i+2:i+6]), 16, 32)
	return rune(n), err == nil
}

// number consumes a number and returns its text; pos is at its first character.
func (s *scanner) number() ([]byte, error) {
	start := s.pos
	digits := func() bool {
		from := s.pos
		for s.pos < len(s.data) && s.data[s.pos] >= '0' && s.data[s.pos] <= '9' {
			s.pos++
		}
		return s.pos > from
	}
	at := func(set string) bool {
		if s.pos < len(s.data) {
			for i := range len(set) {
				if s.data[s.pos] == set[i] {
					s.pos++
					return true
				}
			}
		}
		return false
	}
	at("-")
	if !at("0") && !digits() {
		return nil, s.unexpected("a digit")
	}
	if at(".") && !digits() {
		return nil, s.unexpected("a digit")
	}
	if at("eE") {
		at("+-")
		if !digits() {
			return nil, s.unexpected("a digit")
		}
	}
	return s.data[start:s.pos], nil
}

var errDeep = errors.New("more than " + strconv.Itoa(maxDepth) + " levels of nesting")

// enter counts one level of nesting and consumes the opening bracket.
func (s *scanner) enter() error {
	if s.depth++; s.depth > maxDepth {
		return s.fail("%v", errDeep)
	}
	s.pos++
	return nil
}

// more goes to the next member of a container and consumes the comma before it
// or the closing bracket behind the last one.
func (s *scanner) more(first bool, closing byte) (bool, error) {
	c := s.next()
	if c == closing {
		s.pos++
		s.depth--
		return false, nil
	}
	if first {
		return true, nil
	}
	if c != ',' {
		return false, s.unexpected(fmt.Sprintf("a comma or %q", closing))
	}
	s.pos++
	s.next()
	return true, nil
}

// key consumes a member's name and the colon behind it.
func (s *scanner) key() (string, error) {
	if s.next() != '"' {
		return "", s.unexpected("a name in quotes")
	}
	name, err := s.text()
	if err != nil {
		return "", err
	}
	return name, s.colon()
}

// skip consumes one value of any kind.
func (s *scanner) skip() error {
	switch c := s.next(); c {
	case '{', '[':
		return s.skipContainer(c)
	case '"':
		return s.skipText()
	case 't':
		return s.literal("true")
	case 'f':
		return s.literal("false")
	case 'n':
		return s.literal("null")
	default:
		if c == '-' || c >= '0' && c <= '9' {
			_, err := s.number()
			return err
		}
		return s.unexpected("a value")
	}
}

func (s *scanner) skipContainer(open byte) error {
	closing := open + 2 // '{' to '}', '[' to ']'
	if err := s.enter(); err != nil {
		return err
	}
	for first := true; ; first = false {
		ok, err := s.more(first, closing)
		if err != nil || !ok {
			return err
		}
		if open == '{' {
			if err := s.skipKey(); err != nil {
				return err
			}
		}
		if err := s.skip(); err != nil {
			return err
		}
	}
}

func (s *scanner) skipKey() error {
	if s.next() != '"' {
		return s.unexpected("a name in quotes")
	}
	if err := s.skipText(); err != nil {
		return err
	}
	return s.colon()
}

func (s *scanner) colon() error {
	if s.next() != ':' {
		return s.unexpected("a colon")
	}
	s.pos++
	return nil
}

func (s *scanner) skipText() error {
	for i := s.pos + 1; i < len(s.data); i++ {
		switch c := s.data[i]; {
		case c == '"':
			s.pos = i + 1
			return nil
		case c == '\\' || c < ' ':
			_, err := s.escapedText(s.pos+1, i) // rare, and checks what is inside
			return err
		}
	}
	s.pos = len(s.data)
	return s.fail("a string does not end")
}
