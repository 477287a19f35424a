package pattern

// A set has true for each byte that is in it.
type set [256]bool

// isClass reports whether c is in the class that a letter after % names. Letters
// are the ASCII ones, as in C's own locale. A character that names no class
// stands for itself.
func isClass(c, letter byte) bool {
	var in bool
	switch letter | 0x20 {
	case 'a':
		in = isLetter(c)
	case 'c':
		in = c < 0x20 || c == 0x7f
	case 'd':
		in = isDigit(c)
	case 'l':
		in = c-'a' <= 'z'-'a'
	case 'p':
		in = c > 0x20 && c < 0x7f && !isLetter(c) && !isDigit(c)
	case 's':
		in = c == ' ' || c-'\t' <= '\r'-'\t'
	case 'u':
		in = c-'A' <= 'Z'-'A'
	case 'w':
		in = isLetter(c) || isDigit(c)
	case 'x':
		in = isDigit(c) || (c|0x20)-'a' <= 'f'-'a'
	case 'z':
		in = c == 0
	default:
		return c == letter
	}
	return in != (letter-'A' <= 'Z'-'A')
}

func isLetter(c byte) bool { return (c|0x20)-'a' <= 'z'-'a' }
func isDigit(c byte) bool  { return c-'0' <= 9 }

// classes are the sets of the letters that name one, made once.
var classes = func() (all [256]*set) {
	for _, letter := range []byte("acdlpsuwxzACDLPSUWXZ") {
		all[letter] = new(set)
		for c := range 256 {
			all[letter][c] = isClass(byte(c), letter)
		}
	}
	return
}()

// everything is the set of the class '.'.
var everything = func() *set {
	all := new(set)
	for c := range all {
		all[c] = true
	}
	return all
}()

// bracketSet is the set of a class in brackets, with body the text between them.
func bracketSet(body string) *set {
	in := new(set)
	complement := len(body) > 0 && body[0] == '^'
	if complement {
		body = body[1:]
	}
	for i := 0; i < len(body); i++ {
		switch {
		case body[i] == '%' && i+1 < len(body):
			i++
			for c := range in {
				in[c] = in[c] || isClass(byte(c), body[i])
			}
		case i+2 < len(body) && body[i+1] == '-':
			for c := int(body[i]); c <= int(body[i+2]); c++ {
				in[c] = true
			}
			i += 2
		default:
			in[body[i]] = true
		}
	}
	if complement {
		for c := range in {
			in[c] = !in[c]
		}
	}
	return in
}
