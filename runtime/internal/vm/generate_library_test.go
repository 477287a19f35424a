package vm

import (
	"fmt"
	"strings"
)

// patterns and replacements of gsub that mean the same in every Lua 5.1.
var (
	genPatterns     = []string{"a", ".", "%a+", "%d", "[%w_]*", "(%a)(%d?)", "^%s*(.-)%s*$", "()%u", "x*", "%f[%a]%a", "[^aeiou]-$", "(.)%1", "%b()", "%p+"}
	genReplacements = []string{`""`, `"<%0>"`, `"%%"`, `"[%1]"`, `{a = "A", x = false}`, `function(c) return c end`, `function(...) F() return select("#", ...) end`}
)

func (g *generator) pattern() string { return `"` + genPatterns[g.n(len(genPatterns))] + `"` }

// stringCall is a call of the library that gives one string, or an error.
func (g *generator) stringCall(d int) string {
	s := g.str(d - 1)
	switch g.n(11) {
	case 0:
		return fmt.Sprintf("(%s):rep(%s)", s, g.pick("0", "1", "2", "3", "-1"))
	case 1:
		return fmt.Sprintf("(%s):reverse()", s)
	case 2:
		return fmt.Sprintf("string.lower(%s)", s)
	case 3:
		return fmt.Sprintf("(%s:gsub(%s, %s%s))", g.receiver(d), g.pattern(), g.pick(genReplacements...), g.pick("", "", ", 1", ", 0"))
	case 4:
		return fmt.Sprintf("(%s:match(%s) or %s)", g.receiver(d), g.pattern(), s)
	case 5:
		return fmt.Sprintf("table.concat({%s, %s}, %s)", s, g.num(d-1), g.str(0))
	case 6:
		return fmt.Sprintf("string.char(%s)", g.pick("65", "97, 98", "", "48 + 1"))
	case 7:
		return fmt.Sprintf("tostring(%s)", g.pick(g.num(d-1), "O("+g.num(0)+")", "nil", "true"))
	case 8:
		return fmt.Sprintf("(%s):upper():sub(%s):lower()", s, g.pick("2", "-3, -2", "1, 1"))
	}
	return g.format(d)
}

// receiver is a string to call a method of.
func (g *generator) receiver(d int) string { return "(" + g.str(d-1) + ")" }

// format is string.format. Fractions are not near zero, which has a sign in C Lua
// only, whole numbers are small, as C does not define others, and texts are no
// other values, which C Lua 5.1 refuses.
func (g *generator) format(d int) string {
	fractions := []string{"%f", "%e", "%g", "%G", "%14.8f|", "%-16e", "%#g", "%+f", "%016f"}
	if !g.labels { // LuaJIT rounds 2.5 up
		fractions = append(fractions, "%.2f", "%.0e", "%.3g", "%+.1f", "%.0f", "%5.1f", "%010.2f")
	}
	var verbs, args []string
	for range 1 + g.n(3) {
		switch g.n(4) {
		case 0:
			verbs, args = append(verbs, g.pick("%s", "%5s", "%-6s|", "%.2s", "%q")), append(args, "S("+g.str(d-1)+")")
		case 1:
			verbs, args = append(verbs, g.pick("%d", "%5d", "%-4d|", "%05d", "%+d", "% d", "%.3d")), append(args, "math.min("+g.num(d-1)+", 1e9) % 1e9 - 5e8")
		case 2:
			verbs, args = append(verbs, g.pick(fractions...)), append(args, g.pick("1 +", "-1 -")+" math.abs("+g.num(d-1)+")")
		case 3:
			verbs, args = append(verbs, g.pick("%x", "%X", "%#x", "%o", "%c", "%i", "%u")), append(args, g.pick("65", "97", "100", "48"))
		}
	}
	return fmt.Sprintf(`string.format("%s", %s)`, strings.Join(verbs, g.pick(" ", "", "%%")), strings.Join(args, ", "))
}

