package luajson

import (
	"weak"

	lua "github.com/yuin/gopher-lua"
)

// A Codec decodes into and encodes from the values of one Lua state. Like the
// state, it is for one goroutine at a time.
type Codec struct {
	// Null stands for JSON's null where nil cannot: in arrays, and in objects
	// whose members must all be kept.
	Null *lua.LUserData

	state *lua.LState
	array *lua.LTable // metatable of sequences that came from JSON arrays
	types map[string]*rowType
	opts  Options

	number  *lua.LTable // metatable of numbers that keep their text; nil before the first
	numbers map[string]weak.Pointer[lua.LUserData]
	sweepAt int // entries of numbers
}

// Options for NewCodec.
type Options struct {
	// Charge is told of every 4 KiB or so of text that is decoded or encoded. It
	// may raise a Lua error, which ends the operation. Nil charges nothing.
	Charge func(bytes int)

	// Reserve is told how many bytes the text that is encoded is about to take, and
	// may raise a Lua error too. Nil reserves nothing.
	Reserve func(bytes int)

	// ArrayText is tostring of sequences that came from arrays; nil leaves them Lua's.
	ArrayText *lua.LFunction
}

// null is what Codec.Null holds, so that no other userdata is taken for it.
type null struct{}

// NewCodec makes the codec of a state.
func NewCodec(L *lua.LState, opts Options) *Codec {
	c := &Codec{state: L, types: map[string]*rowType{}, opts: opts}
	if c.opts.Charge == nil {
		c.opts.Charge = func(int) {}
	}
	if c.opts.Reserve == nil {
		c.opts.Reserve = func(int) {}
	}
	c.Null = L.NewUserData()
	c.Null.Value = null{}
	mt := L.CreateTable(0, 2)
	mt.RawSetString("__tostring", L.NewFunction(func(L *lua.LState) int {
		L.Push(lua.LString("null"))
		return 1
	}))
	mt.RawSetString("__metatable", lua.LString("null"))
	c.Null.Metatable = mt
	c.array = L.CreateTable(0, 2)
	c.array.RawSetString("__metatable", lua.LString("array"))
	if opts.ArrayText != nil {
		c.array.RawSetString("__tostring", opts.ArrayText)
	}
	return c
}

// NewArray makes an empty sequence that encodes as [].
func (c *Codec) NewArray(size int) *lua.LTable {
	t := c.newTable(size, 0)
	t.Metatable = c.array
	return t
}

// IsArray reports whether the table came from a JSON array or NewArray.
func (c *Codec) IsArray(t *lua.LTable) bool { return t.Metatable == c.array }

// IsNull reports whether the value stands for JSON's null.
func IsNull(v lua.LValue) bool {
	ud, ok := v.(*lua.LUserData)
	if !ok {
		return false
	}
	_, ok = ud.Value.(null)
	return ok
}

func (c *Codec) newTable(array, hash int) *lua.LTable { return c.state.CreateTable(array, hash) }
