// Package luanum writes numbers as text and reads them back the way C Lua 5.1
// does: what tostring, `..` and print show, and what tonumber, arithmetic on
// strings and numerals in source accept.
package luanum
