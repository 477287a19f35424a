package pattern

import "github.com/cloudscript/cloudscript/internal/textsearch"

// MaxCaptures is how many captures a pattern may have.
const MaxCaptures = 32

// maxDepth bounds the recursion of a match: quantifiers and captures in a row.
const maxDepth = 1000

// An Error is a malformed pattern, or one that is too complex, in C Lua's words.
type Error string

func (e Error) Error() string { return string(e) }

// The states of a capture, in place of its length.
const (
	unfinished = -1
	position   = -2
)

type capture struct{ start, length int }

// Grant is how many steps a Matcher takes before it calls Fuel. A step is a byte
// or an item of the pattern looked at.
const Grant = 4096

// stride is how many bytes are scanned between two looks at the fuel.
const stride = 1 << 16

// A Matcher matches patterns against one subject. Its zero value is ready after
// Reset.
type Matcher struct {
	// Fuel is called after each Grant steps. It may panic to stop matching. Nil
	// means that matching is never stopped.
	Fuel func()

	subject  string
	items    []item
	err      Error
	steps    int
	depth    int
	level    int
	captures [MaxCaptures]capture
}

// Reset prepares the matcher for another subject.
func (m *Matcher) Reset(subject string) {
	m.subject, m.steps, m.level = subject, 0, 0
}

// Steps is the number of steps since Fuel was last called.
func (m *Matcher) Steps() int { return m.steps }

func (m *Matcher) burn(n int) {
	if m.steps += n; m.steps >= Grant {
		m.refuel()
	}
}

func (m *Matcher) refuel() {
	for m.steps >= Grant {
		m.steps -= Grant
		if m.Fuel != nil {
			m.Fuel()
		}
	}
}

// Find looks for the first match that starts at init or later and returns its
// bounds, start -1 if there is none. The captures stay until the next match.
func (m *Matcher) Find(p *Pattern, init int) (start, end int, err error) {
	m.items, m.err = p.items, p.err
	for s := init; s <= len(m.subject); s++ {
		if !p.anchored {
			if s = m.skip(p, s); s < 0 {
				break
			}
		}
		m.level, m.depth = 0, 0
		switch e := m.match(s, 0); {
		case e >= 0:
			return s, e, nil
		case e == failed:
			return -1, -1, m.err
		}
		if p.anchored {
			break
		}
	}
	return -1, -1, nil
}

// At matches at s only and returns the end of the match, -1 if there is none.
func (m *Matcher) At(p *Pattern, s int) (end int, err error) {
	m.items, m.err = p.items, p.err
	m.level, m.depth = 0, 0
	if end = m.match(s, 0); end == failed {
		return -1, m.err
	}
	return end, nil
}

// FindPlain returns where text is first found at init or later, -1 for nowhere.
func (m *Matcher) FindPlain(text string, init int) int {
	if init > len(m.subject) {
		return -1
	}
	if i := textsearch.Index(m.subject[init:], text, func(bytes int) { m.burn(bytes / 16) }); i >= 0 {
		return init + i
	}
	return -1
}

// skip returns the next place from s on where a match can start, -1 if there is
// none.
func (m *Matcher) skip(p *Pattern, s int) int {
	switch {
	case p.prefix != "":
		return m.FindPlain(p.prefix, s)
	case p.first == nil:
		return s
	}
	for rest := m.subject[s:]; rest != ""; {
		window := rest[:min(len(rest), stride)]
		for i := 0; i < len(window); i++ {
			if p.first[window[i]] {
				m.burn(i)
				return len(m.subject) - len(rest) + i
			}
		}
		m.burn(len(window))
		rest = rest[len(window):]
	}
	return -1
}
