package pattern

// reference is Lua 5.1's own matcher (lstrlib.c) written in Go as directly as
// possible: it interprets the pattern character by character. Matcher is
// compared with it.
type reference struct {
	src, pat string
	level    int
	capture  [MaxCaptures]capture
	steps    int
}

// tooLong ends a comparison that would take too many steps.
type tooLong struct{}

func (r *reference) fail(message string) { panic(Error(message)) }

// p returns the pattern's character at i, 0 at the end as in C.
func (r *reference) p(i int) byte {
	if i < len(r.pat) {
		return r.pat[i]
	}
	return 0
}

func (r *reference) classEnd(p int) int {
	c := r.p(p)
	p++
	switch c {
	case '%':
		if p >= len(r.pat) {
			r.fail("malformed pattern (ends with '%')")
		}
		return p + 1
	case '[':
		if r.p(p) == '^' {
			p++
		}
		for first := true; first || r.p(p) != ']'; first = false {
			if p >= len(r.pat) {
				r.fail("malformed pattern (missing ']')")
			}
			escaped := r.p(p) == '%'
			p++
			if escaped && p < len(r.pat) {
				p++
			}
		}
		return p + 1
	}
	return p
}

func (r *reference) matchBracket(c byte, p, ec int) bool {
	sig := true
	if r.p(p+1) == '^' {
		sig = false
		p++
	}
	for p++; p < ec; p++ {
		switch {
		case r.p(p) == '%':
			p++
			if isClass(c, r.p(p)) {
				return sig
			}
		case r.p(p+1) == '-' && p+2 < ec:
			p += 2
			if r.p(p-2) <= c && c <= r.p(p) {
				return sig
			}
		case r.p(p) == c:
			return sig
		}
	}
	return !sig
}

func (r *reference) single(c byte, p, ep int) bool {
	switch r.p(p) {
	case '.':
		return true
	case '%':
		return isClass(c, r.p(p+1))
	case '[':
		return r.matchBracket(c, p, ep-1)
	}
	return r.p(p) == c
}

func (r *reference) singleAt(s, p, ep int) bool {
	return s < len(r.src) && r.single(r.src[s], p, ep)
}

func (r *reference) match(s, p int) int {
	for {
		if r.steps++; r.steps > 20000 {
			panic(tooLong{})
		}
		if p >= len(r.pat) {
			return s
		}
		switch r.pat[p] {
		case '(':
			if r.p(p+1) == ')' {
				return r.startCapture(s, p+2, position)
			}
			return r.startCapture(s, p+1, unfinished)
		case ')':
			return r.endCapture(s, p+1)
		case '$':
			if p+1 == len(r.pat) {
				if s == len(r.src) {
					return s
				}
				return -1
			}
		case '%':
			switch next := r.p(p + 1); {
			case next == 'b':
				if s = r.matchBalance(s, p+2); s < 0 {
					return -1
				}
				p += 4
				continue
			case next == 'f':
				p += 2
				if r.p(p) != '[' {
					r.fail("missing '[' after '%f' in pattern")
				}
				ep := r.classEnd(p)
				var previous, current byte
				if s > 0 {
					previous = r.src[s-1]
				}
				if s < len(r.src) {
					current = r.src[s]
				}
				if r.matchBracket(previous, p, ep-1) || !r.matchBracket(current, p, ep-1) {
					return -1
				}
				p = ep
				continue
			case next >= '0' && next <= '9':
				if s = r.matchCapture(s, next); s < 0 {
					return -1
				}
				p += 2
				continue
			}
		}
		ep := r.classEnd(p)
		m := r.singleAt(s, p, ep)
		switch r.p(ep) {
		case '?':
			if m {
				if e := r.match(s+1, ep+1); e >= 0 {
					return e
				}
			}
			p = ep + 1
		case '*':
			return r.maxExpand(s, p, ep)
		case '+':
			if !m {
				return -1
			}
			return r.maxExpand(s+1, p, ep)
		case '-':
			for {
				if e := r.match(s, ep+1); e >= 0 {
					return e
				}
				if !r.singleAt(s, p, ep) {
					return -1
				}
				s++
			}
		default:
			if !m {
				return -1
			}
			s++
			p = ep
		}
	}
}

func (r *reference) maxExpand(s, p, ep int) int {
	i := 0
	for r.singleAt(s+i, p, ep) {
		i++
	}
	for ; i >= 0; i-- {
		if e := r.match(s+i, ep+1); e >= 0 {
			return e
		}
	}
	return -1
}

func (r *reference) matchBalance(s, p int) int {
	if p+1 >= len(r.pat) {
		r.fail("unbalanced pattern")
	}
	if s >= len(r.src) || r.src[s] != r.pat[p] {
		return -1
	}
	open := 1
	for s++; s < len(r.src); s++ {
		if r.src[s] == r.pat[p+1] {
			if open--; open == 0 {
				return s + 1
			}
		} else if r.src[s] == r.pat[p] {
			open++
		}
	}
	return -1
}

func (r *reference) startCapture(s, p, what int) int {
	if r.level >= MaxCaptures {
		r.fail("too many captures")
	}
	r.capture[r.level] = capture{s, what}
	r.level++
	e := r.match(s, p)
	if e < 0 {
		r.level--
	}
	return e
}

func (r *reference) endCapture(s, p int) int {
	for l := r.level - 1; l >= 0; l-- {
		if r.capture[l].length == unfinished {
			r.capture[l].length = s - r.capture[l].start
			e := r.match(s, p)
			if e < 0 {
				r.capture[l].length = unfinished
			}
			return e
		}
	}
	r.fail("invalid pattern capture")
	return -1
}

func (r *reference) matchCapture(s int, digit byte) int {
	l := int(digit) - '1'
	if l < 0 || l >= r.level || r.capture[l].length == unfinished {
		r.fail("invalid capture index")
	}
	length := r.capture[l].length
	if length < 0 || len(r.src)-s < length || r.src[r.capture[l].start:][:length] != r.src[s:s+length] {
		return -1
	}
	return s + length
}

// find is str_find_aux without its plain search.
func (r *reference) find(init int) (start, end int) {
	anchored := r.p(0) == '^' && r.pat != ""
	p := 0
	if anchored {
		p = 1
	}
	for s := init; s <= len(r.src); s++ {
		r.level = 0
		if e := r.match(s, p); e >= 0 {
			return s, e
		}
		if anchored {
			break
		}
	}
	return -1, -1
}
