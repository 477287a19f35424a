package vm

import (
	"fmt"
	"strings"
)

func (g *generator) block(n int) {
	for range n {
		g.statement()
	}
	if g.chance(30) {
		g.line("P(%s)", g.list(1+g.n(3), 1))
	}
}

func (g *generator) inner() { g.scope(func() { g.block(1 + g.n(4)) }) }

func (g *generator) statement() {
	if g.depth > 6 || g.b.Len() > 6000 {
		g.line("P(%s)", g.list(1+g.n(2), 1))
		return
	}
	switch g.n(32) {
	case 0, 1, 2, 3:
		g.local()
	case 4, 5, 6:
		g.assign()
	case 7, 8:
		g.multiAssign()
	case 9, 10:
		g.line("P(%s)", g.list(1+g.n(3), 2))
	case 11, 12:
		g.conditional()
	case 13, 14:
		g.numericFor()
	case 15:
		g.genericFor()
	case 16:
		g.while()
	case 17:
		g.repeat()
	case 18, 19:
		g.functionStatement()
	case 20:
		g.protectedCall()
	case 21:
		g.coroutine()
	case 22:
		g.line("do")
		g.inner()
		g.line("end")
	case 23:
		g.capture()
	case 24:
		g.exit()
	case 25:
		if g.labels {
			g.gotoShape()
		} else {
			g.line("%s", g.multiCall())
		}
	case 26:
		g.sequence()
	case 27:
		g.matches()
	case 28:
		g.object()
	case 29:
		g.nested()
	case 30:
		g.takeApart()
	case 31:
		if g.labels {
			g.gotoShape()
		} else {
			g.numericFor()
		}
	}
}

func (g *generator) multiCall() string {
	if f := g.variable('f'); f != "" {
		return fmt.Sprintf("%s(%s)", f, g.list(1+g.n(2), 1))
	}
	return fmt.Sprintf("id(%s)", g.list(1, 1))
}

func (g *generator) local() {
	switch g.n(5) {
	case 0:
		name := g.fresh()
		g.line("local %s = %s", name, g.num(2))
		g.declare(name, 'n')
	case 1:
		name := g.fresh()
		g.line("local %s = %s", name, g.str(2))
		g.declare(name, 's')
	case 2:
		name := g.fresh()
		g.line("local %s = %s", name, g.table(2))
		g.declare(name, 't')
	case 3:
		names := []string{g.fresh(), g.fresh(), g.fresh()}[:2+g.n(2)]
		g.line("local %s = %s", strings.Join(names, ", "), g.list(1+g.n(3), 2))
		for _, n := range names {
			g.declare(n, 'a')
		}
	case 4:
		name := g.fresh()
		value := g.closure(2)
		g.line("local %s = %s", name, value)
		g.declare(name, 'f')
	}
}

func (g *generator) target() string {
	switch g.n(6) {
	case 0:
		if t := g.variable('t'); t != "" {
			return t + "." + g.pick("x", "y", "z")
		}
	case 1:
		if t := g.variable('t'); t != "" {
			return fmt.Sprintf("%s[ %s ]", t, g.key(0))
		}
	case 2:
		return g.pick("G1", "G2", "G3")
	}
	if v := g.variable('a'); v != "" {
		return v
	}
	return "G3"
}

func (g *generator) assign() {
	switch g.n(4) {
	case 0:
		if v := g.variable('n'); v != "" {
			g.line("%s = %s", v, g.num(2))
			return
		}
	case 1:
		if v := g.variable('s'); v != "" {
			g.line("%s = %s", v, g.str(1))
			return
		}
	case 2:
		if v := g.variable('a'); v != "" {
			g.line("%s = %s and %s", v, v, g.any(1))
			return
		}
	}
	g.line("%s = %s", g.target(), g.any(2))
}

func (g *generator) multiAssign() {
	if a, b := g.variable('a'), g.variable('a'); a != "" && b != "" && g.chance(40) {
		g.line("%s, %s = %s, %s", a, b, b, a)
		g.line("P(%s, %s)", a, b)
		return
	}
	n := 2 + g.n(2)
	targets := make([]string, n)
	for i := range targets {
		targets[i] = g.target()
	}
	g.line("%s = %s", strings.Join(targets, ", "), g.list(1+g.n(4), 1))
	g.line("P(%s)", strings.Join(targets[:1], ", "))
}

