// Package strftime formats times with the conversions of C's strftime in the C
// locale, for Lua's os.date.
package strftime
