package repl

import (
	"errors"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
)

// lastPlaces is how many places are looked at where a last expression may begin.
const lastPlaces = 20

// returningLast is an entry that returns the expression with which it ends behind
// statements, as pasted ones do: "a = 1", a line end, "a + 1". Lua has no such programs
// unless the expression is a call. Every other entry stays as it is.
func returningLast(entry string) string {
	if !strings.ContainsAny(entry, "\n;") || isExpression(entry) {
		return entry
	}
	program := compiles(entry)
	if program && !endsInCall(entry) {
		return entry
	}
	tokens := lex(entry)
	tried := 0
	next := token{at: len(entry)} // the code that follows
	for i := len(tokens) - 1; i >= 0 && tried < lastPlaces; i-- {
		switch t := tokens[i]; {
		case t.kind == commentToken:
		case t.kind != blankToken && !t.is(";"):
			next = t
		case t.is(";") || strings.Contains(t.text, "\n"):
			tried++
			if program && next.kind != nameToken {
				continue // a bracket may go on with what the line before ends with
			}
			at := next.at
			if changed := entry[:at] + "return " + entry[at:]; compiles(entry[:at]) && compiles(changed) {
				return changed
			}
		}
	}
	return entry
}

// endsInCall reports whether the last piece of code may be the end of a call.
func endsInCall(source string) bool {
	tokens := code(source)
	if len(tokens) == 0 {
		return false
	}
	last := tokens[len(tokens)-1]
	return last.is(")") || last.is("}") || last.kind == textToken
}

// showTyped makes an error show its line as it was typed, without what was added.
func showTyped(err error, name, typed string) {
	var e *runtime.Error
	if !errors.As(err, &e) || e.Position.File != name || e.Position.Column > 0 {
		return
	}
	if lines := strings.Split(typed, "\n"); e.Position.Line > 0 && e.Position.Line <= len(lines) {
		e.Source = lines[e.Position.Line-1]
	}
}

func compiles(source string) bool {
	_, err := runtime.Compile("entry", []byte(source))
	return err == nil
}
