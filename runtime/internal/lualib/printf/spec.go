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

// pad appends text with spaces up to the width.
func (s *Spec) pad(dst []byte, text []byte) []byte {
	if !s.Minus {
		dst = spaces(dst, s.Width-len(text))
		return append(dst, text...)
	}
	return spaces(append(dst, text...), s.Width-len(text))
}

func spaces(dst []byte, n int) []byte {
	for ; n > 0; n-- {
		dst = append(dst, ' ')
	}
	return dst
}

// padNumber appends a number with its sign or prefix, zeros between them if the
// width asks for it.
func (s *Spec) padNumber(dst []byte, prefix string, digits []byte, zeros bool) []byte {
	fill := s.Width - len(prefix) - len(digits)
	if !s.Minus && !zeros {
		dst = spaces(dst, fill)
	}
	dst = append(dst, prefix...)
	if !s.Minus && zeros {
		for ; fill > 0; fill-- {
			dst = append(dst, '0')
		}
	}
	dst = append(dst, digits...)
	if s.Minus {
		dst = spaces(dst, fill)
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
	if !s.Minus {
		dst = spaces(dst, s.Width-len(text))
		return append(dst, text...)
	}
	return spaces(append(dst, text...), s.Width-len(text))
}

// AppendByte formats one byte (%c).
func (s *Spec) AppendByte(dst []byte, c byte) []byte {
	return s.pad(dst, []byte{c})
}
