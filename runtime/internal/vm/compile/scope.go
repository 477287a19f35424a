package compile

import lua "github.com/yuin/gopher-lua"

const (
	maxLocals   = 200
	maxUpvalues = 255
)

// A variable is a local variable. Its register is its place among the active
// locals of its function.
type variable struct {
	name string
	fn   *function
	reg  int
	info *lua.DbgLocalInfo
}

// An upvalue is a variable of an outer function: a register of the function
// right outside, or an upvalue of it.
type upvalue struct {
	name  string
	local bool
	index int
}

// declare makes a local that activate brings into scope.
func (p *parser) declare(name string) {
	f := p.fn
	if len(f.active)+len(p.declared)+1 > maxLocals {
		p.Fail(p.Tok, "too many local variables: %s has more than %d", f.describe(), maxLocals)
	}
	p.declared = append(p.declared, &variable{name: name, fn: f})
}

// activate brings the declared locals into scope.
func (p *parser) activate() {
	f := p.fn
	for _, v := range p.declared {
		v.reg = len(f.active)
		v.info = &lua.DbgLocalInfo{Name: v.name, StartPc: len(f.code)}
		f.debug = append(f.debug, v.info)
		f.active = append(f.active, v)
		p.scope[v.name] = append(p.scope[v.name], v)
	}
	p.declared = p.declared[:0]
}

// deactivate takes the locals from level on out of scope.
func (f *function) deactivate(level int) {
	for len(f.active) > level {
		v := f.active[len(f.active)-1]
		f.active = f.active[:len(f.active)-1]
		v.info.EndPc = len(f.code)
		list := f.p.scope[v.name]
		if len(list) == 1 {
			delete(f.p.scope, v.name)
		} else {
			f.p.scope[v.name] = list[:len(list)-1]
		}
	}
}

// resolve is what a name means in the function that is being compiled.
func (p *parser) resolve(name string) operand {
	list := p.scope[name]
	if len(list) == 0 {
		e := newOperand(kGlobal, p.fn.stringConst(name))
		e.name = name
		return e
	}
	v := list[len(list)-1]
	e := newOperand(kLocal, v.reg)
	if v.fn != p.fn {
		e = newOperand(kUpvalue, p.fn.upvalue(v))
	}
	e.name = name
	return e
}

// upvalue is the index of the upvalue that holds v, a local further out.
func (f *function) upvalue(v *variable) int {
	if i, ok := f.upIndex[v]; ok {
		return i
	}
	u := upvalue{name: v.name, local: v.fn == f.outer, index: v.reg}
	if u.local {
		b := f.outer.block
		for b != nil && b.level > v.reg {
			b = b.outer
		}
		if b != nil {
			b.upvalue = true
		}
	} else {
		u.index = f.outer.upvalue(v)
	}
	if len(f.upvalues) == maxUpvalues {
		f.p.Fail(f.p.Tok, "too many captured variables: %s uses more than %d of outer functions", f.describe(), maxUpvalues)
	}
	f.upvalues = append(f.upvalues, u)
	f.upIndex[v] = len(f.upvalues) - 1
	return len(f.upvalues) - 1
}
