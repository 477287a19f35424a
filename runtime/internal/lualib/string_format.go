package lualib

import (
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/lualib/printf"
)

func stringFormat(L *lua.LState) int {
	format := stringArgument(L, "format", 1)
	out := instanceOf(L).take(L)
	top, argument := L.GetTop(), 1
	for conversions := 1; ; conversions++ {
		at := strings.IndexByte(format, '%')
		if at < 0 {
			break
		}
		if conversions%conversionsPerCharge == 0 {
			out.in.host.Charge(L, conversionsPerCharge)
		}
		out.writeString(format[:at])
		format = format[at+1:]
		if strings.HasPrefix(format, "%") {
			out.writeByte('%')
			format = format[1:]
			continue
		}
		if argument++; argument > top {
			argumentError(L, "format", argument, "no value")
		}
		spec, n, err := printf.Parse(format)
		if err != nil {
			raiseText(L, err.Error())
		}
		format = format[n:]
		out.writeFormatted(&spec, argument)
	}
	out.writeString(format)
	return pushString(L, out.finish())
}

// conversionsPerCharge are as many steps together; a format that has fewer is free.
const conversionsPerCharge = 8

// maxFormatted is the longest text of a number: %99.99f of the largest one.
const maxFormatted = 512

// writeFormatted writes argument n as a conversion asks.
func (o *output) writeFormatted(spec *printf.Spec, n int) {
	switch spec.Verb {
	case 's':
		o.writeText(spec, n)
	case 'q':
		o.writeQuoted(stringArgument(o.L, "format", n))
	case 'd', 'i':
		v := numberArgument(o.L, "format", n)
		if !(v >= -0x1p63 && v < 0x1p63) {
			argumentError(o.L, "format", n, "number has no integer representation")
		}
		o.grow(maxFormatted)
		o.bytes = spec.AppendInt(o.bytes, int64(v))
	case 'u', 'o', 'x', 'X':
		v := numberArgument(o.L, "format", n)
		if !(v >= -0x1p63 && v < 0x1p64) {
			argumentError(o.L, "format", n, "number has no integer representation")
		}
		o.grow(maxFormatted)
		o.bytes = spec.AppendUint(o.bytes, toUint(v))
	case 'c':
		c := byte(intArgument(o.L, "format", n))
		o.grow(maxFormatted)
		o.bytes = spec.AppendByte(o.bytes, c)
	case 'e', 'E', 'f', 'F', 'g', 'G':
		v := numberArgument(o.L, "format", n)
		o.grow(maxFormatted)
		o.bytes = spec.AppendFloat(o.bytes, v)
	case 0:
		raise(o.L, "invalid option '%%' to 'format'")
	default:
		raise(o.L, "invalid option '%%%c' to 'format'", spec.Verb)
	}
}

// writeText writes any value, as tostring shows it.
func (o *output) writeText(spec *printf.Spec, n int) {
	text := ToString(o.L, o.L.Get(n))
	if spec.Width == 0 && spec.Precision < 0 {
		o.writeString(text)
		return
	}
	length := len(text)
	if spec.Precision >= 0 {
		length = min(length, spec.Precision)
	}
	o.grow(max(length, spec.Width))
	o.bytes = spec.AppendString(o.bytes, text)
}

// toUint wraps a negative number around, as C's conversion does.
func toUint(f float64) uint64 {
	if f < 0 {
		return uint64(int64(f))
	}
	return uint64(f)
}

// writeQuoted writes a text as a Lua string literal.
func (o *output) writeQuoted(s string) {
	o.writeByte('"')
	for at := 0; at < len(s); at += copyChunk {
		piece := s[at:min(len(s), at+copyChunk)]
		o.in.charge(o.L, len(piece), slotsPerUnit)
		for i := 0; i < len(piece); i++ {
			switch c := piece[i]; c {
			case '"', '\\', '\n':
				o.writeByte('\\')
				o.writeByte(c)
			case '\r':
				o.writeString(`\r`)
			case 0:
				o.writeString(`\000`)
			default:
				o.writeByte(c)
			}
		}
	}
	o.writeByte('"')
}
