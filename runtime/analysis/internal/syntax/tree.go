package syntax

// A Pos is a place in a source text. Line and Column (in bytes) count from 1.
type Pos struct{ Line, Column int }

// Pos makes every node that embeds a Pos know its place.
func (p Pos) At() Pos { return p }

// An Expr is an expression.
type Expr interface{ At() Pos }

type (
	// A Constant is nil, true or false.
	Constant struct {
		Pos
		Text string
	}

	// A Number is a numeral.
	Number struct {
		Pos
		Value float64
	}

	// A String is a string without its quotes, escapes replaced.
	String struct {
		Pos
		Value string
	}

	// A Vararg is `...`.
	Vararg struct{ Pos }

	// A Name is a variable where it is declared or used.
	Name struct {
		Pos
		Text string
	}

	// An Index is Object.Key or Object[Key]. It stands at its key.
	Index struct {
		Pos
		Object, Key Expr
	}

	// A Call is Func(Args) or, with a Method, Func:Method(Args). It stands at
	// the last name of what is called.
	Call struct {
		Pos
		Func   Expr
		Method *Name // nil for a plain call
		Args   []Expr
	}

	// A Function is a function's parameters and body.
	Function struct {
		Pos
		Params []*Name // self included
		Body   []Stmt
	}

	// A Table is a table constructor.
	Table struct {
		Pos
		Fields []Field
	}

	// A Binary is Left Op Right.
	Binary struct {
		Pos
		Op          string
		Left, Right Expr
	}

	// A Unary is Op X; Op is "-", "not" or "#".
	Unary struct {
		Pos
		Op string
		X  Expr
	}

	// A Paren is (X), which is one value.
	Paren struct {
		Pos
		X Expr
	}
)

// A Field is one entry of a table constructor. Key is nil for items by position,
// and a String for Name = Value.
type Field struct{ Key, Value Expr }

// A Stmt is a statement.
type Stmt interface{ At() Pos }

type (
	// A Local is local Names = Values.
	Local struct {
		Pos
		Names  []*Name
		Values []Expr
	}

	// A LocalFunction is local function Name.
	LocalFunction struct {
		Pos
		Name *Name
		Func *Function
	}

	// A FunctionStmt is function Target(): a Name, or an Index of one.
	FunctionStmt struct {
		Pos
		Target Expr
		Func   *Function
	}

	// An Assign is Targets = Values.
	Assign struct {
		Pos
		Targets, Values []Expr
	}

	// A CallStmt is a call for its effect.
	CallStmt struct {
		Pos
		Call *Call
	}

	// A Do is a block of its own.
	Do struct {
		Pos
		Body []Stmt
	}

	// A While is while Cond do Body end.
	While struct {
		Pos
		Cond Expr
		Body []Stmt
	}

	// A Repeat is repeat Body until Cond, which sees Body's locals.
	Repeat struct {
		Pos
		Body []Stmt
		Cond Expr
	}

	// An If has a Cond for every Body but the one of else, which comes last.
	If struct {
		Pos
		Conds  []Expr
		Bodies [][]Stmt
	}

	// A NumericFor is for Var = Bounds do Body end, with two or three bounds.
	NumericFor struct {
		Pos
		Var    *Name
		Bounds []Expr
		Body   []Stmt
	}

	// A GenericFor is for Names in Values do Body end.
	GenericFor struct {
		Pos
		Names  []*Name
		Values []Expr
		Body   []Stmt
	}

	// A Return ends a function with Values.
	Return struct {
		Pos
		Values []Expr
	}

	// A Jump is break, goto or a label: nothing that tools look into.
	Jump struct{ Pos }
)
