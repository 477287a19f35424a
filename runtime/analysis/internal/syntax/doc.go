// Package syntax reads Lua source into a tree whose nodes know their line and
// column.
//
// It is for tools that look at scripts: the runtime's own compiler is one pass
// and has no tree, and gopher-lua's tree has no columns and another grammar.
// Parse takes what the compiler accepts and is not a judge of what is wrong:
// tools compile first, and show the compiler's message.
package syntax
