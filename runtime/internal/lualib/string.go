package lualib

import (
	"strings"

	lua "github.com/yuin/gopher-lua"
)

func stringFunctions() []Function {
	return []Function{
		{"string.byte", stringByte},
		{"string.char", stringChar},
		{"string.find", stringFind},
		{"string.format", stringFormat},
		{"string.gmatch", stringGmatch},
		{"string.gsub", stringGsub},
		{"string.len", stringLen},
		{"string.lower", stringLower},
		{"string.match", stringMatch},
		{"string.rep", stringRep},
		{"string.reverse", stringReverse},
		{"string.sub", stringSub},
		{"string.upper", stringUpper},
	}
}

func stringLen(L *lua.LState) int {
	return pushInt(L, len(stringArgument(L, "len", 1)))
}

// bounds turns the positions i and j of s:sub(i, j) into a slice's bounds.
func bounds(i, j, length int) (from, to int) {
	if i < 0 {
		i = max(i+length+1, 1)
	} else if i == 0 {
		i = 1
	}
	if j < 0 {
		j += length + 1
	}
	j = min(j, length)
	if i > j {
		return 0, 0
	}
	return i - 1, j
}

func stringSub(L *lua.LState) int {
	s := stringArgument(L, "sub", 1)
	from, to := bounds(intArgument(L, "sub", 2), optionalInt(L, "sub", 3, -1), len(s))
	L.Push(substring(s, from, to))
	return 1
}

func stringByte(L *lua.LState) int {
	s := stringArgument(L, "byte", 1)
	i := optionalInt(L, "byte", 2, 1)
	from, to := bounds(i, optionalInt(L, "byte", 3, i), len(s))
	if to-from > maxResults {
		raise(L, "string slice too long")
	}
	if to-from > 1 {
		instanceOf(L).charge(L, to-from, slotsPerUnit)
		makeRoom(L, to-from)
	}
	for _, c := range []byte(s[from:to]) {
		L.Push(smallNumbers[c])
	}
	return to - from
}

func stringChar(L *lua.LState) int {
	n := L.GetTop()
	buf := make([]byte, n)
	for i := range buf {
		c := intArgument(L, "char", i+1)
		if c < 0 || c > 255 {
			argumentError(L, "char", i+1, "invalid value")
		}
		buf[i] = byte(c)
	}
	return pushString(L, string(buf))
}

// stringRep has the separator of Lua 5.2 as its third argument.
func stringRep(L *lua.LState) int {
	s, n := stringArgument(L, "rep", 1), intArgument(L, "rep", 2)
	separator := optionalString(L, "rep", 3, "")
	if n <= 0 || len(s)+len(separator) == 0 {
		return pushString(L, "")
	}
	if n == 1 {
		return pushString(L, s)
	}
	if len(s)+len(separator) > maxString/n {
		raise(L, "resulting string too large")
	}
	in := instanceOf(L)
	size := len(s)*n + len(separator)*(n-1)
	in.host.Reserve(L, int64(size))
	var b strings.Builder
	b.Grow(size)
	unit := s + separator
	for b.Len() < len(unit) {
		b.WriteString(unit)
	}
	for b.Len() < size {
		written := b.String()
		chunk := written[:min(len(written), size-b.Len(), copyChunk)]
		in.charge(L, len(chunk), bytesPerUnit)
		b.WriteString(chunk)
	}
	return pushString(L, b.String())
}

func stringReverse(L *lua.LState) int {
	s := stringArgument(L, "reverse", 1)
	return mapBytes(L, s, func(to []byte, at int) {
		for i := range to {
			to[i] = s[len(s)-1-at-i]
		}
	})
}

// stringUpper and stringLower change ASCII letters only, like C's own locale.
func stringUpper(L *lua.LState) int {
	s := stringArgument(L, "upper", 1)
	return mapBytes(L, s, func(to []byte, at int) {
		for i, c := range []byte(s[at : at+len(to)]) {
			if c-'a' <= 'z'-'a' {
				c -= 'a' - 'A'
			}
			to[i] = c
		}
	})
}

func stringLower(L *lua.LState) int {
	s := stringArgument(L, "lower", 1)
	return mapBytes(L, s, func(to []byte, at int) {
		for i, c := range []byte(s[at : at+len(to)]) {
			if c-'A' <= 'Z'-'A' {
				c += 'a' - 'A'
			}
			to[i] = c
		}
	})
}

// mapBytes pushes a string of the same length as s, which fill writes piece by
// piece; at is the index of a piece's first byte.
func mapBytes(L *lua.LState, s string, fill func(to []byte, at int)) int {
	in := instanceOf(L)
	out := in.take(L)
	out.grow(len(s))
	out.bytes = out.bytes[:len(s)]
	for at := 0; at < len(s); at += copyChunk {
		piece := out.bytes[at:min(len(s), at+copyChunk)]
		in.charge(L, len(piece), slotsPerUnit)
		fill(piece, at)
	}
	return pushString(L, out.finish())
}
