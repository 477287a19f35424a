package lualib

import (
	"strings"
	"unsafe"

	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
)

// An output collects the result of a call. Its memory is reserved with the host
// before it grows and reused by the next call.
type output struct {
	in    *instance
	L     *lua.LState
	bytes []byte
}

const (
	// keptScratch is the largest buffer that is kept between calls.
	keptScratch = 64 << 10

	// maxString is the largest string that the library makes, without which a
	// run without a memory limit could take the whole machine in one call.
	maxString = 128 << 20

	// copyChunk is copied between two charges: about 50 µs.
	copyChunk = 1 << 20
)

// take returns an empty output. Calls nest when a script's function is called
// in between; an inner one gets a buffer of its own.
func (in *instance) take(L *lua.LState) output {
	buf := in.scratch
	in.scratch = nil
	return output{in: in, L: L, bytes: buf[:0]}
}

// finish returns what was written and gives the buffer back.
func (o *output) finish() string {
	if cap(o.bytes) > keptScratch {
		// Nothing writes to this buffer any more, so it may become the string.
		return unsafe.String(unsafe.SliceData(o.bytes), len(o.bytes))
	}
	o.in.host.Reserve(o.L, int64(len(o.bytes)))
	o.in.scratch = o.bytes
	return string(o.bytes)
}

// grow makes room for n more bytes.
func (o *output) grow(n int) {
	need := len(o.bytes) + n
	if need <= cap(o.bytes) {
		return
	}
	if need > maxString {
		raise(o.L, "resulting string too large")
	}
	size := min(max(need, 2*cap(o.bytes), 256), maxString)
	o.in.host.Reserve(o.L, int64(size))
	grown := uncleared(size)
	for at := 0; at < len(o.bytes); at += copyChunk {
		chunk := o.bytes[at:min(len(o.bytes), at+copyChunk)]
		o.in.charge(o.L, len(chunk), bytesPerUnit)
		grown = append(grown, chunk...)
	}
	o.bytes = grown
}

// uncleared is room for n bytes. Unlike make it does not write to them first,
// which would take as long as half of what follows.
func uncleared(n int) []byte {
	var b strings.Builder
	b.Grow(n)
	b.WriteByte(0) // the text of an empty builder need not have an address
	return unsafe.Slice(unsafe.StringData(b.String()), b.Cap())[:0]
}

func (o *output) writeString(s string) {
	if len(s) <= bytesPerUnit && len(s) <= cap(o.bytes)-len(o.bytes) {
		o.bytes = append(o.bytes, s...)
		return
	}
	o.grow(len(s))
	for at := 0; at < len(s); at += copyChunk {
		chunk := s[at:min(len(s), at+copyChunk)]
		o.in.charge(o.L, len(chunk), bytesPerUnit)
		o.bytes = append(o.bytes, chunk...)
	}
}

func (o *output) writeByte(c byte) {
	o.grow(1)
	o.bytes = append(o.bytes, c)
}

func (o *output) writeNumber(f float64) {
	o.grow(luanum.MaxLength)
	o.bytes = luanum.Append(o.bytes, f)
}

// writeValue writes a string or a number and returns false for other values.
func (o *output) writeValue(v lua.LValue) bool {
	switch v := v.(type) {
	case lua.LString:
		o.writeString(string(v))
	case lua.LNumber:
		o.writeNumber(float64(v))
	default:
		return false
	}
	return true
}

// drop gives the buffer back without a result.
func (o *output) drop() {
	if cap(o.bytes) <= keptScratch {
		o.in.scratch = o.bytes
	}
}
