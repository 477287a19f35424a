package vm

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// generate makes a random program that ends and prints what it computes. The
// same seed gives the same program. Programs with labels use goto.
func generate(seed uint64, labels bool) string {
	return generateProgram(seed, labels, false)
}

// generatePositive is the program of the seed, in which what may be a negative
// zero is made a positive one.
func generatePositive(seed uint64, labels bool) string {
	return generateProgram(seed, labels, true)
}

func generateProgram(seed uint64, labels, positive bool) string {
	g := &generator{r: rand.New(rand.NewPCG(seed, 51)), labels: labels, positive: positive}
	if positive {
		g.raw("function Z(v) if v == 0 then return 0 end return v end ") // no line and no local of its own
	}
	g.raw(prelude)
	for range 3 + g.n(4) {
		g.line("P(pcall(function()") // also what the arguments of the call inside raise
		g.protected(func() { g.block(2 + g.n(6)) })
		g.line("end))")
	}
	return g.b.String()
}

// prelude bounds the program's work and prints values so that every Lua writes
// them the same way: errors of the machine's own wording are shown by line, and
// without the second position that C Lua's coroutine.wrap puts in front.
const prelude = `local fuel = 3000
local function F() fuel = fuel - 1 if fuel < 0 then error("E:fuel", 0) end return true end
local function S(v)
  local t = type(v)
  if t == "number" then if v ~= v then return "nan" elseif v == 0 then return "0" end return tostring(v) end
  if t == "string" then
    if string.find(v, "E:fuel", 1, true) then return "E:fuel" end
    v = string.gsub(v, "^stdin:%d+: (stdin:%d+: )", "%1")
    if string.find(v, "stack overflow", 1, true) then return "overflow" end
    if string.find(v, ":%d+:") and not string.find(v, "E:", 1, true) then return "error at " .. string.match(v, ":(%d+):") end
    if #v > 60 then return "long" .. #v end
    return v
  end
  if t == "nil" or t == "boolean" then return tostring(v) end
  return t
end
local function P(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = S((select(i, ...))) end
  print(select("#", ...), table.concat(out, " "))
end
local function id(...) return ... end
local function first(a) return a end
local function none() end
local M = {}
M.__index = function(t, k) return "idx" .. tostring(k) end
M.__add = function(a, b) return "add" end
M.__sub = function(a, b) return 7, 8 end
M.__concat = function(a, b) return (type(a) == "table" and "T" or tostring(a)) .. "&" .. (type(b) == "table" and "T" or tostring(b)) end
M.__eq = function(a, b) return true end
M.__lt = function(a, b) return a.v < b.v end
M.__le = function(a, b) return a.v <= b.v end
M.__call = function(self, ...) return select("#", ...), ... end
M.__mul = function(a, b) return type(a) .. "*" .. type(b) end
M.__div = function(a, b) return nil end
M.__mod = function(a, b) return b end
M.__pow = function(a, b) error("E:pow") end
M.__tostring = function(a) return "O" .. S(a.v) end
M.__unm = function(a) return "unm" end
M.__newindex = function(t, k, v) rawset(t, k, v) end
local function O(v) return setmetatable({v = v}, M) end
G1, G2 = 1, "g"
`

// A variable of a generated program: n number, s string, t table, f function,
// a anything.
type genVar struct {
	name string
	typ  byte
}

type generator struct {
	r       *rand.Rand
	b       strings.Builder
	indent  int
	vars    []genVar
	names   int
	depth   int // of blocks
	loops   int // enclosing loops in this function
	funcs   int
	varargs bool
	co      bool // in a coroutine's body, outside any function in it
	labels  bool

	positive bool // see binary
}

func (g *generator) n(n int) int             { return g.r.IntN(n) }
func (g *generator) chance(pct int) bool     { return g.n(100) < pct }
func (g *generator) raw(s string)            { g.b.WriteString(s) }
func (g *generator) pick(s ...string) string { return s[g.n(len(s))] }

// binary is an operation on numbers. Its result may be a negative zero, which
// gopher-lua does not have, and which C Lua's compiler mistakes for 0 where it
// folds constants.
func (g *generator) binary(left, op, right string) string {
	if g.positive {
		return fmt.Sprintf("Z(Z(%s) %s %s)", left, op, right)
	}
	return fmt.Sprintf("(%s %s %s)", left, op, right)
}

func (g *generator) line(format string, args ...any) {
	g.b.WriteString(strings.Repeat(" ", g.indent))
	fmt.Fprintf(&g.b, format, args...)
	g.b.WriteByte('\n')
}

func (g *generator) fresh() string {
	g.names++
	if g.chance(20) && len(g.vars) > 0 { // shadow
		return g.vars[g.n(len(g.vars))].name
	}
	return fmt.Sprintf("v%d", g.names)
}

// variable is a visible variable of a type, or "".
func (g *generator) variable(typ byte) string {
	for range 6 {
		if len(g.vars) == 0 {
			return ""
		}
		v := g.vars[len(g.vars)-1-min(g.n(len(g.vars)), g.n(len(g.vars)))]
		shadowed := false
		for i := len(g.vars) - 1; i >= 0; i-- {
			if g.vars[i].name == v.name {
				shadowed = g.vars[i] != v
				break
			}
		}
		if !shadowed && (v.typ == typ || typ == 'a') {
			return v.name
		}
	}
	return ""
}

func (g *generator) declare(name string, typ byte) { g.vars = append(g.vars, genVar{name, typ}) }

// scope runs f and forgets the variables that it declared.
func (g *generator) scope(f func()) {
	n, l := len(g.vars), g.indent
	g.indent++
	g.depth++
	f()
	g.depth--
	g.vars, g.indent = g.vars[:n], l
}

// function writes the body of a function whose first line is written.
func (g *generator) function(params []genVar, varargs bool, f func()) {
	loops, va, co := g.loops, g.varargs, g.co
	g.loops, g.varargs, g.co = 0, varargs, false
	g.funcs++
	g.scope(func() {
		g.vars = append(g.vars, params...)
		f()
	})
	g.funcs--
	g.loops, g.varargs, g.co = loops, va, co
}

func (g *generator) protected(f func()) {
	g.line("P(pcall(function(...)")
	g.function(nil, true, f)
	g.line("end, %s))", g.list(1+g.n(3), 1))
}

// results is a list to return. With LuaJIT nothing of the library is called last:
// it puts what such a call raises down to another line.
func (g *generator) results(list string) string {
	if g.labels {
		return "id(" + list + ")"
	}
	return list
}
