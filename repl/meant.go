package repl

import (
	"github.com/cloudscript/cloudscript/internal/lazyregexp"
	"github.com/cloudscript/cloudscript/runtime"
)

// loneName is an entry that only names something.
var loneName = lazyregexp.New(`^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$`)

// elsewhere are what people type who know other prompts.
var elsewhere = map[string]string{
	"help": ":help tells what there is at this prompt",
	"quit": "exit() leaves, and so does Ctrl-D",
}

// sayWhatWasMeant follows the value of an entry that only names something: a function
// was probably to be called.
func (p *Prompt) sayWhatWasMeant(entry string, values []runtime.Value) {
	if len(values) != 1 || !loneName.MatchString(entry) {
		return
	}
	switch values[0].Kind() {
	case runtime.FunctionValue:
		p.sayHint(entry + "() calls it, " + entry + "? tells more")
	case runtime.NilValue:
		p.sayHint(p.place.Runtime.Absent(entry))
		p.sayWhereElse(entry)
	}
}

// sayWhereElse follows an entry that another prompt has.
func (p *Prompt) sayWhereElse(name string) {
	if elsewhere[name] != "" && p.peek(name).Kind() == runtime.NilValue {
		p.sayHint(elsewhere[name])
	}
}

// sayHint prints a hint, if there is one, as that of an error is.
func (p *Prompt) sayHint(text string) {
	head := "hint:"
	if p.Color {
		head = inColour(goodAttribute, head)
	}
	if text != "" {
		p.tell(head + " " + text + "\n")
	}
}
