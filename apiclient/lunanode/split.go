package lunanode

import (
	"bytes"
	"encoding/json"
)

// A splitter walks over one JSON value that is known to be valid, and takes it apart one
// level deep: the parts are slices of it. What turns out not to be valid ends the walk.
type splitter struct {
	text []byte
	at   int
	bad  bool
}

// splitObject are the members of a valid object, the last one of each name; nil for
// anything else.
func splitObject(raw []byte) map[string]json.RawMessage {
	s := splitter{text: raw}
	if !s.open('{') {
		return nil
	}
	members := map[string]json.RawMessage{}
	for !s.closed('}') {
		name := Value{s.value()}.Text()
		s.blank()
		s.at++ // the colon
		members[name] = s.value()
		if s.bad {
			return nil
		}
	}
	return members
}

// splitArray are the elements of a valid array; nil for anything else.
func splitArray(raw []byte) []Value {
	s := splitter{text: raw}
	if !s.open('[') {
		return nil
	}
	elements := []Value{}
	for !s.closed(']') {
		elements = append(elements, Value{s.value()})
		if s.bad {
			return nil
		}
	}
	return elements
}

func (s *splitter) open(bracket byte) bool {
	s.blank()
	if s.at >= len(s.text) || s.text[s.at] != bracket {
		return false
	}
	s.at++
	return true
}

// closed reports whether the bracket is next, and passes over a comma.
func (s *splitter) closed(bracket byte) bool {
	s.blank()
	if s.at < len(s.text) && s.text[s.at] == ',' {
		s.at++
	}
	return s.at < len(s.text) && s.text[s.at] == bracket
}

func (s *splitter) blank() {
	for s.at < len(s.text) {
		switch s.text[s.at] {
		case ' ', '\t', '\r', '\n':
			s.at++
		default:
			return
		}
	}
}

// value is the next value.
func (s *splitter) value() []byte {
	s.blank()
	start, depth := s.at, 0
	for s.at < len(s.text) {
		switch c := s.text[s.at]; c {
		case '"':
			s.passText()
		case '{', '[':
			depth++
			s.at++
		case '}', ']':
			depth--
			s.at++
		case ',', ':':
			s.at++
		default:
			s.passWord()
		}
		if depth == 0 {
			return s.text[start:s.at:s.at]
		}
		s.blank()
	}
	s.bad = true
	return nil
}

// passText passes over a string.
func (s *splitter) passText() {
	for s.at++; s.at < len(s.text); {
		i := bytes.IndexByte(s.text[s.at:], '"')
		if i < 0 {
			break
		}
		end := s.at + i
		escapes := 0
		for s.text[end-1-escapes] == '\\' {
			escapes++
		}
		s.at = end + 1
		if escapes%2 == 0 {
			return
		}
	}
	s.bad = true
	s.at = len(s.text)
}

// passWord passes over a number, true, false or null.
func (s *splitter) passWord() {
	for s.at++; s.at < len(s.text); s.at++ {
		switch s.text[s.at] {
		case ',', ':', '}', ']', ' ', '\t', '\r', '\n':
			return
		}
	}
}