func (g *generator) conditional() {
	g.line("if %s then", g.pick(g.boolean(2), g.any(1), "true", "false", "nil"))
	g.inner()
	for g.chance(30) {
		g.line("elseif %s then", g.boolean(2))
		g.inner()
	}
	if g.chance(50) {
		g.line("else")
		g.inner()
	}
	g.line("end")
}

// loop writes a loop's body. Some end it early, some go on by goto.
func (g *generator) loop(names ...genVar) {
	g.loops++
	g.scope(func() {
		g.vars = append(g.vars, names...)
		g.line("F()")
		if g.chance(10) {
			g.line("if %s then break end", g.boolean(1))
		}
		jump := g.labels && g.chance(40)
		if jump {
			g.line("if %s then goto continue%d end", g.boolean(2), g.loops*10+g.funcs)
		}
		label := g.loops*10 + g.funcs
		if jump {
			g.line("do")
		}
		g.scope(func() {
			g.block(1 + g.n(3))
			if v := g.variable('a'); v != "" && g.chance(40) {
				g.line("G4 = G4 or {}")
				g.line("G4[#G4 + 1] = function() F() return %s end", v)
			}
		})
		if jump {
			g.line("end")
			g.line("::continue%d::", label)
		}
	})
	g.loops--
}

// numericFor counts in fractions that are not exact for C Lua only: LuaJIT does not
// take the step off the start and add it again.
func (g *generator) numericFor() {
	name := g.fresh()
	start, step := "0.1", g.pick(", 0.1", ", -0.3")
	if g.labels {
		start, step = "0.5", g.pick(", 0.25", ", -0.5")
	}
	bounds := fmt.Sprintf("%s, %s%s", g.pick("1", "3", "0", "-2", start), g.pick("3", "2", "-1", "4", "1.05", "-0.5"), g.pick("", "", ", 2", ", -1", ", 0.5", step))
	if g.chance(15) {
		bounds = g.pick("2^53 - 2, 2^53 - 1", "1, 0", "0, 0", "3, 1, -1", "1, 1, -1", "0, 1, 0.25", "1, 5, 1e3")
	}
	g.line("for %s = %s do", name, bounds)
	g.loop(genVar{name, 'n'})
	g.line("end")
}

func (g *generator) genericFor() {
	a, b := g.fresh(), g.fresh()
	switch g.n(4) {
	case 0:
		g.line("for %s, %s in ipairs(%s) do", a, b, g.table(1))
		g.loop(genVar{a, 'n'}, genVar{b, 'a'})
	case 1:
		g.line("for %s in (function() local i = 0 return function() i = i + 1 if i < 4 then return i end end end)() do", a)
		g.loop(genVar{a, 'n'})
	case 2:
		g.line("for %s, %s in function(s, c) if c < s then return c + 1, s end end, 3, %s do", a, b, g.pick("0", "1"))
		g.loop(genVar{a, 'n'}, genVar{b, 'n'})
	case 3:
		g.line("for %s, %s in coroutine.wrap(function(...) for i = 1, 3 do coroutine.yield(i, %s) end end) do", a, b, g.any(1))
		g.loop(genVar{a, 'n'}, genVar{b, 'a'})
	}
	g.line("end")
}

func (g *generator) while() {
	name := g.fresh()
	g.line("local %s = 0", name)
	g.declare(name, 'a')
	g.line("while F() and type(%s) == 'number' and %s < 4 do", name, name)
	g.indent++
	g.line("%s = %s + 1", name, name)
	g.indent--
	g.loop()
	g.line("end")
}

func (g *generator) repeat() {
	name := g.fresh()
	g.line("repeat")
	g.loops++
	g.scope(func() {
		g.line("local %s = F() and %s", name, g.any(1))
		g.declare(name, 'a')
		if g.chance(40) {
			g.line("G4 = G4 or {}")
			g.line("G4[#G4 + 1] = function() %s = %s return %s end", name, g.any(0), name)
		}
		g.block(1 + g.n(2))
	})
	g.loops--
	g.line("until %s or %s", g.pick(name, "not "+name), g.boolean(1))
}

