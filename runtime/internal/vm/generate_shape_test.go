package vm

import "fmt"

// Statements of several lines that random choice would hardly put together.

// gotoShape is a way to use goto other than to continue a loop.
func (g *generator) gotoShape() {
	g.names++
	label := g.names
	switch g.n(5) {
	case 0:
		g.gotoOut(label)
	case 1:
		g.line("do")
		g.scope(func() {
			g.line("if %s then goto skip%d end", g.boolean(1), label)
			g.line("do")
			g.inner()
			g.line("end")
			g.line("::skip%d::", label)
		})
		g.line("end")
	case 2:
		g.gotoStates(label)
	case 3:
		g.gotoRepeat(label)
	default:
		g.gotoLoop()
	}
}

// gotoOut leaves two loops at once; what the inner one captured lives on.
func (g *generator) gotoOut(label int) {
	a, b := g.fresh(), g.fresh()
	g.line("do")
	g.scope(func() {
		g.line("for %s = 1, 3 do", a)
		g.line("for %s = %s, 3 do", b, a)
		g.loops++
		g.scope(func() {
			g.vars = append(g.vars, genVar{a, 'n'}, genVar{b, 'n'})
			g.line("F()")
			g.line("G4 = G4 or {}")
			g.line("G4[#G4 + 1] = function() %s = %s return %s, %s end", b, g.num(0), a, b)
			g.line("if %s then goto out%d end", g.boolean(1), label)
			g.block(1)
		})
		g.loops--
		g.line("end")
		g.line("end")
		g.line("::out%d::", label)
	})
	g.line("end")
}

// gotoStates is a machine whose states are labels.
func (g *generator) gotoStates(label int) {
	n := g.fresh()
	g.line("do")
	g.scope(func() {
		g.line("local %s = 0", n)
		g.line("::a%d:: F() %s = %s + 1 P('a', %s)", label, n, n, n)
		g.line("if %s > 3 then goto done%d end", n, label)
		g.line("if %s then goto b%d end", g.boolean(1), label)
		g.line("goto c%d", label)
		g.line("::b%d:: P('b', %s) if %s > 1 then goto c%d end", label, n, n, label)
		g.line("goto a%d", label)
		g.line("::c%d:: do", label)
		g.inner()
		g.line("end")
		g.line("goto a%d", label)
		g.line("::done%d::", label)
	})
	g.line("end")
}

// gotoRepeat continues a loop whose condition reads a local of its body.
func (g *generator) gotoRepeat(label int) {
	n, name := g.fresh(), g.fresh()
	g.line("do")
	g.scope(func() {
		g.line("local counter%d = 0", label)
		g.line("repeat")
		g.loops++
		g.scope(func() {
			g.line("F() counter%d = counter%d + 1", label, label)
			g.line("local %s, %s = counter%d, %s", n, name, label, g.any(1))
			g.vars = append(g.vars, genVar{n, 'a'}, genVar{name, 'a'})
			g.line("if %s then goto again%d end", g.boolean(1), label)
			g.line("do")
			g.inner()
			g.line("end")
			g.line("::again%d::", label)
		})
		g.loops--
		g.line("until counter%d > 3 or %s == 3", label, n)
	})
	g.line("end")
}

