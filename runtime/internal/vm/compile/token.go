package compile

type kind int

// The kinds of tokens. Single characters are their own kind.
const (
	tEOF kind = iota + 256
	tName
	tString
	tNumber
	tConcat // ..
	tDots   // ...
	tEq     // ==
	tNe     // ~=
	tLe     // <=
	tGe     // >=
	tDouble // ::
	tAnd
	tBreak
	tDo
	tElse
	tElseif
	tEnd
	tFalse
	tFor
	tFunction
	tIf
	tIn
	tLocal
	tNil
	tNot
	tOr
	tRepeat
	tReturn
	tThen
	tTrue
	tUntil
	tWhile
)

var keywords = map[string]kind{
	"and": tAnd, "break": tBreak, "do": tDo, "else": tElse, "elseif": tElseif, "end": tEnd,
	"false": tFalse, "for": tFor, "function": tFunction, "if": tIf, "in": tIn, "local": tLocal,
	"nil": tNil, "not": tNot, "or": tOr, "repeat": tRepeat, "return": tReturn, "then": tThen,
	"true": tTrue, "until": tUntil, "while": tWhile,
}

var kindNames = func() map[kind]string {
	names := map[kind]string{
		tEOF: "end of the source", tName: "a name", tString: "a string", tNumber: "a number",
		tConcat: "'..'", tDots: "'...'", tEq: "'=='", tNe: "'~='", tLe: "'<='", tGe: "'>='", tDouble: "'::'",
	}
	for word, k := range keywords {
		names[k] = "'" + word + "'"
	}
	return names
}()

// String is the kind as an error message names it.
func (k kind) String() string {
	if s, ok := kindNames[k]; ok {
		return s
	}
	return "'" + string(rune(k)) + "'"
}

type token struct {
	kind         kind
	line, column int     // where it starts
	start, end   int     // its text in the source
	str          string  // of a name or string
	num          float64 // of a number
}
