// Package analysis finds mistakes in scripts without running them.
//
// A Checker knows what a Runtime offers to scripts: its declared verbs, object
// types, constants, and Lua's own library. Check reads one script and returns a
// Report: Findings, each with a Rule, a message, what to do and a place, and
// Uses, the verbs that the script and the modules that it requires name, by
// effect.
//
// It says only what is sure, in the words of the runtime: what it calls a
// finding fails when the line is reached, or, for unused locals, accidental
// globals and fields that a module lacks, is not what anybody means. A value whose
// origin it cannot see is assumed to be right.
//
// In the order of the work: environment (what exists), walk (statements and
// expressions, with scope), names (globals, locals, modules), static (the origin
// of a value), call and literal (arguments), use (effects), module (what a script
// requires), silence (comments that take findings away).
package analysis
