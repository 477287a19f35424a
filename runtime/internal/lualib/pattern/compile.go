package pattern

import "strings"

// The kinds of items.
const (
	opEnd           = iota // the pattern ends here
	opByte                 // one byte, b
	opSet                  // one byte of set
	opOpen                 // ( starts a capture
	opOpenPosition         // () captures the position
	opClose                // ) ends the innermost open capture
	opBackReference        // %1: what capture b holds
	opBalance              // %bxy: x … y, balanced
	opFrontier             // %f[set]
	opEndOfSubject         // $ at the end of the pattern
	opFail                 // matching fails with the pattern's err here
)

// An item is one step of a pattern.
type item struct {
	op       uint8
	quantity byte // 0, '?', '*', '+' or '-', for opByte and opSet
	b, b2    byte
	set      *set
}

// A Pattern is a compiled pattern. It is immutable.
type Pattern struct {
	items    []item
	err      Error // what opFail raises; nothing follows it
	plain    string
	anchored bool

	// What every match starts with, for skipping ahead: a text, or else one byte
	// of a set.
	prefix string
	first  *set
}

// MaxLength is the longest pattern that Compile accepts, in bytes.
const MaxLength = 64 << 10

// Anchoring says what ^ at the start of a pattern means.
type Anchoring bool

const (
	Anchor  Anchoring = true  // the match must start where the search does
	Literal Anchoring = false // the character itself, as in gmatch
)

// Compile prepares a pattern for matching. A malformed pattern is no error yet:
// see the package comment.
func Compile(text string, anchoring Anchoring) (*Pattern, error) {
	if len(text) > MaxLength {
		return nil, Error("pattern too long")
	}
	p := &Pattern{items: make([]item, 0, len(text)/2+2)}
	if !strings.ContainsAny(text, specials) {
		p.plain = text
	}
	if anchoring == Anchor && strings.HasPrefix(text, "^") {
		p.anchored = true
		text = text[1:]
	}
	for text != "" {
		it, n, err := next(text)
		p.items = append(p.items, it)
		if err != "" {
			p.err = err
			break
		}
		text = text[n:]
	}
	p.items = append(p.items, item{op: opEnd})
	p.findStart()
	return p, nil
}

// specials are the characters that make string.find look for a pattern.
const specials = "^$*+?.([%-"

// Plain returns the text of a pattern without special characters.
func (p *Pattern) Plain() (text string, ok bool) { return p.plain, p.plain != "" }

// findStart finds out what every match starts with.
func (p *Pattern) findStart() {
	items := p.items
	for n := 0; n < MaxCaptures && (items[0].op == opOpen || items[0].op == opOpenPosition); n++ {
		items = items[1:]
	}
	if len(items) == len(p.items) {
		var prefix []byte
		for _, it := range items {
			if it.op != opByte || it.quantity != 0 {
				break
			}
			prefix = append(prefix, it.b)
		}
		p.prefix = string(prefix)
	}
	if it := items[0]; it.quantity == 0 || it.quantity == '+' {
		switch it.op {
		case opByte:
			p.first = new(set)
			p.first[it.b] = true
		case opSet:
			p.first = it.set
		}
	}
}

// next reads the item at the start of p and tells its length.
func next(p string) (item, int, Error) {
	switch {
	case p[0] == '(':
		if len(p) > 1 && p[1] == ')' {
			return item{op: opOpenPosition}, 2, ""
		}
		return item{op: opOpen}, 1, ""
	case p[0] == ')':
		return item{op: opClose}, 1, ""
	case p == "$":
		return item{op: opEndOfSubject}, 1, ""
	case p[0] == '%' && len(p) > 1:
		switch {
		case p[1] == 'b':
			if len(p) < 4 {
				return fail("unbalanced pattern")
			}
			return item{op: opBalance, b: p[2], b2: p[3]}, 4, ""
		case p[1] == 'f':
			return frontier(p)
		case isDigit(p[1]):
			return item{op: opBackReference, b: p[1]}, 2, ""
		}
	}
	return quantified(p)
}

func frontier(p string) (item, int, Error) {
	if len(p) < 3 || p[2] != '[' {
		return fail("missing '[' after '%f' in pattern")
	}
	it, n, err := single(p[2:])
	if err == "" {
		it.op = opFrontier
	}
	return it, 2 + n, err
}

// quantified reads a single character class and the quantifier after it.
func quantified(p string) (item, int, Error) {
	it, n, err := single(p)
	if err == "" && n < len(p) {
		switch q := p[n]; q {
		case '*', '+', '-', '?':
			it.quantity = q
			n++
		}
	}
	return it, n, err
}

// single reads a single character class.
func single(p string) (item, int, Error) {
	switch p[0] {
	case '.':
		return item{op: opSet, set: everything}, 1, ""
	case '%':
		if len(p) == 1 {
			return fail("malformed pattern (ends with '%')")
		}
		if s := classes[p[1]]; s != nil {
			return item{op: opSet, set: s}, 2, ""
		}
		return item{op: opByte, b: p[1]}, 2, ""
	case '[':
		end := bracketEnd(p)
		if end < 0 {
			return fail("malformed pattern (missing ']')")
		}
		return item{op: opSet, set: bracketSet(p[1:end])}, end + 1, ""
	}
	return item{op: opByte, b: p[0]}, 1, ""
}

// bracketEnd is the index of the ] that ends the class at the start of p, -1 if
// there is none. A ] in first place is a member.
func bracketEnd(p string) int {
	i := 1
	if i < len(p) && p[i] == '^' {
		i++
	}
	for first := true; ; first = false {
		switch {
		case i >= len(p):
			return -1
		case p[i] == ']' && !first:
			return i
		case p[i] == '%' && i+1 < len(p):
			i++
		}
		i++
	}
}

func fail(message Error) (item, int, Error) { return item{op: opFail}, 0, message }

// Anchored reports whether a match must start where the search does.
func (p *Pattern) Anchored() bool { return p.anchored }
