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
//	rt, err := runtime.New(runtime.Config{Modules: stdlib.Modules()})
//	prog, err := runtime.Compile("hello.lua", []byte(`print("hello")`))
//	res, err := rt.Run(ctx, prog, runtime.RunOptions{Stdout: os.Stdout})
//
// Every error that ends a run is an *Error: kind, script position, Lua stack,
// cause, and a text with the source line for people.
package runtime
