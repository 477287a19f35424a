package repl

import (
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
)

// lastPlaces is how many places are looked at where a last expression may begin.
const lastPlaces = 20

// returningLast is an entry that returns the expression with which it ends behind
// statements, as pasted ones do: "a = 1", a line end, "a + 1". Lua has no such programs.
// Every other entry stays as it is.
func returningLast(entry string) string {
	if !strings.ContainsAny(entry, "\n;") || isExpression(entry) || compiles(entry) {
		return entry
	}
	tokens := lex(entry)
	tried := 0
	at := len(entry) // of the code that follows
	for i := len(tokens) - 1; i >= 0 && tried < lastPlaces; i-- {
		switch t := tokens[i]; {
		case t.kind == commentToken:
		case t.kind != blankToken && !t.is(";"):
			at = t.at
		case t.is(";") || strings.Contains(t.text, "\n"):
			tried++
			if changed := entry[:at] + "return " + entry[at:]; compiles(entry[:at]) && compiles(changed) {
				return changed
			}
		}
	}
	return entry
}

func compiles(source string) bool {
	_, err := runtime.Compile("entry", []byte(source))
	return err == nil
}
