// Package repl is the prompt: it reads Lua line by line, evaluates it in a
// runtime.Session and prints the values.
//
//   - Prompt is the loop. It knows nothing of terminals: lines come from a
//     Lines, output goes to an io.Writer, and what ends a call under way is the
//     caller's Interruptible.
//   - Terminal is the Lines of a person at a terminal: editing, completion and
//     history by chzyer/readline. Piped reads lines from any io.Reader.
//   - History keeps entries in a file that only its owner can read, and leaves
//     out those that look as if they held a secret.
//
// An entry is one piece of Lua, on as many lines as it takes. The prompt
// evaluates it when it is complete, prints the values of an expression, and
// keeps the first one in the variable _. Nothing here touches the network; only
// what the entries call does.
package repl
