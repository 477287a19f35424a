package compile

import (
	"math"

	lua "github.com/yuin/gopher-lua"
)

type operandKind int

// Where the value of an expression is, or how to get it.
const (
	kVoid    operandKind = iota
	kNil                 // no code yet
	kTrue                //
	kFalse               //
	kConst               // info: constant
	kNumber              // num
	kLocal               // info: register
	kUpvalue             // info: upvalue
	kGlobal              // info: constant, the name
	kIndexed             // info: table's register, aux: key's register or constant
	kJump                // info: instruction; the value is whether it jumps
	kReloc               // info: instruction whose A is still open
	kReg                 // info: register
	kCall                // info: instruction
	kVarargs             // info: instruction
)

// An operand is an expression that is being compiled.
type operand struct {
	kind      operandKind
	info, aux int
	num       float64
	t, f      int    // jumps that leave when the value is true, or false
	name      string // what a call of it is called in a stack trace
}

func newOperand(k operandKind, info int) operand {
	return operand{kind: k, info: info, t: noJump, f: noJump}
}

func (e *operand) hasJumps() bool { return e.t != e.f }

func (e *operand) isNumeral() bool {
	return e.kind == kNumber && e.t == noJump && e.f == noJump
}

func (f *function) stringConst(s string) int {
	return constant(f, f.strings, s, lua.LString(s))
}

func (f *function) numberConst(n float64) int {
	return constant(f, f.numbers, math.Float64bits(n), lua.LNumber(n))
}

// setReturns makes a call or `...` deliver n values; -1 means all.
func (f *function) setReturns(e *operand, n int) {
	switch e.kind {
	case kCall:
		setC(&f.code[e.info], n+1)
	case kVarargs:
		i := &f.code[e.info]
		setB(i, n+1)
		setA(i, f.free)
		f.reserve(1)
	}
}

// setOneReturn makes a call or `...` an ordinary value. gopher-lua clears all
// registers above the one that `...` goes to, so it always goes to a fresh one.
func (f *function) setOneReturn(e *operand) {
	switch e.kind {
	case kCall:
		e.kind, e.info = kReg, argA(f.code[e.info])
	case kVarargs:
		i := &f.code[e.info]
		setB(i, 2)
		setA(i, f.free)
		f.reserve(1)
		e.kind, e.info = kReg, f.free-1
	}
}

// discharge makes e a value that is in a register, a constant or on its way.
func (f *function) discharge(e *operand) {
	switch e.kind {
	case kLocal:
		e.kind = kReg
	case kUpvalue:
		e.kind, e.info = kReloc, f.emitABC(lua.OP_GETUPVAL, 0, e.info, 0)
	case kGlobal:
		e.kind, e.info = kReloc, f.emitABx(lua.OP_GETGLOBAL, 0, e.info)
	case kIndexed:
		f.release(e.aux)
		f.release(e.info)
		op := lua.OP_GETTABLE
		if f.isStringKey(e.aux) {
			op = lua.OP_GETTABLEKS
		}
		e.kind, e.info = kReloc, f.emitABC(op, 0, e.info, e.aux)
	case kCall, kVarargs:
		f.setOneReturn(e)
	}
}

func (f *function) isStringKey(rk int) bool {
	if !isK(rk) {
		return false
	}
	_, ok := f.constants[rk&^rkBit].(lua.LString)
	return ok
}

// toReg puts e without its jumps into reg.
func (f *function) toReg(e *operand, reg int) {
	f.discharge(e)
	switch e.kind {
	case kNil:
		f.loadNil(reg, 1)
	case kFalse:
		f.emitABC(lua.OP_LOADBOOL, reg, 0, 0)
	case kTrue:
		f.emitABC(lua.OP_LOADBOOL, reg, 1, 0)
	case kConst:
		f.emitABx(lua.OP_LOADK, reg, e.info)
	case kNumber:
		f.emitABx(lua.OP_LOADK, reg, f.numberConst(e.num))
	case kReloc:
		setA(&f.code[e.info], reg)
	case kReg:
		if reg != e.info {
			f.emitABC(lua.OP_MOVE, reg, e.info, 0)
		}
	default:
		return // a jump or nothing
	}
	e.kind, e.info = kReg, reg
}

