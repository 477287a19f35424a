// Package runtime runs Lua scripts that act on the world only through declared
// verbs.
//
// The concepts, in the order in which one meets them:
//
//   - A Verb is one thing that a script can ask of the world, declared once as
//     data plus one Go function. Modules group verbs; bindings and stdlib
//     return modules, and so can any Go program.
//   - A Program is a compiled script: immutable, safe to share, identified by
//     the SHA-256 of its source.
//   - A Runtime is modules, policy and limits, immutable after New and safe for
//     many goroutines. It runs programs.
//   - A run is one execution of a program. It has tasks (the main one, and one
//     for each item of parallel.map), a budget and a result. Only one task of a
//     run executes Lua at a time; it hands over at verb calls that wait.
//   - The door is the chain that every verb call passes: argument check, policy,
//     plan, journal, budget, audit, and last the verb's Go function. Nothing
//     reaches the network, the disk, the clock or randomness except through it.
//   - A Session is a run that stays open and takes one piece of source after
//     another: the prompt.
//
// The shortest use:
//
//	rt, err := runtime.New(runtime.Config{Modules: stdlib.Modules(stdlib.Config{})})
//	prog, err := runtime.Compile("hello.lua", []byte(`print("hello")`))
//	res, err := rt.Run(ctx, prog, runtime.RunOptions{Stdout: os.Stdout})
//
// Func makes a verb of a Go function and a struct; Policy and Limits bound what
// other people's scripts may do, which is nothing outside the run until a Policy
// allows it; Session.Call and Session.Apply call functions of a script from Go;
// OnCall, OnLog and OnProgress tell the host what a run does, says and waits for. The
// examples are a tour of all of it.
//
// Every error that ends a run is an *Error: kind, script position, Lua stack,
// cause, and a text with the source line for people.
//
// Where things are:
//
//	verb.go, declare.go        declarations, and the checks that New makes of them
//	language.go                what scripts find: sealed modules, functions of verbs
//	interpreter.go             a Lua state, leased clean to one run after another
//	run.go, task.go, baton.go  an execution, its branches, who executes Lua
//	parallel.go, spawn.go      several tasks
//	verb_call.go, door*.go     a verb call, from Lua to the Go function and back
//	door_audit.go, log.go, progress.go
//	                           what the host is told
//	arguments.go, convert.go   what the script passed becomes what the verb declares
//	tolua.go, togo.go, structs.go
//	                           Go values to Lua and back
//	cancel.go, limits.go, memory*.go, cleanup.go
//	                           how a run ends before its end, and what happens then
//	error*.go, hint.go         errors in Go, in Lua, on the screen
//	internal/vm, internal/lualib, internal/luajson, internal/layout
//	                           the interpreter, Lua's library, JSON, text for people
package runtime
