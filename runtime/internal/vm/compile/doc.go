// Package compile turns Lua 5.1 source (with goto) into gopher-lua's bytecode.
//
// It takes the place of gopher-lua's own parser and compiler, whose code is
// wrong for ordinary programs: assignments to several locals, and/or chains
// assigned to a local, generic for, goto and break past captured locals, table
// constructors with 50 items before a named field, and more. The two machines
// share their instruction set with C Lua 5.1, so this is C Lua's one-pass
// compiler (lparser.c, lcode.c and llex.c of Lua 5.1.5, goto as in 5.2): the same
// order of evaluation, the same scoping, the same limits, in time that is linear
// in the length of the source, with nesting bounded by 200 levels.
//
// Chunk is the entry point. The package lualex makes tokens of the source text;
// then, in the order of the work:
//
//	statement, loop, goto, assign, expression, constructor, call
//	                     the grammar; each rule emits its code as it is read
//	scope, function      locals, upvalues, blocks
//	operand, jump, operator, code
//	                     instructions: where a value is, how it gets elsewhere
//	finish               the finished FunctionProto
//
// It differs from C Lua 5.1 on purpose in these points: `..`, % and the
// constructor in f{name = value} are compiled to calls of Options.Concat, Modulo
// and Record; goto and labels exist, and `goto` is a keyword only
// before a name; `break` may stand before other statements and `;` alone;
// `[[` inside `[[ ]]` is allowed; a function may have 255 upvalues instead of 60.
package compile
