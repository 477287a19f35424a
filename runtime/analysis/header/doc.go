// Package header reads what a script says of itself at its top: what it does,
// and which parameters it takes.
//
//	#!/usr/bin/env cloudscript
//	--- Reboots the servers whose names start with a prefix.
//	--- @param prefix string "the start of their names"
//	--- @param region dfw|ord|lon "where they are" = dfw
//	--- @param limit? integer "at most so many"
//	--- @param force boolean "do not ask"
//
// The header is the first block of lines that start with three dashes, before
// any code; a block directly above a function documents that function instead.
// Parse reads it without running anything. Values gives the texts of a command
// line their types, fills in defaults, and says what is missing or wrong.
package header
