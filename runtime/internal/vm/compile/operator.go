package compile

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/lualex"
)

type binary struct {
	op          int // `..` and % have none, they are calls
	left, right int // priorities; concat and power bind to the right
	inverted    bool
	swapped     bool
	fold        func(a, b float64) float64
}

const unaryPriority = 8

var binaries = map[lualex.Kind]binary{
	'+':           {op: lua.OP_ADD, left: 6, right: 6, fold: func(a, b float64) float64 { return a + b }},
	'-':           {op: lua.OP_SUB, left: 6, right: 6, fold: func(a, b float64) float64 { return a - b }},
	'*':           {op: lua.OP_MUL, left: 7, right: 7, fold: func(a, b float64) float64 { return a * b }},
	'/':           {op: lua.OP_DIV, left: 7, right: 7, fold: func(a, b float64) float64 { return a / b }},
	'%':           {left: 7, right: 7},
	'^':           {op: lua.OP_POW, left: 10, right: 9},
	lualex.Concat: {left: 5, right: 4},
	lualex.Eq:     {op: lua.OP_EQ, left: 3, right: 3},
	lualex.Ne:     {op: lua.OP_EQ, left: 3, right: 3, inverted: true},
	'<':           {op: lua.OP_LT, left: 3, right: 3},
	'>':           {op: lua.OP_LT, left: 3, right: 3, swapped: true},
	lualex.Le:     {op: lua.OP_LE, left: 3, right: 3},
	lualex.Ge:     {op: lua.OP_LE, left: 3, right: 3, swapped: true},
	lualex.And:    {left: 2, right: 2},
	lualex.Or:     {left: 1, right: 1},
}

// invert turns the sense of a comparison's jump.
func (f *function) invert(e *operand) {
	i := f.control(e.info)
	setA(i, 1-argA(*i))
}

// jumpOn emits a jump that is taken when e is cond.
func (f *function) jumpOn(e *operand, cond bool) int {
	c := 0
	if cond {
		c = 1
	}
	if e.kind == kReloc {
		if i := f.code[e.info]; opOf(i) == lua.OP_NOT {
			f.code, f.lines = f.code[:len(f.code)-1], f.lines[:len(f.lines)-1]
			return f.condJump(lua.OP_TEST, argB(i), 0, 1-c)
		}
	}
	f.toAnyRegNoJumps(e)
	f.freeOperand(e)
	return f.condJump(lua.OP_TESTSET, noReg, e.info, c)
}

// goIfTrue goes on when e is true and jumps by e.f when it is false.
func (f *function) goIfTrue(e *operand) {
	f.discharge(e)
	j := noJump
	switch e.kind {
	case kConst, kNumber, kTrue: // always
	case kJump:
		f.invert(e)
		j = e.info
	default:
		j = f.jumpOn(e, false)
	}
	f.concat(&e.f, j)
	f.patchToHere(e.t)
	e.t = noJump
}

// goIfFalse goes on when e is false and jumps by e.t when it is true.
func (f *function) goIfFalse(e *operand) {
	f.discharge(e)
	j := noJump
	switch e.kind {
	case kNil, kFalse: // always
	case kJump:
		j = e.info
	default:
		j = f.jumpOn(e, true)
	}
	f.concat(&e.t, j)
	f.patchToHere(e.f)
	e.f = noJump
}

func (f *function) not(e *operand) {
	f.discharge(e)
	switch e.kind {
	case kNil, kFalse:
		e.kind = kTrue
	case kConst, kNumber, kTrue:
		e.kind = kFalse
	case kJump:
		f.invert(e)
	default:
		f.toAnyRegNoJumps(e)
		f.freeOperand(e)
		e.kind, e.info = kReloc, f.emitABC(lua.OP_NOT, 0, e.info, 0)
	}
	e.t, e.f = e.f, e.t
	f.removeValues(e.f)
	f.removeValues(e.t)
}

// prefix compiles a unary operator.
func (f *function) prefix(op lualex.Kind, e *operand, line int) {
	switch op {
	case lualex.Not:
		f.not(e)
	case '-':
		if e.isNumeral() {
			e.num = -e.num
			return
		}
		f.unary(lua.OP_UNM, e, line)
	case '#':
		f.unary(lua.OP_LEN, e, line)
	}
}

func (f *function) unary(op int, e *operand, line int) {
	reg := f.toAnyReg(e)
	f.freeOperand(e)
	e.kind, e.info = kReloc, f.emitABC(op, 0, reg, 0)
	f.fixLine(line)
}

// infix prepares the left operand of a binary operator.
func (f *function) infix(op lualex.Kind, e *operand) {
	switch op {
	case lualex.And:
		f.goIfTrue(e)
	case lualex.Or:
		f.goIfFalse(e)
	default:
		if !e.isNumeral() {
			f.toRK(e)
		}
	}
}

// postfix compiles a binary operator after both operands; the result is in a.
func (f *function) postfix(op lualex.Kind, a, b *operand, line int) {
	switch op {
	case lualex.And:
		f.discharge(b)
		f.concat(&b.f, a.f)
		*a = *b
	case lualex.Or:
		f.discharge(b)
		f.concat(&b.t, a.t)
		*a = *b
	case lualex.Eq, lualex.Ne, '<', '>', lualex.Le, lualex.Ge:
		f.compare(binaries[op], a, b, line)
	default:
		f.arithmetic(binaries[op], a, b, line)
	}
}

func (f *function) arithmetic(op binary, a, b *operand, line int) {
	if op.fold != nil && a.isNumeral() && b.isNumeral() && (op.op != lua.OP_DIV || b.num != 0) {
		if n := op.fold(a.num, b.num); n == n {
			a.num = n
			return
		}
	}
	right := f.toRK(b)
	left := f.toRK(a)
	if left > right {
		f.freeOperand(a)
		f.freeOperand(b)
	} else {
		f.freeOperand(b)
		f.freeOperand(a)
	}
	a.kind, a.info = kReloc, f.emitABC(op.op, 0, left, right)
	f.fixLine(line)
}

func (f *function) compare(op binary, a, b *operand, line int) {
	left, right := f.toRK(a), f.toRK(b)
	f.freeOperand(b)
	f.freeOperand(a)
	sense := 1
	if op.inverted {
		sense = 0
	}
	if op.swapped {
		left, right = right, left
	}
	f.emitABC(op.op, sense, left, right)
	f.fixLine(line)
	a.kind, a.info = kJump, f.jump()
}
