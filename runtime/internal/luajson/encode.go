package luajson

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
	lua "github.com/yuin/gopher-lua"
)

// EncodeOptions say how values become text.
type EncodeOptions struct {
	Indent string // for each level; "" writes everything on one line
}

// An EncodeError names the value that JSON cannot hold.
type EncodeError struct {
	Path    string // such as .servers[3].name; "" for the value itself
	Message string
}

func (e *EncodeError) Error() string {
	if e.Path == "" {
		return e.Message
	}
	return e.Message + " (at " + e.Path + ")"
}

// Encode writes a Lua value as JSON. A table with positions 1 to n and nothing
// else is an array (if half of the positions or fewer are gaps, which become null); a table with names is an object, its
// members in the order in which they were first set; an empty table is {} unless it came from an array.
// Whole numbers as keys become their decimal text. Functions, coroutines, host
// values, NaN, infinities, text that is not UTF-8, tables that contain
// themselves and tables that mix positions and names are an *EncodeError.
func (c *Codec) Encode(v lua.LValue, opts EncodeOptions) ([]byte, error) {
	e := encoder{codec: c, indent: opts.Indent}
	if err := e.value(v); err != nil {
		return nil, err
	}
	c.opts.Charge(len(e.out) - e.charged)
	return e.out, nil
}

type encoder struct {
	codec   *Codec
	indent  string
	out     []byte
	charged int
	parents []*lua.LTable
	path    []string
}

func (e *encoder) fail(format string, args ...any) error {
	return &EncodeError{Path: strings.Join(e.path, ""), Message: fmt.Sprintf(format, args...)}
}

func (e *encoder) value(v lua.LValue) error {
	if err := e.charge(); err != nil {
		return err
	}
	switch v := v.(type) {
	case *lua.LNilType:
		e.out = append(e.out, "null"...)
	case lua.LBool:
		e.out = strconv.AppendBool(e.out, bool(v))
	case lua.LNumber:
		return e.number(float64(v))
	case lua.LString:
		return e.text(string(v))
	case *lua.LTable:
		return e.table(v)
	default:
		if IsNull(v) {
			e.out = append(e.out, "null"...)
			return nil
		}
		if text, ok := IsNumber(v); ok {
			return e.pieces(text)
		}
		return e.fail("JSON cannot hold a %s", v.Type())
	}
	return nil
}

func (e *encoder) number(f float64) error {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return e.fail("JSON cannot hold the number %v", f)
	}
	if f == math.Trunc(f) && math.Abs(f) <= luanum.MaxWhole {
		e.out = strconv.AppendInt(e.out, int64(f), 10)
	} else {
		e.out = strconv.AppendFloat(e.out, f, 'g', -1, 64)
	}
	return nil
}

func (e *encoder) text(s string) error {
	e.out = append(e.out, '"')
	err := e.pieces(s)
	e.out = append(e.out, '"')
	return err
}

// pieces writes what stands between quotes, a long text piece by piece.
func (e *encoder) pieces(s string) error {
	for len(s) > chargeStep {
		cut := chargeStep
		for cut > chargeStep-utf8.UTFMax && !utf8.RuneStart(s[cut]) {
			cut--
		}
		if err := e.piece(s[:cut]); err != nil {
			return err
		}
		if err := e.charge(); err != nil {
			return err
		}
		s = s[cut:]
	}
	return e.piece(s)
}

func (e *encoder) piece(s string) error {
	if !utf8.ValidString(s) {
		return e.fail("JSON text must be UTF-8; encode binary data with base64 first")
	}
	from := 0
	for i := range len(s) {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && c != 0x7f {
			continue
		}
		e.out = append(e.out, s[from:i]...)
		from = i + 1
		switch c {
		case '"', '\\':
			e.out = append(e.out, '\\', c)
		case '\n':
			e.out = append(e.out, '\\', 'n')
		case '\r':
			e.out = append(e.out, '\\', 'r')
		case '\t':
			e.out = append(e.out, '\\', 't')
		default:
			e.out = fmt.Appendf(e.out, `\u%04x`, c)
		}
	}
	e.out = append(e.out, s[from:]...)
	return nil
}

