// Package vm is the one place where Lua source becomes code and code runs. It
// makes gopher-lua mean what Lua 5.1 means, and bounds what a script can take.
// Nothing else in the program may call DoString, Load, PCall or Resume.
//
// # Concepts
//
// Source becomes a Proto by Compile, or CompileLine for what is typed at a
// prompt. The compiler (package compile) replaces gopher-lua's, which is wrong
// for ordinary programs. A Proto is immutable and may run in many states at once.
//
// A State holds globals and threads. Libraries are registered on State.Main,
// then OpenBase adds what is the VM's own: pcall, xpcall, error, load,
// loadstring, require, coroutine and the arithmetic of strings. State.Load makes
// a function of a Proto and State.Call runs it.
//
// A Thread is one Lua stack. Every call from the host, every pcall and every
// coroutine has its own, because gopher-lua, when it catches an error, closes
// the captured locals of all live frames of the thread, and would disconnect
// them from their closures. A thread on which an error was raised is dropped.
// Go functions find their Thread with Of; they call Lua with Thread.Call.
//
// A Budget ends a run: by steps, by Stop from any goroutine, by a refused
// allocation. The end is not an error that Lua can catch: pcall, coroutines and
// every further instruction raise it again until State.Call returns. Scripts get
// a last word through Budget.Allow.
//
// An Error is what State.Call returns: the Lua value, its text, the Lua stack
// joined through pcall, coroutines and host functions, and the Go cause. A Go
// panic becomes a PanicError, ends the run and spoils the State.
//
// # Several tasks
//
// A State serves one goroutine at a time. A host with several tasks holds a lock
// while Lua runs and lets go of it inside Go functions, between reading their
// arguments and pushing results. gopher-lua's G.CurrentThread needs no care
// then: this package does not read it.
//
// # How a run is bounded
//
// The interpreter asks its context for Done before each instruction; a Thread is
// that context and counts. Measured against gopher-lua with a timeout context,
// taking turns in one process, a run takes x0.85 to x1.03 of the time, and
// x0.91 to x1.26 of the time without any context (BenchmarkRun).
//
// Coverage, where it is asked for, counts in the same place: gopher-lua has no
// hooks, and another context than the Thread's own costs those nothing who do not
// ask.
//
// What one instruction can do is bounded where it is not small:
//
//   - `..` is compiled to a call of a Go function, which reserves the memory
//     first, writes numbers as C Lua does (gopher-lua: 17 digits) and names the
//     operand that cannot be concatenated. BenchmarkRun/concat takes x0.8 of
//     the time of gopher-lua's instruction.
//   - % is compiled to a call too, for Lua 5.1's definition; it takes x1.1 of
//     the time of gopher-lua's instruction.
//   - < and <= of texts and of numbers are this package's own: gopher-lua compares texts
//     byte by byte, which takes 60 ms for 50 MB and cannot be stopped. BenchmarkRun/texts
//     takes x0.9 of the time of gopher-lua with a timeout context.
//   - A store far behind the end of an array, t[1000000] = x, allocates the whole
//     array. A thread looks for such stores where it counts them, and reserves the
//     memory first (far_store.go). The array part ends at MaxArrayIndex (gopher-lua's
//     variable, for the whole process), so one store takes 16 MB at most. `#t` does
//     not look further.
//   - The stack of a thread holds Options.StackSlots values, and a chunk has at
//     most 250 registers, 200 locals and 200 levels of nesting per function.
//   - Recursion ends at Options.CallDepth frames, protected calls and coroutines
//     inside one another at Options.Nesting; frames of threads below count too,
//     because their Go frames all lie on one Go stack. BudgetOptions.Depth ends the
//     run earlier, and costs nothing: the stacks of its threads end earlier.
//
// What one instruction does is not charged by how long it takes: `#t` walks back over
// the nils at the end of an array part, which a script can make 1<<20 long, and next
// over the keys that were ever in the hash part. Each ends within a millisecond or
// so, so a run can be stopped, but a limit of steps alone does not bound its time.
//
// Tables and closures grow by little per instruction. A host that bounds memory
// watches the heap and calls Budget.Interrupt or Stop, which take effect at the
// next instruction; BudgetOptions.Inspect lets it look before large allocations,
// and State.Held tells what it holds on to.
//
// # What stays different from C Lua 5.1
//
// See differences.md, which a test keeps true.
package vm
