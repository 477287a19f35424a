package lualex

// A Kind is what a token is.
type Kind int

// The kinds of tokens. Single characters are their own kind.
const (
	EOF Kind = iota + 256
	Name
	String
	Number
	Concat      // ..
	Dots        // ...
	Eq          // ==
	Ne          // ~=
	Le          // <=
	Ge          // >=
	DoubleColon // ::
	And
	Break
	Do
	Else
	Elseif
	End
	False
	For
	Function
	If
	In
	Local
	Nil
	Not
	Or
	Repeat
	Return
	Then
	True
	Until
	While
)

var keywords = map[string]Kind{
	"and": And, "break": Break, "do": Do, "else": Else, "elseif": Elseif, "end": End,
	"false": False, "for": For, "function": Function, "if": If, "in": In, "local": Local,
	"nil": Nil, "not": Not, "or": Or, "repeat": Repeat, "return": Return, "then": Then,
	"true": True, "until": Until, "while": While,
}

var kindNames = func() map[Kind]string {
	names := map[Kind]string{
		EOF: "end of the source", Name: "a name", String: "a string", Number: "a number",
		Concat: "'..'", Dots: "'...'", Eq: "'=='", Ne: "'~='", Le: "'<='", Ge: "'>='", DoubleColon: "'::'",
	}
	for word, k := range keywords {
		names[k] = "'" + word + "'"
	}
	return names
}()

// IsWord reports whether tokens of the kind are keywords or symbols, which are all
// their text says.
func (k Kind) IsWord() bool { return k < EOF || k > Number }

// IsKeyword reports whether a name is kept for the language.
func IsKeyword(name string) bool { _, ok := keywords[name]; return ok }

// String is the kind as an error message names it.
func (k Kind) String() string {
	if s, ok := kindNames[k]; ok {
		return s
	}
	return "'" + string(rune(k)) + "'"
}

// A Token is a word, symbol, name, string or number of the source.
type Token struct {
	Kind         Kind
	Line, Column int     // where it starts, from 1
	Start, End   int     // its text in the source
	Str          string  // of a name or keyword, or the value of a string
	Num          float64 // of a number
}