func (f *function) toAnyRegNoJumps(e *operand) {
	if e.kind != kReg {
		f.reserve(1)
		f.toReg(e, f.free-1)
	}
}

// intoReg puts e with its jumps into reg.
func (f *function) intoReg(e *operand, reg int) {
	f.toReg(e, reg)
	if e.kind == kJump {
		f.concat(&e.t, e.info)
	}
	if e.hasJumps() {
		final, loadFalse, loadTrue := 0, noJump, noJump
		if f.needValue(e.t) || f.needValue(e.f) {
			skip := noJump
			if e.kind != kJump {
				skip = f.jump()
			}
			f.label()
			loadFalse = f.emitABC(lua.OP_LOADBOOL, reg, 0, 1)
			f.label()
			loadTrue = f.emitABC(lua.OP_LOADBOOL, reg, 1, 0)
			f.patchToHere(skip)
		}
		final = f.label()
		f.patchList(e.f, final, reg, loadFalse)
		f.patchList(e.t, final, reg, loadTrue)
	}
	e.t, e.f = noJump, noJump
	e.kind, e.info = kReg, reg
}

func (f *function) freeOperand(e *operand) {
	if e.kind == kReg {
		f.release(e.info)
	}
}

// toNextReg puts e into the next free register.
func (f *function) toNextReg(e *operand) {
	f.discharge(e)
	f.freeOperand(e)
	f.reserve(1)
	f.intoReg(e, f.free-1)
}

// toAnyReg puts e into some register and returns it.
func (f *function) toAnyReg(e *operand) int {
	f.discharge(e)
	if e.kind == kReg {
		if !e.hasJumps() {
			return e.info
		}
		if e.info >= len(f.active) { // not a local's register
			f.intoReg(e, e.info)
			return e.info
		}
	}
	f.toNextReg(e)
	return e.info
}

func (f *function) toValue(e *operand) {
	if e.hasJumps() {
		f.toAnyReg(e)
	} else {
		f.discharge(e)
	}
}

// toRK makes e a register or a constant of an instruction's B or C.
func (f *function) toRK(e *operand) int {
	f.toValue(e)
	switch e.kind {
	case kNumber, kTrue, kFalse, kNil:
		if len(f.constants) <= maxRK {
			switch e.kind {
			case kNumber:
				e.info = f.numberConst(e.num)
			case kNil:
				e.info = constant(f, f.others, "nil", lua.LNil)
			case kTrue:
				e.info = constant(f, f.others, "true", lua.LValue(lua.LTrue))
			case kFalse:
				e.info = constant(f, f.others, "false", lua.LValue(lua.LFalse))
			}
			e.kind = kConst
			return e.info | rkBit
		}
	case kConst:
		if e.info <= maxRK {
			return e.info | rkBit
		}
	}
	return f.toAnyReg(e)
}

// store assigns e to the variable v.
func (f *function) store(v, e *operand) {
	switch v.kind {
	case kLocal:
		f.freeOperand(e)
		f.intoReg(e, v.info)
		return
	case kUpvalue:
		reg := f.toAnyReg(e)
		f.emitABC(lua.OP_SETUPVAL, reg, v.info, 0)
	case kGlobal:
		reg := f.toAnyReg(e)
		f.emitABx(lua.OP_SETGLOBAL, reg, v.info)
	case kIndexed:
		rk := f.toRK(e)
		op := lua.OP_SETTABLE
		if f.isStringKey(v.aux) {
			op = lua.OP_SETTABLEKS
		}
		f.emitABC(op, v.info, v.aux, rk)
	}
	f.freeOperand(e)
}

// indexed makes t the element of t at key.
func (f *function) indexed(t, key *operand) {
	t.aux = f.toRK(key)
	t.kind = kIndexed
}

// self makes e the method key of the object e, followed by the object.
func (f *function) self(e, key *operand) {
	f.toAnyReg(e)
	f.freeOperand(e)
	reg := f.free
	f.reserve(2)
	f.emitABC(lua.OP_SELF, reg, e.info, f.toRK(key))
	f.freeOperand(key)
	e.kind, e.info = kReg, reg
}
