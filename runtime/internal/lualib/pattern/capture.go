package pattern

// open starts a capture and matches the rest.
func (m *Matcher) open(s, p, what int) int {
	if m.level >= MaxCaptures {
		return m.fail("too many captures")
	}
	m.captures[m.level] = capture{s, what}
	m.level++
	end := m.match(s, p+1)
	if end == noMatch {
		m.level--
	}
	return end
}

// close ends the innermost open capture and matches the rest.
func (m *Matcher) close(s, p int) int {
	l := m.level - 1
	for l >= 0 && m.captures[l].length != unfinished {
		l--
	}
	if l < 0 {
		return m.fail("invalid pattern capture")
	}
	m.captures[l].length = s - m.captures[l].start
	end := m.match(s, p+1)
	if end == noMatch {
		m.captures[l].length = unfinished
	}
	return end
}

// backReference matches what a capture holds. A position holds nothing that
// could be matched.
func (m *Matcher) backReference(s int, digit byte) int {
	l := int(digit) - '1'
	if l < 0 || l >= m.level || m.captures[l].length == unfinished {
		return m.fail("invalid capture index")
	}
	c := m.captures[l]
	if c.length == position {
		return noMatch
	}
	text := m.subject[c.start : c.start+c.length]
	m.burn(len(text) / 16)
	if len(m.subject)-s < len(text) || m.subject[s:s+len(text)] != text {
		return noMatch
	}
	return s + len(text)
}

func (m *Matcher) balance(s int, it *item) int {
	if s >= len(m.subject) || m.subject[s] != it.b {
		return noMatch
	}
	depth := 1
	for i := s + 1; i < len(m.subject); i++ {
		m.burn(1)
		switch m.subject[i] {
		case it.b2:
			if depth--; depth == 0 {
				return i + 1
			}
		case it.b:
			depth++
		}
	}
	return noMatch
}

// frontier reports whether s is where a run of the set begins. The ends of the
// subject count as zero bytes.
func (m *Matcher) frontier(s int, in *set) bool {
	var before, at byte
	if s > 0 {
		before = m.subject[s-1]
	}
	if s < len(m.subject) {
		at = m.subject[s]
	}
	return !in[before] && in[at]
}

// Captures is the number of captures of the last match.
func (m *Matcher) Captures() int { return m.level }

// Capture returns the bounds in the subject of capture i, counted from 0, of the
// last match. Those of a position capture are equal.
func (m *Matcher) Capture(i int) (start, end int, isPosition bool, err error) {
	if i < 0 || i >= m.level {
		return 0, 0, false, Error("invalid capture index")
	}
	c := m.captures[i]
	switch c.length {
	case unfinished:
		return 0, 0, false, Error("unfinished capture")
	case position:
		return c.start, c.start, true, nil
	}
	return c.start, c.start + c.length, false, nil
}
