// Package pattern matches the patterns of Lua 5.1 (reference manual, section
// 5.4.1): character classes, sets, the quantifiers * + - ?, captures and
// position captures, back references, %b and %f.
//
// [Compile] turns a pattern into a [Pattern], which is immutable; a [Matcher]
// holds the captures of one match. Matching is by backtracking as in C Lua and
// finds the same match, so some patterns take very long on some subjects: a
// Matcher counts its steps and asks its Fuel function for more, which may panic
// to stop. Recursion is bounded.
//
// A malformed pattern is an error where C Lua finds it, which is when matching
// arrives at the malformed place, and in the same words.
package pattern
