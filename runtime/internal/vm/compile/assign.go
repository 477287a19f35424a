package compile

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/lualex"
)

// A target is the left side of an assignment; before leads to the one on its
// left.
type target struct {
	before *target
	v      operand
}

func (p *parser) expressionStatement() {
	start := p.Tok
	switch start.Kind {
	case lualex.Name, '(':
	case '=':
		p.unexpected("only names and fields can be assigned to")
	case '<':
		p.unexpected("a statement expected; Lua 5.1 has no attributes such as <const>")
	default:
		p.unexpected("a statement expected")
	}
	e := p.suffixed()
	if e.kind == kCall {
		setC(&p.fn.code[e.info], 1) // no results
		return
	}
	if p.Tok.Kind != '=' && p.Tok.Kind != ',' {
		p.noStatement(start)
	}
	p.assignment(&target{v: e}, 1)
}

// noStatement fails after an expression that stands alone, with a hint for what
// other languages would mean by it.
func (p *parser) noStatement(start lualex.Token) {
	k := p.Tok.Kind
	switch {
	case start.Kind == lualex.Name && otherWords[start.Str] != "":
		p.Fail(start, "unknown word; Lua writes %s", otherWords[start.Str])
	case k == lualex.Eq:
		p.unexpected("'=' or a call expected; '==' compares")
	case k != '+' && k != '-' && k != '*' && k != '/':
	case p.Peek().Kind == '=':
		p.unexpected(fmt.Sprintf("'=' or a call expected; Lua has no '%c=', it writes x = x %c 1", rune(k), rune(k)))
	case p.Peek().Kind == k:
		p.unexpected(fmt.Sprintf("'=' or a call expected; Lua has no '%c%c', it writes x = x %c 1", rune(k), rune(k), rune(k)))
	}
	if start.Line < p.Tok.Line {
		p.unexpected(fmt.Sprintf("'=' or a call expected after the expression of line %d", start.Line))
	}
	p.unexpected("'=' or a call expected")
}

// otherWords begin statements in other languages.
var otherWords = map[string]string{
	"elif": "'elseif'", "elsif": "'elseif'",
	"continue": "goto continue, with a label ::continue:: at the end of the loop",
	"var":      "'local'", "let": "'local'", "const": "'local'",
	"def": "'function'", "func": "'function'", "fn": "'function'",
	"import": `local name = require("name")`,
}

// assignment compiles the rest of an assignment with n targets so far. Values
// are stored from the last target to the first.
func (p *parser) assignment(t *target, n int) {
	f := p.fn
	switch t.v.kind {
	case kLocal, kUpvalue, kGlobal, kIndexed:
	default:
		p.unexpected("only names and fields can be assigned to")
	}
	if p.test(',') {
		next := &target{before: t, v: p.suffixed()}
		if next.v.kind == kLocal {
			p.conflict(t, &next.v)
		}
		if n > maxLevels {
			p.Fail(p.Tok, "too many variables on the left of an assignment: more than %d", maxLevels)
		}
		p.assignment(next, n+1)
	} else {
		if p.Tok.Kind != '=' {
			p.unexpected("'=' expected")
		}
		p.Next()
		e, count := p.expressions()
		if count == n {
			f.setOneReturn(&e)
			f.store(&t.v, &e)
			return
		}
		p.adjust(n, count, &e)
		if count > n {
			f.free -= count - n // the values that are left over
		}
	}
	e := newOperand(kReg, f.free-1)
	f.store(&t.v, &e)
}

// conflict keeps a copy of the local v for the targets before it that index or
// are indexed by it: v is assigned before them.
func (p *parser) conflict(t *target, v *operand) {
	f := p.fn
	copied := f.free
	found := false
	for ; t != nil; t = t.before {
		if t.v.kind != kIndexed {
			continue
		}
		if t.v.info == v.info {
			found = true
			t.v.info = copied
		}
		if t.v.aux == v.info {
			found = true
			t.v.aux = copied
		}
	}
	if found {
		f.emitABC(lua.OP_MOVE, f.free, v.info, 0)
		f.reserve(1)
	}
}

// adjust makes the n expressions, of which e is the last and still open, want
// values in registers.
func (p *parser) adjust(want, n int, e *operand) {
	f := p.fn
	extra := want - n
	if e.kind == kCall || e.kind == kVarargs {
		extra = max(extra+1, 0)
		f.setReturns(e, extra)
		if extra > 1 {
			f.reserve(extra - 1)
		}
		return
	}
	if e.kind != kVoid {
		f.toNextReg(e)
	}
	if extra > 0 {
		reg := f.free
		f.reserve(extra)
		f.loadNil(reg, extra)
	}
}
