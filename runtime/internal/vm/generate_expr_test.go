package vm

import (
	"fmt"
	"strings"
)

func (g *generator) list(n, d int) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = g.any(d)
	}
	if g.chance(25) {
		parts[n-1] = g.multi(d)
	}
	return strings.Join(parts, ", ")
}

// multi is an expression with any number of values.
func (g *generator) multi(d int) string {
	switch g.n(8) {
	case 0:
		if g.varargs {
			return "..."
		}
		return "none()"
	case 1:
		return fmt.Sprintf("id(%s)", g.list(1+g.n(3), d-1))
	case 2:
		if f := g.variable('f'); f != "" {
			return fmt.Sprintf("%s(%s)", f, g.list(1+g.n(2), d-1))
		}
	case 3:
		return fmt.Sprintf("pcall(id, %s)", g.list(1, d-1))
	case 4:
		return fmt.Sprintf("O(%s)(%s)", g.num(d-1), g.list(1+g.n(2), d-1))
	case 5:
		if g.co {
			return fmt.Sprintf("coroutine.yield(%s)", g.list(1+g.n(2), d-1))
		}
	case 6, 7:
		return g.libraryCall(d)
	}
	return fmt.Sprintf("id(%s)", g.any(d-1))
}

func (g *generator) any(d int) string {
	if d <= 0 {
		switch g.n(7) {
		case 0:
			return "nil"
		case 1:
			return g.pick("true", "false")
		case 2:
			return g.str(0)
		case 3:
			if v := g.variable('a'); v != "" {
				return v
			}
		}
		return g.num(0)
	}
	switch g.n(17) {
	case 0, 1, 2:
		return g.num(d)
	case 3, 4:
		return g.str(d)
	case 5:
		return g.boolean(d)
	case 6:
		return fmt.Sprintf("(%s)", g.multi(d))
	case 7:
		return fmt.Sprintf("%s and %s", g.any(d-1), g.any(d-1))
	case 8:
		return fmt.Sprintf("%s or %s", g.any(d-1), g.any(d-1))
	case 9:
		return fmt.Sprintf("(%s and %s or %s)", g.boolean(d-1), g.any(d-1), g.any(d-1))
	case 10:
		return g.table(d)
	case 11:
		if t := g.variable('t'); t != "" {
			return fmt.Sprintf("%s[ %s ]", t, g.key(d-1))
		}
	case 12:
		if t := g.variable('t'); t != "" {
			return t + "." + g.pick("x", "y", "z")
		}
	case 13:
		if d > 1 && g.depth < 6 {
			return g.closure(d)
		}
	case 14:
		return g.pick("G1", "G2", "G3")
	case 15:
		if v := g.variable('a'); v != "" {
			return v
		}
	case 16:
		return g.metaOperation(d)
	}
	return g.any(0)
}

func (g *generator) num(d int) string {
	if d <= 0 {
		if v := g.variable('n'); v != "" && g.chance(60) {
			return v
		}
		if !g.labels && g.chance(10) { // LuaJIT rounds 1e15 + 50 up to 14 digits
			return g.pick("2^53", "1e15", "-2^31", "99999999999999")
		}
		return g.pick("0", "1", "2", "3", "10", "0.5", "-1", "7", "1e3", "0x10", ".25", "100", "0.1", "-7.5", "123456.789")
	}
	switch g.n(12) {
	case 0, 1, 2, 3:
		if g.chance(30) { // no division by zero: how NaN is written differs
			return g.binary(g.num(d-1), g.pick("/", "%"), g.pick("2", "3", "7", "0.5", "-3", "1e3", "0.3"))
		}
		return g.binary(g.num(d-1), g.pick("+", "-", "*", "^ 2 -"), g.num(d-1))
	case 4:
		if operand := g.num(d - 1); g.positive {
			return g.binary("0", "-", operand)
		} else {
			return "- " + operand
		}
	case 5:
		return fmt.Sprintf("#%s", g.str(0))
	case 6:
		return fmt.Sprintf("(%s or %s)", g.boolean(d-1), g.num(d-1))
	case 7:
		return fmt.Sprintf("select('#', %s)", g.list(1+g.n(2), d-1))
	case 8:
		return fmt.Sprintf("first(%s, %s)", g.num(d-1), g.any(d-1))
	case 9, 10:
		return g.numberCall(d)
	}
	return fmt.Sprintf("(%s)", g.num(d-1))
}

