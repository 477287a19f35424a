package compile

import lua "github.com/yuin/gopher-lua"

// A function is a Lua function that is being compiled.
type function struct {
	p        *parser
	outer    *function
	block    *block
	line     int // where it is defined; 0 for the main chunk
	lastLine int
	params   int
	varargs  uint8 // lua.VarArg… flags

	code       []uint32
	lines      []int
	calls      []lua.DbgCall
	lastTarget int // the last instruction that a jump arrives at
	pending    int // list of jumps to the next instruction

	constants []lua.LValue
	strings   map[string]int
	numbers   map[uint64]int
	others    map[string]int
	functions []*lua.FunctionProto

	free      int // the first free register
	stackSize int

	active   []*variable // locals in scope, by register
	debug    []*lua.DbgLocalInfo
	upvalues []upvalue
	upIndex  map[*variable]int
}

func (p *parser) openFunction(line int) *function {
	f := &function{
		p: p, outer: p.fn, line: line,
		lastTarget: -1, pending: noJump, stackSize: 2,
		strings: map[string]int{}, numbers: map[uint64]int{}, others: map[string]int{},
		upIndex: map[*variable]int{},
	}
	p.fn = f
	return f
}

// closeFunction ends the function that is being compiled.
func (p *parser) closeFunction() *lua.FunctionProto {
	f := p.fn
	f.deactivate(0)
	f.emitReturn(0, 0)
	p.fn = f.outer
	return f.finish()
}

// A block is a scope.
type block struct {
	outer      *block
	breaks     int // list of jumps out of a loop
	level      int // how many locals are active outside
	firstLabel int
	firstGoto  int
	upvalue    bool // a local of the block is captured
	loop       bool
}

func (f *function) enter(loop bool) *block {
	b := &block{
		outer: f.block, breaks: noJump, level: len(f.active), loop: loop,
		firstLabel: len(f.p.labels), firstGoto: len(f.p.gotos),
	}
	f.block = b
	return b
}

func (f *function) leave() {
	b := f.block
	f.block = b.outer
	f.deactivate(b.level)
	if b.upvalue && b.outer != nil { // a function's end closes by itself
		f.emitABC(lua.OP_CLOSE, b.level, 0, 0)
	}
	f.free = len(f.active)
	f.p.labels = f.p.labels[:b.firstLabel]
	f.gotosOut(b)
	f.patchToHere(b.breaks)
}
