// Package repl is the prompt: it reads Lua line by line, evaluates it in a
// runtime.Session and prints the values.
//
//   - Prompt is the loop. It knows nothing of terminals: lines come from a
//     Lines, output goes to an io.Writer, and what ends a call under way is the
//     caller's Interruptible. Open gives it a Place, where its calls go.
//   - Terminal is the Lines of a person at a terminal: keys, history and completion
//     by chzyer/readline, to which it adds pasting, entries of several lines that
//     indent themselves, hints and colours; its screen draws all of that. Piped
//     reads lines from any io.Reader.
//   - History keeps entries in a file that only its owner can read, and leaves
//     out those that look as if they held a secret.
//
// An entry is one piece of Lua, on as many lines as it takes; a question such as
// servers.create?; or a command such as :save. The prompt evaluates Lua when it
// is complete, prints the values of an expression, and keeps the first one in _.
//
// What the prompt knows beside the declarations (Describe) it has from a watcher
// in the door of its sessions: the last calls, and the resources that answers
// named. Completion looks at values of the session while the watcher refuses
// calls, so it never acts. A small lexer serves colours, completion, sources of
// functions and saving.
//
// Nothing here touches the network; only what the entries call does.
package repl
