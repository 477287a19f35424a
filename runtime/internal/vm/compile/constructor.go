package compile

import (
	"slices"

	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/lualex"
)

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
	line := p.Tok.Line
	p.take('{')
	return p.constructorFrom(line)
}

// constructorFrom is constructor after the brace, which is in the given line.
func (p *parser) constructorFrom(line int) operand {
	f := p.fn
	pc := f.emitABC(lua.OP_NEWTABLE, 0, 0, 0)
	f.fixLine(line)
	e := newOperand(kReloc, pc)
	f.toNextReg(&e)
	p.items(e.info, pc, line)
	return e
}

// A record needs a register for each field, and nested ones add up.
const (
	maxRecord    = 16
	maxRecordReg = 100
)

// tableArgument compiles a constructor that is all that the function in the
// register callee is called with. The named fields that it begins with become a
// call of Options.Record.
func (p *parser) tableArgument(callee int) operand {
	f := p.fn
	line := p.Tok.Line
	p.take('{')
	if !p.atName() || f.free > maxRecordReg {
		return p.constructorFrom(line)
	}
	base := f.free
	f.reserve(3)
	f.emitABx(lua.OP_LOADK, base, constant(f, f.others, "record", lua.LValue(p.opts.Record)))
	move := f.emitABC(lua.OP_MOVE, base+2, callee, 0)
	names := p.recordFields()
	f.emitABx(lua.OP_LOADK, base+1, f.addConstant(&lua.LUserData{Value: names, Metatable: lua.LNil}))
	if p.Tok.Kind != '}' { // more is to come: only a table will do
		f.code[move] = abc(lua.OP_LOADNIL, base+2, base+2, 0)
	}
	f.emitABC(lua.OP_CALL, base, len(names)+3, 2)
	f.fixLine(line)
	f.free = base + 1
	p.items(base, noJump, line)
	return newOperand(kReg, base)
}

// recordFields compiles named fields, their values into the next registers, up to
// one that a record cannot have.
func (p *parser) recordFields() []string {
	var names []string
	for len(names) < maxRecord && p.atName() && !slices.Contains(names, p.Tok.Str) {
		names = append(names, p.takeName())
		p.take('=')
		value := p.expression()
		p.fn.toNextReg(&value)
		if !p.test(',') && !p.test(';') {
			break
		}
	}
	return names
}

// items compiles what stands in a constructor, up to the closing brace, for the
// table that the instruction pc, if it is one, puts into reg.
func (p *parser) items(reg, pc, line int) {
	f := p.fn
	t := table{reg: reg, open: operand{t: noJump, f: noJump}}
	for p.Tok.Kind != '}' {
		p.flushItem(&t)
		switch {
		case p.Tok.Kind == '[', p.atName():
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
	if p.Tok.Kind != '}' && p.Tok.Line != line {
		p.unexpected("',' or '}' expected in the table that starts at line " + itoa(line))
	}
	p.match('}', '{', line)
	p.flushLast(&t)
	if pc == noJump {
		return
	}
	// The sizes only save growing; items may be nil, so they are kept small. Without a
	// size of fields the first one would make room for 32, which takes 2 KB.
	setB(&f.code[pc], min(t.items, maxC))
	fields := min(t.fields, maxC)
	if t.items == 0 {
		fields = max(fields, 1)
	}
	setC(&f.code[pc], fields)
}

// atName reports whether a field with a name is next.
func (p *parser) atName() bool { return p.Tok.Kind == lualex.Name && p.Peek().Kind == '=' }

func (p *parser) namedField(t *table) {
	f := p.fn
	saved := f.free
	var key operand
	if p.Tok.Kind == lualex.Name {
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
