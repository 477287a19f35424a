package vm

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/lualex"
	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
)

// A SyntaxError says why a source text cannot be compiled.
type SyntaxError struct {
	Chunk   string // the chunk's name
	Line    int    // from 1
	Column  int    // from 1, in bytes
	Message string // what was expected or is wrong
	Near    string // the token at the position; empty at the end of the source

	// Incomplete means that the source ended too early: more text could make it
	// right. A prompt asks for the next line.
	Incomplete bool
}

// Error is `chunk:line: message near 'token'`.
func (e *SyntaxError) Error() string {
	message := e.Message
	switch {
	case e.Near != "":
		message = lualex.Placed(message, "near '"+e.Near+"'")
	case e.Incomplete:
		message = lualex.Placed(message, "near the end of the source")
	}
	return fmt.Sprintf("%s:%d: %s", e.Chunk, e.Line, message)
}

// An Error is a Lua error that nothing in the script caught.
type Error struct {
	// Value is what was raised; nil when Cause ended the run.
	Value lua.LValue

	// Message is Value in words, without calling Lua: strings and numbers as
	// they are, a table's or userdata's field "message" when it is a string.
	Message string

	// Frames is the Lua stack where the error was raised, innermost first,
	// through protected calls and coroutines.
	Frames []Frame

	// Absence is the name that was nil, if the error is about one.
	Absence *Absence

	// Cause is the Go error behind the Lua error, if there is one: what stopped
	// the budget, an error value that a Go function raised in a userdata, or a
	// *PanicError.
	Cause error
}

// Error is the message.
func (e *Error) Error() string { return e.Message }

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Cause }

// A PanicError is a Go panic in a host function or in the interpreter.
type PanicError struct {
	Value any
	Stack []byte // the goroutine's stack; for the host, never for the script's author
}

func (e *PanicError) Error() string { return fmt.Sprintf("internal error: %v", e.Value) }

func messageOf(v lua.LValue) string {
	switch v := v.(type) {
	case lua.LString:
		return string(v)
	case lua.LNumber:
		return luanum.Format(float64(v))
	case *lua.LTable:
		if s, ok := v.RawGetString("message").(lua.LString); ok {
			return string(s)
		}
	case *lua.LUserData:
		if err, ok := v.Value.(error); ok {
			return err.Error()
		}
	}
	return fmt.Sprintf("(error object is a %s value)", v.Type())
}
