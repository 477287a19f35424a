package analysis

import (
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/runtime/analysis/internal/syntax"
)

// handedTo is what a verb calls a function with that is the call's argument at position i,
// as the parameter's type for editors says.
func (w *walker) handedTo(c *syntax.Call, i int) []origin {
	v, method := w.called(c)
	if v == nil {
		return nil
	}
	params := positionalParams(v)
	if method {
		i++ // the object is the first argument
	}
	if i >= len(params) {
		return nil
	}
	return w.callbackArguments(params[i])
}

// modulePrefix is how editors' names of modules begin.
const modulePrefix = "cloudscript."

// callbackArguments reads "fun(server: server, t: cloudscript.t): any". What is
// neither an object nor a module is not known.
func (w *walker) callbackArguments(p *runtime.Param) []origin {
	list, ok := strings.CutPrefix(p.Editor, "fun(")
	list, _, closed := strings.Cut(list, ")")
	if !ok || !closed {
		return nil
	}
	var args []origin
	for part := range strings.SplitSeq(list, ",") {
		_, typ, _ := strings.Cut(part, ":")
		name, isModule := strings.CutPrefix(strings.TrimSpace(typ), modulePrefix)
		switch {
		case isModule && w.env.modules[name] != nil:
			args = append(args, origin{module, name})
		case w.env.rt.Object(name) != nil:
			args = append(args, origin{object, name})
		default:
			args = append(args, origin{})
		}
	}
	return args
}