func (g *generator) functionStatement() {
	p := []genVar{{g.fresh(), 'a'}, {g.fresh(), 'a'}}[:g.n(3)]
	var params []string
	for _, v := range p {
		params = append(params, v.name)
	}
	va := g.chance(40)
	if va {
		params = append(params, "...")
	}
	list := strings.Join(params, ", ")
	t := g.variable('t')
	name, call := g.fresh(), ""
	switch {
	case t != "" && g.chance(30):
		g.line("function %s.%s(%s)", t, g.pick("x", "y"), list)
	case t != "" && g.chance(40):
		g.line("function %s:m(%s)", t, list)
		call = fmt.Sprintf("P(%s:m(%s))", t, g.list(1+g.n(3), 1))
		p = append(p, genVar{"self", 't'})
	default:
		g.line("local function %s(%s)", name, list)
		g.declare(name, 'f')
		call = fmt.Sprintf("P(%s(%s))", name, g.list(1+g.n(3), 1))
	}
	g.function(p, va, func() {
		g.line("F()")
		g.block(g.n(4))
		g.line("return %s", g.results(g.pick(g.list(1+g.n(3), 2), g.multi(2), g.any(2))))
	})
	g.line("end")
	if call != "" && g.chance(70) {
		g.line("%s", call)
	}
}

func (g *generator) protectedCall() {
	switch g.n(4) {
	case 0:
		g.protected(func() {
			g.block(1 + g.n(3))
			g.line("error(%s)", g.pick(`"E:one"`, `"E:two", 0`, `"E:lvl", 2`, `{x = 1}`, `nil`, g.any(1)))
		})
	case 1:
		g.line("P(pcall(error, %s))", g.any(1))
	case 2:
		g.line("P(xpcall(function()")
		g.function(nil, false, func() { g.block(1 + g.n(2)); g.line("local z = nil + %s", g.num(0)) })
		g.line("end, function(m) return 'H' .. S(m), 2 end))")
	case 3:
		g.protected(func() { g.block(1 + g.n(3)) })
	}
}

func (g *generator) coroutine() {
	name, v := g.fresh(), g.fresh()
	wrap := g.chance(50)
	g.line("local %s = coroutine.%s(function(%s, ...)", name, g.pick("create"), v)
	g.function([]genVar{{v, 'a'}}, true, func() {
		g.co = true
		g.block(1 + g.n(3))
		g.line("P('in', coroutine.yield(%s))", g.list(1+g.n(3), 1))
		if g.chance(50) {
			x := g.fresh()
			g.line("local %s = coroutine.yield(%s)", x, g.list(1, 1))
			g.declare(x, 'a')
		}
		g.block(g.n(3))
		if g.chance(20) {
			g.line("error('E:co')")
		}
		g.line("return %s", g.results(g.pick("coroutine.yield()", g.list(1+g.n(2), 1))))
	})
	g.line("end)")
	for range 2 + g.n(4) {
		g.line("P(coroutine.resume(%s, %s))", name, g.pick(g.list(1+g.n(2), 1), "id()", "nil, nil"))
	}
	g.line("P(coroutine.status(%s))", name)
	if wrap {
		g.line("%s = nil", name)
	}
}

// capture calls the closures that loops left behind.
func (g *generator) capture() {
	g.line("if G4 then for i = 1, #G4 do P('cap', i, G4[i]()) end end")
	g.line("G4 = nil")
}

func (g *generator) exit() {
	switch {
	case g.loops > 0 && g.chance(60):
		g.line("if %s then %s end", g.boolean(1), "break")
	default:
		g.line("if %s then return %s end", g.boolean(1), g.results(g.list(1+g.n(2), 1)))
	}
}

// gotoLoop is a loop made of gotos, with a local that is captured each time.
func (g *generator) gotoLoop() {
	n, name := g.fresh(), g.fresh()
	g.names++
	label := g.names
	g.line("do")
	g.scope(func() {
		g.line("local %s = 0", n)
		g.declare(n, 'a')
		g.line("::top%d::", label)
		g.scope(func() {
			g.line("F()")
			g.line("local %s = %s", name, n)
			g.declare(name, 'a')
			g.line("G4 = G4 or {}")
			g.line("G4[#G4 + 1] = function() %s = %s return %s end", name, g.any(0), name)
			g.line("if type(%s) == 'number' and %s < 3 then", n, n)
			g.scope(func() {
				g.block(1)
				g.line("%s = type(%s) == 'number' and %s + 1 or 9", n, n, n)
				g.line("goto top%d", label)
			})
			g.line("end")
		})
	})
	g.line("end")
}
