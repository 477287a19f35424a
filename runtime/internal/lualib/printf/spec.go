package printf

import "errors"

// A Spec is one conversion, such as %-5.2f.
type Spec struct {
	Minus, Plus, Space, Alt, Zero bool

	Width     int
	Precision int // -1 if there is none
	Verb      byte
}

// Errors of Parse, in C Lua's words.
var (
	ErrFlags = errors.New("invalid format (repeated flags)")
	ErrWidth = errors.New("invalid format (width or precision too long)")
)

const maxFlags = 5

// Parse reads a conversion, given what follows its %, and tells how long it is.
// Verb is 0 if the text ends too early; Parse does not check which verb it is.
func Parse(s string) (spec Spec, length int, err error) {
	spec.Precision = -1
	i := 0
flags:
	for ; i < len(s); i++ {
		switch s[i] {
		case '-':
			spec.Minus = true
		case '+':
			spec.Plus = true
		case ' ':
			spec.Space = true
		case '#':
			spec.Alt = true
		case '0':
			spec.Zero = true
		default:
			break flags
		}
	}
	if i > maxFlags {
		return spec, i, ErrFlags
	}
	var n int
	spec.Width, n = twoDigits(s[i:])
	i += n
	if i < len(s) && s[i] == '.' {
		spec.Precision, n = twoDigits(s[i+1:])
		i += 1 + n
	}
	if i < len(s) {
		if s[i]-'0' <= 9 {
			return spec, i, ErrWidth
		}
		spec.Verb = s[i]
		i++
	}
	return spec, i, nil
}

func twoDigits(s string) (value, length int) {
	for length < 2 && length < len(s) && s[length]-'0' <= 9 {
		value = value*10 + int(s[length]-'0')
		length++
	}
	return value, length
}

// justify pads the text from start on to the width. Zeros go to where the digits
// of a number begin, behind its sign or prefix.
func (s *Spec) justify(dst []byte, start, digits int, zeros bool) []byte {
	fill := s.Width - (len(dst) - start)
	switch {
	case s.Minus:
		return insert(dst, len(dst), fill, ' ')
	case zeros:
		return insert(dst, digits, fill, '0')
	}
	return insert(dst, start, fill, ' ')
}

// insert puts n times c before what dst holds from at on.
func insert(dst []byte, at, n int, c byte) []byte {
	if n <= 0 {
		return dst
	}
	end := len(dst)
	for range n {
		dst = append(dst, c)
	}
	if at < end {
		copy(dst[at+n:], dst[at:end])
		for i := range dst[at : at+n] {
			dst[at+i] = c
		}
	}
	return dst
}

// sign is what stands before a number.
func (s *Spec) sign(negative bool) string {
	switch {
	case negative:
		return "-"
	case s.Plus:
		return "+"
	case s.Space:
		return " "
	}
	return ""
}

// AppendString formats a text (%s): the precision cuts it.
func (s *Spec) AppendString(dst []byte, text string) []byte {
	if s.Precision >= 0 && len(text) > s.Precision {
		text = text[:s.Precision]
	}
	start := len(dst)
	return s.justify(append(dst, text...), start, start, false)
}

// AppendByte formats one byte (%c).
func (s *Spec) AppendByte(dst []byte, c byte) []byte {
	start := len(dst)
	return s.justify(append(dst, c), start, start, false)
}
