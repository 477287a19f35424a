package compile

import lua "github.com/yuin/gopher-lua"

// Instructions are laid out as in gopher-lua's opcode.go: opcode in the high 6
// bits, A in 8, C and B in 9 each; Bx is C and B together, sBx is Bx with an
// offset.
const (
	maxBx    = 1<<18 - 1
	maxSBx   = maxBx >> 1
	maxC     = 1<<9 - 1
	rkBit    = 1 << 8 // in B and C: a constant and not a register
	maxRK    = rkBit - 1
	noJump   = -1
	noReg    = 255
	maxStack = 250
	perFlush = 50 // items per SETLIST; lua.FieldsPerFlush
)

func abc(op, a, b, c int) uint32 { return uint32(op<<26 | a<<18 | c<<9 | b) }
func abx(op, a, bx int) uint32   { return uint32(op<<26 | a<<18 | bx) }

func opOf(i uint32) int  { return int(i >> 26) }
func argA(i uint32) int  { return int(i>>18) & 0xff }
func argB(i uint32) int  { return int(i & 0x1ff) }
func argC(i uint32) int  { return int(i>>9) & 0x1ff }
func argBx(i uint32) int { return int(i & 0x3ffff) }

func setA(i *uint32, a int)  { *i = *i&^(0xff<<18) | uint32(a)<<18 }
func setB(i *uint32, b int)  { *i = *i&^0x1ff | uint32(b) }
func setC(i *uint32, c int)  { *i = *i&^(0x1ff<<9) | uint32(c)<<9 }
func setOp(i *uint32, o int) { *i = *i&^(0x3f<<26) | uint32(o)<<26 }

func isK(rk int) bool { return rk&rkBit != 0 }

// emit appends an instruction and returns its index.
func (f *function) emit(i uint32) int {
	f.dischargePending()
	f.code = append(f.code, i)
	f.lines = append(f.lines, f.p.LastLine)
	return len(f.code) - 1
}

func (f *function) emitABC(op, a, b, c int) int { return f.emit(abc(op, a, b, c)) }
func (f *function) emitABx(op, a, bx int) int   { return f.emit(abx(op, a, bx)) }

// fixLine gives the last instruction the line of its operator or call.
func (f *function) fixLine(line int) { f.lines[len(f.lines)-1] = line }

// loadNil sets n registers from a on to nil, as part of the instruction before
// when that does the same next to them.
func (f *function) loadNil(from, n int) {
	if len(f.code) > f.lastTarget { // no jump arrives here
		if len(f.code) == 0 {
			if from >= len(f.active) {
				return // a new frame is clean
			}
		} else if prev := &f.code[len(f.code)-1]; opOf(*prev) == lua.OP_LOADNIL {
			if a, b := argA(*prev), argB(*prev); a <= from && from <= b+1 {
				if from+n-1 > b {
					setB(prev, from+n-1)
				}
				return
			}
		}
	}
	f.emitABC(lua.OP_LOADNIL, from, from+n-1, 0)
}

func (f *function) emitReturn(first, n int) { f.emitABC(lua.OP_RETURN, first, n+1, 0) }

// checkStack makes room for n more registers.
func (f *function) checkStack(n int) {
	size := f.free + n
	if size > f.stackSize {
		if size > maxStack {
			f.p.Fail(f.p.Tok, "function or expression too complex: it needs more than %d registers", maxStack)
		}
		f.stackSize = size
	}
}

func (f *function) reserve(n int) {
	f.checkStack(n)
	f.free += n
}

// release frees a register unless it is a constant or holds a local.
func (f *function) release(reg int) {
	if !isK(reg) && reg >= len(f.active) {
		f.free--
	}
}

// Constants

func (f *function) addConstant(v lua.LValue) int {
	f.constants = append(f.constants, v)
	if n := len(f.constants) - 1; n <= maxBx {
		return n
	}
	f.p.Fail(f.p.Tok, "function uses more than %d different constants", maxBx)
	return 0
}

func constant[K comparable](f *function, index map[K]int, key K, v lua.LValue) int {
	if n, ok := index[key]; ok {
		return n
	}
	n := f.addConstant(v)
	index[key] = n
	return n
}