const (
	// chargeStep is how much text is written between two charges, about.
	chargeStep = 4 << 10

	// maxText is the longest text, without which a run without a memory limit could
	// take the whole machine: a few tables inside one another make any length.
	maxText = 128 << 20
)

// charge accounts for the text written since the last time, and makes room for what
// is written until the next one.
func (e *encoder) charge() error {
	n := len(e.out) - e.charged
	if n < chargeStep {
		return nil
	}
	e.charged = len(e.out)
	e.codec.opts.Charge(n)
	const room = 8 * chargeStep // a piece of which each byte becomes \u0000, and brackets
	if len(e.out)+room > cap(e.out) {
		if len(e.out) > maxText {
			return e.fail("the text is longer than %d MiB", maxText>>20)
		}
		e.codec.opts.Reserve(2*len(e.out) + room)
		e.out = append(make([]byte, 0, 2*len(e.out)+room), e.out...)
	}
	return nil
}

func (e *encoder) table(t *lua.LTable) error {
	Materialize(t)
	if slices.Contains(e.parents, t) {
		return e.fail("a table contains itself")
	}
	if len(e.parents) == maxDepth {
		return e.fail("%v", errDeep)
	}
	e.parents = append(e.parents, t)
	defer func() { e.parents = e.parents[:len(e.parents)-1] }()
	n := t.Len()
	key, _ := t.Next(lua.LNil)
	if key == lua.LNil {
		if e.codec.IsArray(t) {
			e.out = append(e.out, "[]"...)
		} else {
			e.out = append(e.out, "{}"...)
		}
		return nil
	}
	if IsSequence(t, n) {
		return e.sequence(t, n)
	}
	return e.members(t)
}

// IsSequence tells an array of n elements from a table that merely has a large whole number as
// a key: at least half of the positions up to the last one are filled. It may have other keys.
func IsSequence(t *lua.LTable, n int) bool {
	filled := 0
	for i := 1; i <= n; i++ {
		if t.RawGetInt(i) != lua.LNil {
			filled++
		}
	}
	return n > 0 && 2*filled >= n
}

func (e *encoder) sequence(t *lua.LTable, n int) error {
	key, _ := t.Next(lua.LNumber(n))
	if key != lua.LNil {
		return e.fail("a table has both positions and the key %q; JSON has arrays and objects, not both in one", key.String())
	}
	e.out = append(e.out, '[')
	for i := 1; i <= n; i++ {
		e.separate(i == 1)
		e.path = append(e.path, "["+strconv.Itoa(i)+"]")
		if err := e.value(t.RawGetInt(i)); err != nil {
			return err
		}
		e.path = e.path[:len(e.path)-1]
	}
	e.close(']')
	return nil
}

func (e *encoder) members(t *lua.LTable) error {
	e.out = append(e.out, '{')
	first := true
	for key, v := t.Next(lua.LNil); key != lua.LNil; key, v = t.Next(key) {
		name, ok := memberName(key)
		if !ok {
			return e.fail("a key of a JSON object must be text or a whole number, not a %s", key.Type())
		}
		e.separate(first)
		first = false
		if err := e.text(name); err != nil {
			return err
		}
		e.out = append(e.out, ':')
		if e.indent != "" {
			e.out = append(e.out, ' ')
		}
		e.path = append(e.path, "."+name)
		if err := e.value(v); err != nil {
			return err
		}
		e.path = e.path[:len(e.path)-1]
	}
	e.close('}')
	return nil
}

func memberName(key lua.LValue) (string, bool) {
	switch k := key.(type) {
	case lua.LString:
		return string(k), true
	case lua.LNumber:
		if f := float64(k); f == math.Trunc(f) && math.Abs(f) <= luanum.MaxWhole {
			return strconv.FormatInt(int64(f), 10), true
		}
	}
	return IsNumber(key)
}

func (e *encoder) separate(first bool) {
	if !first {
		e.out = append(e.out, ',')
	}
	e.newline(len(e.parents))
}

func (e *encoder) close(bracket byte) {
	e.newline(len(e.parents) - 1)
	e.out = append(e.out, bracket)
}

func (e *encoder) newline(level int) {
	if e.indent == "" {
		return
	}
	e.out = append(e.out, '\n')
	for range level {
		e.out = append(e.out, e.indent...)
	}
}
