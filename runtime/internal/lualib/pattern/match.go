package pattern

// What match returns besides the end of a match.
const (
	noMatch = -1
	failed  = -2 // m.err says why
)

// fail ends matching with an error.
func (m *Matcher) fail(err Error) int {
	m.err = err
	return failed
}

// match matches the items from p on at s.
func (m *Matcher) match(s, p int) int {
	if m.depth >= maxDepth {
		return m.fail("pattern too complex")
	}
	m.depth++
	end := m.run(s, p)
	m.depth--
	return end
}

func (m *Matcher) run(s, p int) int {
	for ; ; p++ {
		m.burn(1)
		it := &m.items[p]
		switch it.op {
		case opByte, opSet:
			switch it.quantity {
			case 0:
				if s >= len(m.subject) || !it.has(m.subject[s]) {
					return noMatch
				}
				s++
			case '?':
				if s < len(m.subject) && it.has(m.subject[s]) {
					if end := m.match(s+1, p+1); end != noMatch {
						return end
					}
				}
			case '-':
				return m.expandMin(s, p)
			case '+':
				return m.expandMax(s, p, 1)
			default:
				return m.expandMax(s, p, 0)
			}
		case opEnd:
			return s
		case opOpen:
			return m.open(s, p, unfinished)
		case opOpenPosition:
			return m.open(s, p, position)
		case opClose:
			return m.close(s, p)
		case opBackReference:
			if s = m.backReference(s, it.b); s < 0 {
				return s
			}
		case opBalance:
			if s = m.balance(s, it); s < 0 {
				return noMatch
			}
		case opFrontier:
			if !m.frontier(s, it.set) {
				return noMatch
			}
		case opEndOfSubject:
			if s != len(m.subject) {
				return noMatch
			}
		case opFail:
			return failed
		}
	}
}

func (it *item) has(c byte) bool {
	if it.op == opByte {
		return c == it.b
	}
	return it.set[c]
}

// expandMax takes as many bytes as possible, then gives back one after another,
// down to least.
func (m *Matcher) expandMax(s, p, least int) int {
	longest := s + m.span(&m.items[p], s)
	after := &m.items[p+1]
	if after.op == opEnd {
		if longest-s < least {
			return noMatch
		}
		return longest
	}
	literal := after.op == opByte && after.quantity == 0
	for e := longest; e >= s+least; e-- {
		m.burn(1)
		if literal && (e >= len(m.subject) || m.subject[e] != after.b) {
			continue
		}
		if end := m.match(e, p+1); end != noMatch {
			return end
		}
	}
	return noMatch
}

// span is how many bytes from s on an item accepts.
func (m *Matcher) span(it *item, s int) int {
	rest := m.subject[s:]
	n := 0
	if it.set == everything {
		n = len(rest)
		m.burn(n / 16)
		return n
	}
	for {
		window := rest[n:min(len(rest), n+stride)]
		i := 0
		if it.op == opByte {
			for i < len(window) && window[i] == it.b {
				i++
			}
		} else {
			for i < len(window) && it.set[window[i]] {
				i++
			}
		}
		m.burn(i)
		if n += i; i < stride {
			return n
		}
	}
}

// expandMin takes as few bytes as possible.
func (m *Matcher) expandMin(s, p int) int {
	it, after := &m.items[p], &m.items[p+1]
	literal := after.op == opByte && after.quantity == 0
	for ; ; s++ {
		m.burn(1)
		if !literal || s < len(m.subject) && m.subject[s] == after.b {
			if end := m.match(s, p+1); end != noMatch {
				return end
			}
		}
		if s >= len(m.subject) || !it.has(m.subject[s]) {
			return noMatch
		}
	}
}
