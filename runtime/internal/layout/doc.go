// Package layout turns Lua values into text for people: lists of records as
// aligned tables fitted to a width, one record as a column of fields, anything
// else as a Lua literal that is indented where it is long.
//
// Widths are those of a terminal (wide and combining characters count as the
// terminal draws them), and control characters in data are escaped, so that the
// name of a server cannot move somebody's cursor.
package layout
