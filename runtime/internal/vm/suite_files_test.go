package vm

// A stretch is the part of a file from one text to before another, or to the end.
type stretch struct{ from, to, why string }

// A suiteFile says what is done to a file of the suite before it runs.
type suiteFile struct {
	prelude string    // runs before it, on its first line
	revived []stretch // gopher-lua commented it out, as it does not pass there
	cut     []stretch // does not run here, for the reason given
}

const environments = "loaded code has its caller's globals, and threads have none of their own"

var suite = map[string]suiteFile{
	"attrib": {
		revived: []stretch{{"-- do\n--   local a,i,j,b", "print('OK')", ""}},
		cut:     []stretch{{"do --[\n", "print(\"testing assignments", "no package library, no files"}},
	},
	"big": {
		prelude: "stat = function() end",
		cut: []stretch{
			{"local longs", "print('+')", "a string of 4 GB"},
			{"require \"checktable\"", "--[[ lots of empty lines", "no module files"},
			{"function xxxx (x) coroutine.yield", "a = nil\nb = nil\na1 = nil", "the file runs outside a coroutine"},
		},
	},
	"calls": {
		revived: []stretch{{"-- a, b = load(function () error", "-- test generic load", ""}},
		cut: []stretch{
			{`assert(debug.getinfo(a).source`, `-- x = string.dump`, "no debug library"},
			{"-- x = string.dump", "a, b = load(function () error", "no bytecode; load reads all of its text before it compiles"},
			{"-- test for dump/undump", "-- test for bug in parameter adjustment", "no bytecode"},
		},
	},
	"closure": {
		revived: []stretch{
			{"--[[\n\nlocal A,B", "\n\n-- testing closures with 'for'", ""},
			{"--[[\nlocal C", "\n\n-- old bug: attempt to resume itself", ""},
		},
		cut: []stretch{
			{"-- force a GC in this level", "assert(a[1]() == 20+A)", "no weak tables"},
			{"assert(getmetatable(x).__mode", "assert(B.g == 19)", "no weak tables"},
			{"-- tests for global environment", "-- tests for multiple yield", environments},
			{"assert(C[1] == nil)", "assert(f() == 43", "no weak tables"},
			{"-- coroutine environments", "print'OK'", environments},
		},
	},
	"constructs": {cut: []stretch{{`assert(debug.getinfo(1, "n")`, "return a,2,3", "no debug library"}}},
	"errors": {cut: []stretch{
		{"checksyntax(\"break label", "assert(doit\"assert(false)\")", "break may stand anywhere, and an empty statement is one"},
		{"checksyntax([[\n  local a = {4", "-- tests for better error messages", "the end of the source is named otherwise"},
		{"checkmessage(\"getmetatable(io.stdin)", "print'+'\n\n\n-- testing line error", "no files"},
		{"-- teste de linhas em erro", "-- error in error handling", "no debug library"},
		{"-- testing syntax limits", "-- testing other limits", "limits are named otherwise"},
		{"-- upvalues", "-- local variables", "a function may have 255 upvalues"},
	}},
	"events": {
		revived: []stretch{{"--[[\n-- testing proxies", "\n\n-- testing metatables for basic", ""}},
		cut: []stretch{
			{"-- testing proxies", "a = {}\nrawset(a", "no userdata made by scripts"},
			{"-- testing metatables for basic types", "print 'OK'", "only tables get metatables"},
		},
	},
	"files": {
		revived: []stretch{{"-- T = os.date", "do\n  local T = os.date", ""}},
		cut: []stretch{
			{"local file", "local t = os.time()", "no files"},
			{"io.output(io.stdout)", "local d = os.date('%d')", "no files"},
			{"io.write(", "", "no files"},
		},
	},
	"gc": {cut: []stretch{
		{"local bytes = gcinfo()", "lim = 15\na = {}\n-- fill a with `collectable' indices", "no control of the collector"},
		{"print('weak tables')", "if not rawget(_G, \"_soft\") then\n  print(\"deep", "no weak tables, userdata or finalizers"},
		{"-- create a userdata to be collected", "print('OK')", "no userdata"},
	}},
	"literals": {cut: []stretch{{"if os.setlocale", "print('OK')", "no locales"}}},
	"locals": {cut: []stretch{
		{"local a,b = f[8](1)", "end\n\n-- test for global table", environments},
		{"assert(getfenv(foo(\"\")) == _G)", "-- testing limits for special instructions", environments},
	}},
	"math": {cut: []stretch{
		{"f = io.tmpfile()", "do   -- testing NaN", "no files"},
		{`require "checktable"`, "a = nil", "no module files"},
	}},
	"nextvar": {
		cut: []stretch{
			{"--a = 0; for i=1, 0, -0.01", "a = 0; for i=0, 0.999", "C Lua counts 100 as well"},
			{`a = 0; for i="10"`, "collectgarbage()", "the bounds of a loop are numbers"},
		},
	},
	"pm": {revived: []stretch{
		{"-- assert(strset('[a-]')", "assert(strset('[a%-]')", ""},
		{"-- assert(strset('[]%%]')", "assert(strset('[%]%%]')", ""},
		{`-- assert(string.gsub("aaa aa`, "\n\nprint('OK')", ""},
	}},
	"sort": {revived: []stretch{{"          -- loadstring", "          return x<y", ""}}},
	"strings": {
		revived: []stretch{
			{"-- assert(string.format('%q%s'", "assert(string.format('') ==", ""},
			{`-- assert(loadstring("return 1`, "assert(table.concat{}", ""},
		},
		cut: []stretch{{`if not trylocale("collate")`, "print('OK')", "no locales"}},
	},
	"vararg":  {revived: []stretch{{"--[[\nlocal a = vararg", "\n\nlocal t = {1, 10}", ""}}},
	"verybig": {prelude: inMemory},
}

// inMemory is what writes a file and runs it, without a file.
const inMemory = `
	local text = {}
	local function write(...) for i = 1, select("#", ...) do text[#text + 1] = (select(i, ...)) end end
	io, os = {write = write, output = print, close = print}, {tmpname = print, remove = type}
	dofile = function() return assert(loadstring(table.concat(text), "=verybig"))() end
	require, stat = print, print`

// notRun are the files of the suite that do not run at all.
var notRun = map[string]string{
	"all":        "runs the others",
	"api":        "needs C Lua's internal test library, without which it does nothing",
	"checktable": "needs the same library",
	"code":       "needs the same library",
	"db":         "no debug library",
	"main":       "tests the command of C Lua",
}
