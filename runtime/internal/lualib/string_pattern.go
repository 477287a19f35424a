package lualib

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/lualib/pattern"
)

// A patternCache keeps the patterns that a script uses again and again. When it
// is full it starts afresh.
type patternCache struct {
	anchored, literal map[string]*pattern.Pattern
}

const (
	cachedPatterns      = 64
	cachedPatternLength = 128
)

// compile returns the compiled form of a pattern.
func (in *instance) compile(L *lua.LState, text string, anchoring pattern.Anchoring) *pattern.Pattern {
	cache := &in.patterns.literal
	if anchoring == pattern.Anchor {
		cache = &in.patterns.anchored
	}
	if p := (*cache)[text]; p != nil {
		return p
	}
	length := min(len(text), pattern.MaxLength)
	in.host.Charge(L, int64(1+length/2))
	if length > cachedPatternLength {
		const bytesPerCharacter = 128 // at worst, one set for three characters
		in.host.Reserve(L, int64(length)*bytesPerCharacter)
	}
	p, err := pattern.Compile(text, anchoring)
	if err != nil {
		raise(L, "%s (%d bytes, at most %d are accepted)", err, len(text), pattern.MaxLength)
	}
	if len(text) <= cachedPatternLength {
		if *cache == nil || len(*cache) >= cachedPatterns {
			*cache = make(map[string]*pattern.Pattern, 8)
		}
		(*cache)[text] = p
	}
	return p
}

// A matcher matches for one call of the library.
type matcher struct {
	pattern.Matcher
	in      *instance
	L       *lua.LState
	subject string
}

// A matcherPool keeps matchers that no call uses. Calls nest when a replacement
// function matches in turn; a call that ends in an error drops its matcher.
type matcherPool []*matcher

func (in *instance) matcher(L *lua.LState, subject string) *matcher {
	var m *matcher
	if n := len(in.matchers); n > 0 {
		m = in.matchers[n-1]
		in.matchers = in.matchers[:n-1]
	} else {
		m = &matcher{in: in}
		m.Fuel = func() { m.in.host.Charge(m.L, pattern.Grant/patternsPerUnit) }
	}
	m.L, m.subject = L, subject
	m.Reset(subject)
	return m
}

// done charges what the call has used and gives the matcher back.
func (m *matcher) done() {
	m.in.charge(m.L, m.Steps(), patternsPerUnit)
	m.Reset("")
	m.L, m.subject = nil, ""
	m.in.matchers = append(m.in.matchers, m)
}

// find is Matcher.Find that raises errors.
func (m *matcher) find(p *pattern.Pattern, init int) (start, end int) {
	start, end, err := m.Find(p, init)
	if err != nil {
		raiseText(m.L, err.Error())
	}
	return start, end
}

// capture returns capture i, counted from 0, as a Lua value.
func (m *matcher) capture(i int) lua.LValue {
	start, end, isPosition, err := m.Capture(i)
	switch {
	case err != nil:
		raiseText(m.L, err.Error())
	case isPosition:
		return intValue(start + 1)
	}
	return substring(m.subject, start, end)
}

// pushCaptures pushes all captures and returns their number.
func (m *matcher) pushCaptures() int {
	n := m.Captures()
	for i := range n {
		m.L.Push(m.capture(i))
	}
	return n
}

// pushMatch pushes the captures, or the whole match if there are none.
func (m *matcher) pushMatch(start, end int) int {
	if n := m.pushCaptures(); n > 0 {
		return n
	}
	m.L.Push(substring(m.subject, start, end))
	return 1
}