// object makes objects by metatables: inheritance, forwarding, a locked one.
func (g *generator) object() {
	g.names++
	id := g.names
	switch g.n(3) {
	case 0:
		g.line("local A%d = {}", id)
		g.line("A%d.__index = A%d", id, id)
		g.line("function A%d:get(...)", id)
		g.function([]genVar{{"self", 't'}}, true, func() {
			g.line("F()")
			g.line("return self.v, %s", g.list(1, 1))
		})
		g.line("end")
		g.line("local B%d = setmetatable({}, {__index = A%d})", id, id)
		g.line("B%d.__index = B%d", id, id)
		g.line("function B%d:get(...) F() return 'B', A%d.get(self, ...) end", id, id)
		name := g.fresh()
		g.line("local %s = setmetatable({v = %s}, %s%d)", name, g.any(1), g.pick("A", "B"), id)
		g.declare(name, 't')
		g.line("P(%s:get(%s))", name, g.list(1+g.n(2), 1))
		g.line("P(%s.missing, rawget(%s, 'get'), rawequal(%s, %s))", name, name, name, name)
	case 1:
		name := g.fresh()
		log := fmt.Sprintf("log%d", id)
		g.line("local %s = {}", log)
		g.line("local %s = setmetatable({}, {__newindex = %s, __index = log%d})", name, g.pick(log, "function(t, k, v) F() "+log+"[k] = v end"), id)
		g.declare(name, 't')
		g.line("%s.x = %s", name, g.any(1))
		g.line("P(%s.x, rawget(%s, 'x'), log%d.x)", name, name, id)
	case 2:
		g.line("P(getmetatable(setmetatable({}, {__metatable = %s})))", g.any(0))
		g.line("P(pcall(setmetatable, setmetatable({}, {__metatable = 1}), {}))")
		g.line("P(tostring(O(%s)), O(%s)(%s))", g.num(1), g.num(0), g.list(1+g.n(2), 1))
	}
}

// nested is a coroutine inside a coroutine inside a protected call.
func (g *generator) nested() {
	outer, inner, v := g.fresh(), g.fresh(), g.fresh()
	g.line("local %s = coroutine.wrap(function(...)", outer)
	g.function(nil, true, func() {
		g.line("local %s = coroutine.create(function(%s, ...)", inner, v)
		g.function([]genVar{{v, 'a'}}, true, func() {
			g.co = true
			g.block(1)
			g.line("P('inner', coroutine.yield(%s))", g.list(1+g.n(2), 1))
			if g.chance(40) {
				g.line("error(%s)", g.pick("'E:inner'", "{}", "'E:flat', 0"))
			}
			g.line("return %s", g.results(g.list(1+g.n(2), 1)))
		})
		g.line("end)")
		g.protected(func() {
			g.line("P(coroutine.resume(%s, ...))", inner)
			g.line("P(coroutine.status(%s))", inner)
			g.block(1)
			if g.chance(50) {
				g.line("error('E:between')")
			}
		})
		g.line("P('outer', coroutine.yield(%s))", g.list(1, 1))
		g.line("P(coroutine.resume(%s, %s))", inner, g.list(1, 1))
		g.line("return coroutine.status(%s), %s", inner, g.list(1, 1))
	})
	g.line("end)")
	for range 2 + g.n(2) {
		g.line("P(pcall(%s, %s))", outer, g.list(1+g.n(2), 1))
	}
}

// takeApart is a function that takes its arguments apart.
func (g *generator) takeApart() {
	name := g.fresh()
	g.line("local function %s(...)", name)
	g.declare(name, 'f')
	g.function(nil, true, func() {
		a, b, t := g.fresh(), g.fresh(), g.fresh()
		g.line("F() if select('#', ...) > 20 then return end")
		g.line("local %s, %s = ...", a, b)
		g.line("local %s = {%s...}", t, g.pick("", "1, ", "..., "))
		g.declare(a, 'a')
		g.declare(b, 'a')
		g.declare(t, 't')
		g.line("P(select('#', ...), (...), %s[1], %s[2])", t, t)
		g.line("for i = 1, select('#', ...) do P(i, (select(i, ...))) end")
		if g.chance(50) {
			g.line("%s, %s = select(2, ...)", a, b)
		}
		g.block(g.n(2))
		g.line("return %s", g.pick("...", "select(2, ...)", "id(...)", "(...)", a+", ...", "id(unpack("+t+", 1, 3))"))
	})
	g.line("end")
	g.line("P(%s(%s))", name, g.list(1+g.n(4), 1))
}
