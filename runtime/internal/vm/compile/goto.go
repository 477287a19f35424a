package compile

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/lualex"
)

// maxLabels bounds labels in scope and open gotos, which are searched one by one.
const maxLabels = 1000

// A label is a label, or a goto that waits for one.
type label struct {
	name  string
	tok   lualex.Token
	pc    int // of the instruction, or of the goto's jump
	level int // active locals there
	start int // the goto's active locals where it stands
}

func (p *parser) labelStatement() {
	f := p.fn
	p.Next()
	tok := p.Tok
	name := p.takeName()
	for _, l := range p.labels[f.block.firstLabel:] {
		if l.name == name {
			p.Fail(tok, "label '%s' already stands at line %d", name, l.tok.Line)
		}
	}
	p.take(lualex.DoubleColon)
	if len(p.labels) >= maxLabels {
		p.Fail(tok, "too many labels in scope: more than %d", maxLabels)
	}
	l := label{name: name, tok: tok, pc: f.label(), level: len(f.active)}
	for p.test(';') {
	}
	if p.lastLabel() { // no statement follows: the block's locals are out of scope
		l.level = f.block.level
	}
	p.labels = append(p.labels, l)
	for i := f.block.firstGoto; i < len(p.gotos); {
		if p.gotos[i].name == name {
			p.closeGoto(i, l)
		} else {
			i++
		}
	}
}

// lastLabel reports that only labels follow in the block.
func (p *parser) lastLabel() bool {
	if p.Tok.Kind != lualex.DoubleColon {
		return p.blockEnd(false)
	}
	ahead := *p // the rest of the block is read by a copy
	for ahead.Tok.Kind == lualex.DoubleColon || ahead.Tok.Kind == ';' {
		if ahead.Tok.Kind == ';' {
			ahead.Next()
			continue
		}
		ahead.Next()
		if ahead.Tok.Kind != lualex.Name {
			return false
		}
		ahead.Next()
		if ahead.Tok.Kind != lualex.DoubleColon {
			return false
		}
		ahead.Next()
	}
	return ahead.blockEnd(false)
}

// gotoStatement leaves room for a CLOSE in front of the jump.
func (p *parser) gotoStatement(line int) {
	f := p.fn
	tok := p.Tok
	p.Next()
	name := p.takeName()
	if len(p.gotos) >= maxLabels {
		p.Fail(tok, "too many gotos wait for their label: more than %d", maxLabels)
	}
	f.emitABC(lua.OP_NOP, 0, 0, 0)
	g := label{name: name, tok: tok, pc: f.jump(), level: len(f.active), start: len(f.active)}
	p.gotos = append(p.gotos, g)
	p.findLabel(f.block, len(p.gotos)-1)
}

// findLabel connects goto i with a label of block b.
func (p *parser) findLabel(b *block, i int) bool {
	for _, l := range p.labels[b.firstLabel:] {
		if l.name == p.gotos[i].name {
			p.closeGoto(i, l)
			return true
		}
	}
	return false
}

// closeGoto sends goto i to l. Leaving the scope of locals closes them.
func (p *parser) closeGoto(i int, l label) {
	f, g := p.fn, p.gotos[i]
	if g.level < l.level {
		p.Fail(g.tok, "'goto %s' jumps into the scope of the local '%s'", g.name, f.active[g.level].name)
	}
	if g.start > l.level {
		f.code[g.pc-1] = abc(lua.OP_CLOSE, l.level, 0, 0)
	}
	f.patchTo(g.pc, l.pc)
	p.gotos = append(p.gotos[:i], p.gotos[i+1:]...)
}

// gotosOut makes the unconnected gotos of block b those of the block outside.
func (f *function) gotosOut(b *block) {
	p := f.p
	for i := b.firstGoto; i < len(p.gotos); {
		g := &p.gotos[i]
		g.level = min(g.level, b.level)
		if b.outer == nil {
			p.Fail(g.tok, "no label '%s' for this goto", g.name)
		}
		if !p.findLabel(b.outer, i) {
			i++
		}
	}
}
