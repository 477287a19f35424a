package luajson

import lua "github.com/yuin/gopher-lua"

// DecodeOptions say how text becomes Lua values.
type DecodeOptions struct {
	// KeepNull makes null the codec's Null value, so that encoding gives null
	// again. Otherwise null is nil: a member that is null is absent.
	KeepNull bool
}

// Decode turns one JSON text into a Lua value. Arrays become sequences that
// encode as arrays even when empty; objects become tables with their members in
// the order of the text, numbers what Number makes of them. The error is a *SyntaxError.
func (c *Codec) Decode(text []byte, opts DecodeOptions) (lua.LValue, error) {
	d := decoder{scanner: scanner{data: text}, codec: c, null: lua.LNil}
	d.reached = d.chargeTo
	if opts.KeepNull {
		d.null = c.Null
	}
	v, err := d.value()
	if err != nil {
		return nil, err
	}
	if d.next(); d.pos < len(d.data) {
		return nil, d.unexpected("the end of the text")
	}
	return v, nil
}

type decoder struct {
	scanner
	codec   *Codec
	null    lua.LValue
	charged int // position up to which work was charged
}

// charge accounts for the text read since the last time. A table and its entries
// take about sixteen times the bytes of their text.
func (d *decoder) charge() { d.chargeTo(d.pos) }

func (d *decoder) chargeTo(pos int) {
	if n := pos - d.charged; n >= 4096 {
		d.charged = pos
		d.codec.opts.Charge(n)
	}
}

func (d *decoder) value() (lua.LValue, error) {
	switch c := d.next(); c {
	case '{':
		return d.object()
	case '[':
		return d.array()
	case '"':
		text, err := d.text()
		return lua.LString(text), err
	case 't':
		return lua.LTrue, d.literal("true")
	case 'f':
		return lua.LFalse, d.literal("false")
	case 'n':
		return d.null, d.literal("null")
	default:
		if c == '-' || c >= '0' && c <= '9' {
			digits, err := d.number()
			if err != nil {
				return nil, err
			}
			return d.codec.numberOf(digits), nil
		}
		return nil, d.unexpected("a value")
	}
}

func (d *decoder) object() (lua.LValue, error) {
	if err := d.enter(); err != nil {
		return nil, err
	}
	t := d.codec.newTable(0, 8)
	for first := true; ; first = false {
		ok, err := d.more(first, '}')
		if err != nil {
			return nil, err
		}
		if !ok {
			return t, nil
		}
		d.charge()
		key, err := d.key()
		if err != nil {
			return nil, err
		}
		v, err := d.value()
		if err != nil {
			return nil, err
		}
		t.RawSetString(key, v)
	}
}

func (d *decoder) array() (lua.LValue, error) {
	if err := d.enter(); err != nil {
		return nil, err
	}
	t := d.codec.newTable(4, 0)
	t.Metatable = d.codec.array
	for n := 1; ; n++ {
		ok, err := d.more(n == 1, ']')
		if err != nil {
			return nil, err
		}
		if !ok {
			return t, nil
		}
		d.charge()
		v, err := d.value()
		if err != nil {
			return nil, err
		}
		t.RawSetInt(n, v)
	}
}

func (c *Codec) numberOf(digits []byte) lua.LValue {
	if n, ok := smallInt(digits); ok {
		return lua.LNumber(n)
	}
	return c.Number(string(digits))
}

// smallInt reads the common case, a whole number of up to nine digits.
func smallInt(digits []byte) (int, bool) {
	negative := len(digits) > 0 && digits[0] == '-'
	if negative {
		digits = digits[1:]
	}
	if len(digits) == 0 || len(digits) > 9 {
		return 0, false
	}
	n := 0
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	if negative {
		n = -n
	}
	return n, true
}