func (g *generator) str(d int) string {
	if d <= 0 {
		if v := g.variable('s'); v != "" && g.chance(60) {
			return v
		}
		return g.pick(`"a"`, `"b\n"`, `'it"s'`, `[[long]]`, `""`, `"5"`, `"x\065"`, `[==[a]]b]==]`, `"(a1 bb) X_y"`)
	}
	switch g.n(10) {
	case 0, 1:
		return fmt.Sprintf("(%s .. %s)", g.str(d-1), g.pick(g.str(d-1), g.num(0), g.num(d-1)))
	case 2:
		return fmt.Sprintf("(%s .. %s .. %s)", g.str(d-1), g.num(d-1), g.str(d-1))
	case 3:
		return fmt.Sprintf("(%s):sub(%s, %s)", g.str(d-1), g.pick("1", "2", "-2"), g.pick("1", "3", "-1"))
	case 4:
		return fmt.Sprintf("S(%s)", g.any(d-1))
	case 5, 6, 7, 8:
		return g.stringCall(d)
	}
	return fmt.Sprintf("(%s):upper()", g.str(d-1))
}

func (g *generator) boolean(d int) string {
	if d <= 0 {
		return g.pick("true", "false", "nil", "G3", "not G1")
	}
	switch g.n(8) {
	case 0, 1:
		return fmt.Sprintf("%s %s %s", g.num(d-1), g.pick("<", ">", "<=", ">=", "==", "~="), g.num(d-1))
	case 2:
		return fmt.Sprintf("%s %s %s", g.any(0), g.pick("==", "~="), g.any(0))
	case 3:
		return fmt.Sprintf("not %s", g.boolean(d-1))
	case 4:
		return fmt.Sprintf("(%s and %s)", g.boolean(d-1), g.boolean(d-1))
	case 5:
		return fmt.Sprintf("(%s or %s)", g.boolean(d-1), g.boolean(d-1))
	case 6:
		return fmt.Sprintf("O(%s) %s O(%s)", g.num(d-1), g.pick("<", "<=", "==", ">"), g.num(d-1))
	}
	return fmt.Sprintf("%s %s %s", g.str(d-1), g.pick("<", "=="), g.str(d-1))
}

func (g *generator) key(d int) string {
	return g.pick("1", "2", "3", `"x"`, `"y"`, g.num(d), g.str(0))
}

func (g *generator) table(d int) string {
	var parts []string
	used := map[string]bool{}
	for range g.n(5) {
		switch g.n(4) {
		case 0:
			name := g.pick("x", "y", "z")
			if !used[name] { // which of two same names wins differs
				parts = append(parts, name+" = "+g.any(d-1))
			}
			used[name] = true
		case 1:
			key := g.pick(`"k"`, "-1", "true", "S")
			if !used[key] {
				parts = append(parts, fmt.Sprintf("[%s] = %s", key, g.any(d-1)))
			}
			used[key] = true
		default:
			parts = append(parts, g.any(d-1))
		}
	}
	if g.chance(20) {
		parts = append(parts, g.multi(d-1))
	}
	if g.chance(4) { // a row of 50 before something else
		parts = append([]string{strings.Repeat("1, ", 48) + "2, 3"}, parts...)
	}
	if len(parts) > 0 && g.chance(10) {
		return fmt.Sprintf("setmetatable({%s}, M)", strings.Join(parts, "; "))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// closure is a function expression on one line.
func (g *generator) closure(d int) string {
	va := g.chance(30)
	p := []genVar{{g.fresh(), 'a'}, {g.fresh(), 'a'}}
	params := p[0].name + ", " + p[1].name
	if va {
		params += ", ..."
	}
	var body string
	g.function(p, va, func() {
		set := ""
		if v := g.variable('n'); v != "" && g.chance(50) {
			set = fmt.Sprintf("%s = %s ", v, g.num(1))
		}
		body = fmt.Sprintf("F() %sreturn %s", set, g.results(g.list(1+g.n(2), d-1)))
	})
	return fmt.Sprintf("function(%s) %s end", params, body)
}
