// Command cloudscript runs Lua scripts against clouds.
//
// This package is wiring: it reads flags, puts clients, bindings and a runtime
// together, and turns errors into text and exit codes. One command is one file
// (run.go, sim.go, …) of two functions: one that parses its flags into an
// options struct, and one that does the work from such a struct.
//
// The way of one command: main → execute → the command's cobra.Command →
// its run function → streams.report, which prints what went wrong and chooses
// the exit code. What the commands share:
//
//   - streams.go: standard input, output and error, and whether they are terminals
//   - exit.go, report.go: exit codes, and errors as text or JSON
//   - interrupt.go: what Ctrl-C does
//   - world.go: the clouds that a run sees: the real ones, or with --sim a
//     simulator in this process under a virtual clock
//
// Standard output carries what was asked for (the script's output, the JSON, the
// help) and nothing else; everything that the tool itself says goes to standard
// error.
package main