// numberCall is a call of the library that gives one number.
func (g *generator) numberCall(d int) string {
	switch g.n(8) {
	case 0:
		return fmt.Sprintf("math.floor(%s)", g.num(d-1))
	case 1:
		return fmt.Sprintf("math.%s(%s, %s)", g.pick("max", "min"), g.num(d-1), g.num(d-1))
	case 2:
		return fmt.Sprintf("math.abs(%s)", g.num(d-1))
	case 3:
		return fmt.Sprintf("(tonumber(%s) or %s)", g.pick(g.str(d-1), `"0x1F"`, `" 1e2 "`, `"ff", 16`, `"12", 3`, `"1_0"`, `"5."`), g.num(0))
	case 4:
		return fmt.Sprintf("(%s:find(%s) or 0)", g.receiver(d), g.pattern())
	case 5:
		return fmt.Sprintf("(%s:byte() or 0)", g.receiver(d))
	case 6:
		return fmt.Sprintf("(%s + %s)", g.pick(`"10"`, `"0x10"`, `" 2 "`, `"1e1"`, g.str(d-1)), g.num(d-1))
	}
	return g.binary(fmt.Sprintf("math.ceil(%s / 3)", g.num(d-1)), g.pick("+", "%", "<= 1 and 2 or"), "4")
}

// libraryCall is a call of the library with any number of results.
func (g *generator) libraryCall(d int) string {
	switch g.n(7) {
	case 0:
		return fmt.Sprintf("select(%s, %s)", g.pick("1", "2", "3", "-1", "-2"), g.list(1+g.n(4), d-1))
	case 1:
		return fmt.Sprintf("unpack({%s}, 1, %s)", g.list(1+g.n(3), d-1), g.pick("0", "1", "2", "3", "4"))
	case 2:
		return fmt.Sprintf("%s:find(%s, %s)", g.receiver(d), g.pattern(), g.pick("1", "2", "-2", "1, true"))
	case 3:
		return fmt.Sprintf("%s:match(%s)", g.receiver(d), g.pattern())
	case 4:
		return fmt.Sprintf("%s:gsub(%s, %s)", g.receiver(d), g.pattern(), g.pick(genReplacements...))
	case 5:
		return fmt.Sprintf("%s:byte(1, %s)", g.receiver(d), g.pick("2", "-1", "0"))
	}
	return fmt.Sprintf("next({%s})", g.any(d-1))
}

// metaOperation is an operator of which an operand has metamethods.
func (g *generator) metaOperation(d int) string {
	object, other := fmt.Sprintf("O(%s)", g.num(d-1)), g.pick(g.num(d-1), g.str(0), "O(2)")
	if g.chance(30) {
		return fmt.Sprintf("(%s %s %s)", other, g.pick("+", "-", "*", "/", "%", "^", ".."), object)
	}
	if g.chance(20) {
		return g.pick("-"+object, "#"+g.str(0), "not "+object, object+".k", object+"[1]")
	}
	return fmt.Sprintf("(%s %s %s)", object, g.pick("+", "-", "*", "/", "%", "^", ".."), other)
}

// sequence changes a list of numbers or of strings by the table library. Its order
// function burns no fuel, as every Lua compares in another order.
func (g *generator) sequence() {
	name := g.fresh()
	item := func() string { return fmt.Sprintf("tonumber(%s) or 0", g.num(1)) }
	if g.chance(40) {
		item = func() string { return fmt.Sprintf("S(%s)", g.str(1)) }
	}
	g.line("local %s = {%s, %s, %s}", name, item(), item(), item())
	for range 1 + g.n(4) {
		switch g.n(5) {
		case 0:
			g.line("table.insert(%s, %s)", name, item())
		case 1:
			g.line("table.insert(%s, 1, %s)", name, item())
		case 2:
			g.line("P(table.remove(%s%s))", name, g.pick("", ", 1"))
		case 3:
			g.line("table.sort(%s%s)", name, g.pick("", ", function(x, y) return x > y end"))
		case 4:
			g.line("%s[#%s + 1] = %s", name, name, item())
		}
	}
	g.line("P(#%s, table.concat(%s, ','))", name, name)
	g.declare(name, 't')
}

// matches is a loop over the matches of a pattern.
func (g *generator) matches() {
	a, b := g.fresh(), g.fresh()
	g.line(`for %s, %s in (%s):gmatch(%s) do`, a, b, g.str(1), g.pick(`"%a"`, `"(%w)(%w?)"`, `"()(.)"`, `"%d*"`))
	g.loop(genVar{a, 'a'}, genVar{b, 'a'})
	g.line("end")
}
