// Package printf formats single values the way C's printf does, for Lua's
// string.format: flags, width and precision of at most two digits, and the
// conversions d i u c o x X e E f F g G s.
package printf
