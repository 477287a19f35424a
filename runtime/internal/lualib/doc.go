// Package lualib is the standard library that scripts see: the functions of Lua
// 5.1 that neither compile code nor switch threads (those belong to the VM
// layer). It replaces the library that gopher-lua ships, which lets one call
// exhaust the process, prints Go values and differs from Lua in many places.
//
// A [Library] is built once with [New] and is immutable: its functions and
// tables are shared by every state and goroutine that opens it. What belongs to
// one run, and everything that costs, is asked of the [Host] that
// [Library.Open] ties to a state:
//
//   - Charge before and during work whose length depends on input, so that a
//     limit or a cancellation stops a call in the middle;
//   - Reserve before memory is taken whose size depends on input;
//   - Print, Now, CPU, RandomSeed and Memory instead of the process's own.
//
// Where the functions are:
//
//	base_*.go    tostring, pairs, select …; tostring gives sequential ids, not addresses
//	string_*.go  string.*, over the packages pattern (matching) and printf (conversions)
//	table_*.go   table.*, with sorts that are stable: merge_sort.go, radix_sort.go
//	math*.go     math.*, with a generator for each run
//	os*.go       os.time, clock, date, difftime, over the package strftime
//	argument.go, raise.go  argument checks and errors in C Lua's words
//	sealed.go    tables that scripts can read but not change, and lazy tables
//
// How numbers are written and read is in the package luanum.
//
// # Speed
//
// BenchmarkLibrary takes turns with gopher-lua's own library. On a busy machine
// with two cores, times as fast as that:
//
//	gsub            3.2 one match, 10 to 16 with tables and captures, 1000 for 10,000 matches
//	match, gmatch   3.6 to 6, 8 a mix of patterns, 90 without a match
//	format          3.1 one %d, 3.9 to 6.4 others
//	concat          4.3 2,000 items, 1.35 three items, 1.0 a megabyte
//	sort            3.1 numbers, 5 texts, 1.1 with an order function
//	insert, remove  0.75
//
// Where it is less than 3, the rest is not the library's: copying the megabyte,
// the machine's calls of the order function, and of the 238 ns of a short concat
// the 118 that a call of string.len takes as well, of which 18 are for the seal.
//
// The differences from Lua 5.1 that are meant are listed in differences.md.
package lualib
