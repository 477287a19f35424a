package compile

import lua "github.com/yuin/gopher-lua"

// A table is a table constructor that is being compiled.
type table struct {
	reg     int
	open    operand // the last positional item, not in its register yet
	pending int     // positional items in registers
	items   int
	fields  int
}

// constructor compiles a table constructor into the next register.
func (p *parser) constructor() operand {
	f := p.fn
	line := p.tok.line
	pc := f.emitABC(lua.OP_NEWTABLE, 0, 0, 0)
	e := newOperand(kReloc, pc)
	f.toNextReg(&e)
	t := table{reg: e.info, open: operand{t: noJump, f: noJump}}
	p.take('{')
	for p.tok.kind != '}' {
		p.flushItem(&t)
		switch {
		case p.tok.kind == '[', p.tok.kind == tName && p.peek().kind == '=':
			p.namedField(&t)
		default:
			t.open = p.expression()
			t.items++
			t.pending++
		}
		if !p.test(',') && !p.test(';') {
			break
		}
	}
	if p.tok.kind != '}' && p.tok.line != line {
		p.unexpected("',' or '}' expected in the table that starts at line " + itoa(line))
	}
	p.match('}', '{', line)
	p.flushLast(&t)
	// The sizes only save growing; items may be nil, so they are kept small.
	setB(&f.code[pc], min(t.items, maxC))
	setC(&f.code[pc], min(t.fields, maxC))
	return e
}

func (p *parser) namedField(t *table) {
	f := p.fn
	saved := f.free
	var key operand
	if p.tok.kind == tName {
		key = newOperand(kConst, f.stringConst(p.takeName()))
	} else {
		key = p.index()
	}
	t.fields++
	p.take('=')
	rk := f.toRK(&key)
	value := p.expression()
	op := lua.OP_SETTABLE
	if f.isStringKey(rk) {
		op = lua.OP_SETTABLEKS
	}
	f.emitABC(op, t.reg, rk, f.toRK(&value))
	f.free = saved
}

// flushItem puts the last item into its register, and full rows into the table.
func (p *parser) flushItem(t *table) {
	f := p.fn
	if t.open.kind == kVoid {
		return
	}
	f.toNextReg(&t.open)
	t.open = operand{t: noJump, f: noJump}
	if t.pending == perFlush {
		f.setList(t.reg, t.items, t.pending)
		t.pending = 0
	}
}

func (p *parser) flushLast(t *table) {
	f := p.fn
	if t.pending == 0 {
		return
	}
	if t.open.kind == kCall || t.open.kind == kVarargs {
		f.setReturns(&t.open, lua.MultRet)
		f.setList(t.reg, t.items, lua.MultRet)
		t.items--
		return
	}
	if t.open.kind != kVoid {
		f.toNextReg(&t.open)
	}
	f.setList(t.reg, t.items, t.pending)
}

// setList stores n registers after the table's, the last of which is item
// number items.
func (f *function) setList(reg, items, n int) {
	c := (items-1)/perFlush + 1
	b := n
	if n == lua.MultRet {
		b = 0
	}
	if c <= maxC {
		f.emitABC(lua.OP_SETLIST, reg, b, c)
	} else {
		f.emitABC(lua.OP_SETLIST, reg, b, 0)
		f.emit(uint32(c))
	}
	f.free = reg + 1
}
