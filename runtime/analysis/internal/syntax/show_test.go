package syntax

import (
	"fmt"
	"strconv"
	"strings"
)

// show writes a tree as Lua with every operator in parentheses.
func show(body []Stmt) string {
	var parts []string
	for _, s := range body {
		parts = append(parts, showStatement(s))
	}
	return strings.Join(parts, "; ")
}

func showStatement(s Stmt) string {
	switch s := s.(type) {
	case *Local:
		return "local " + join(s.Names) + " = " + join(s.Values)
	case *LocalFunction:
		return "local function " + s.Name.Text + showExpr(s.Func)
	case *FunctionStmt:
		return "function " + showExpr(s.Target) + showExpr(s.Func)
	case *Assign:
		return join(s.Targets) + " = " + join(s.Values)
	case *CallStmt:
		return showExpr(s.Call)
	case *Do:
		return "do " + show(s.Body) + " end"
	case *While:
		return "while " + showExpr(s.Cond) + " do " + show(s.Body) + " end"
	case *Repeat:
		return "repeat " + show(s.Body) + " until " + showExpr(s.Cond)
	case *If:
		var b strings.Builder
		for i, body := range s.Bodies {
			if i < len(s.Conds) {
				b.WriteString("if " + showExpr(s.Conds[i]) + " then " + show(body) + " ")
			} else {
				b.WriteString("else " + show(body) + " ")
			}
		}
		return b.String() + "end"
	case *NumericFor:
		return "for " + s.Var.Text + " = " + join(s.Bounds) + " do " + show(s.Body) + " end"
	case *GenericFor:
		return "for " + join(s.Names) + " in " + join(s.Values) + " do " + show(s.Body) + " end"
	case *Return:
		return "return " + join(s.Values)
	case *Jump:
		return "jump"
	}
	return fmt.Sprintf("%T", s)
}

func join[E Expr](list []E) string {
	var parts []string
	for _, e := range list {
		parts = append(parts, showExpr(e))
	}
	return strings.Join(parts, ",")
}

func showExpr(e Expr) string {
	switch e := e.(type) {
	case *Constant:
		return e.Text
	case *Number:
		return strconv.FormatFloat(e.Value, 'g', -1, 64)
	case *String:
		return strconv.Quote(e.Value)
	case *Vararg:
		return "..."
	case *Name:
		return e.Text
	case *Index:
		return showExpr(e.Object) + "[" + showExpr(e.Key) + "]"
	case *Call:
		f := showExpr(e.Func)
		if e.Method != nil {
			f += ":" + e.Method.Text
		}
		return f + "(" + join(e.Args) + ")"
	case *Function:
		return "(" + join(e.Params) + ") " + show(e.Body) + " end"
	case *Table:
		var parts []string
		for _, f := range e.Fields {
			part := showExpr(f.Value)
			if f.Key != nil {
				part = showExpr(f.Key) + "=" + part
			}
			parts = append(parts, part)
		}
		return "{" + strings.Join(parts, ",") + "}"
	case *Binary:
		if e.Op == "and" || e.Op == "or" {
			return "(" + showExpr(e.Left) + " " + e.Op + " " + showExpr(e.Right) + ")"
		}
		return "(" + showExpr(e.Left) + e.Op + showExpr(e.Right) + ")"
	case *Unary:
		if e.Op == "-" {
			return "(-" + showExpr(e.X) + ")"
		}
		return "(" + e.Op + " " + showExpr(e.X) + ")"
	case *Paren:
		return "(" + showExpr(e.X) + ")"
	}
	return fmt.Sprintf("%T", e)
}
