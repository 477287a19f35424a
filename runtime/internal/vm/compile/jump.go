package compile

import lua "github.com/yuin/gopher-lua"

// Jumps that go to the same place that is not known yet form a list: each
// instruction's sBx leads to the next one.

func sBx(i uint32) int          { return argBx(i) - maxSBx }
func setSBx(i *uint32, off int) { *i = *i&^0x3ffff | uint32(off+maxSBx) }

// jump emits a jump to a place that is not known yet.
func (f *function) jump() int {
	pending := f.pending
	f.pending = noJump
	j := f.emitABx(lua.OP_JMP, 0, noJump+maxSBx)
	if pending != noJump { // what should arrive here goes on with the jump
		f.fixJump(j, pending)
	}
	return j
}

func (f *function) condJump(op, a, b, c int) int {
	f.emitABC(op, a, b, c)
	return f.jump()
}

func (f *function) fixJump(pc, dest int) {
	off := dest - (pc + 1)
	if off > maxSBx || off < -maxSBx {
		f.p.Fail(f.p.Tok, "control structure too long")
	}
	setSBx(&f.code[pc], off)
}

// label marks the next instruction as a place that jumps arrive at.
func (f *function) label() int {
	f.lastTarget = len(f.code)
	return len(f.code)
}

func (f *function) nextJump(pc int) int {
	off := sBx(f.code[pc])
	if off == noJump {
		return noJump
	}
	return pc + 1 + off
}

// control is the instruction that decides whether the jump at pc is taken.
func (f *function) control(pc int) *uint32 {
	if pc >= 1 {
		switch opOf(f.code[pc-1]) {
		case lua.OP_EQ, lua.OP_LT, lua.OP_LE, lua.OP_TEST, lua.OP_TESTSET, lua.OP_TFORLOOP:
			return &f.code[pc-1]
		}
	}
	return &f.code[pc]
}

// needValue reports a jump in the list that does not bring its value along.
func (f *function) needValue(list int) bool {
	for ; list != noJump; list = f.nextJump(list) {
		if opOf(*f.control(list)) != lua.OP_TESTSET {
			return true
		}
	}
	return false
}

// patchTest directs the value of a TESTSET to reg, or makes it a TEST when the
// value is in place or not wanted.
func (f *function) patchTest(node, reg int) bool {
	i := f.control(node)
	if opOf(*i) != lua.OP_TESTSET {
		return false
	}
	if reg != noReg && reg != argB(*i) {
		setA(i, reg)
	} else {
		*i = abc(lua.OP_TEST, argB(*i), 0, argC(*i))
	}
	return true
}

func (f *function) removeValues(list int) {
	for ; list != noJump; list = f.nextJump(list) {
		f.patchTest(list, noReg)
	}
}

// patchList sends the jumps that bring their value to dest and the others to
// valueless.
func (f *function) patchList(list, dest, reg, valueless int) {
	for list != noJump {
		next := f.nextJump(list)
		if f.patchTest(list, reg) {
			f.fixJump(list, dest)
		} else {
			f.fixJump(list, valueless)
		}
		list = next
	}
}

func (f *function) dischargePending() {
	list := f.pending
	f.pending = noJump
	f.patchList(list, len(f.code), noReg, len(f.code))
}

// patchTo sends a list of jumps to target.
func (f *function) patchTo(list, target int) {
	if target == len(f.code) {
		f.patchToHere(list)
		return
	}
	f.patchList(list, target, noReg, target)
}

func (f *function) patchToHere(list int) {
	f.label()
	f.concat(&f.pending, list)
}

// concat joins list l2 to l1. A single jump goes in front, so that building a
// long list one by one does not take quadratic time.
func (f *function) concat(l1 *int, l2 int) {
	switch {
	case l2 == noJump:
		return
	case *l1 == noJump:
		*l1 = l2
		return
	case f.nextJump(l2) == noJump:
		f.fixJump(l2, *l1)
		*l1 = l2
		return
	}
	last := *l1
	for next := f.nextJump(last); next != noJump; next = f.nextJump(last) {
		last = next
	}
	f.fixJump(last, l2)
}
