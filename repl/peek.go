package repl

import (
	"context"
	"slices"
	"time"

	"github.com/cloudscript/cloudscript/internal/lazyregexp"
	"github.com/cloudscript/cloudscript/runtime"
)

// peekTime ends looking at a value whose __index takes long.
const peekTime = 200 * time.Millisecond

// valuePath is what names a value without calling anything: x, x.y, x[1].y.
var valuePath = lazyregexp.New(`^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\[\d+\])*$`)

// look evaluates a piece of Lua for the prompt itself: verbs refuse, and nothing
// is printed.
func (p *Prompt) look(source string) []runtime.Value {
	ctx, cancel := context.WithTimeout(context.Background(), peekTime)
	defer cancel()
	var values []runtime.Value
	p.watch.silently(func() {
		var err error
		if values, err = p.session.Eval(ctx, "the prompt", source); err != nil {
			values = nil
		}
	})
	return values
}

// peek is the value that a path names; nil if there is none.
func (p *Prompt) peek(path string) runtime.Value {
	if !valuePath.MatchString(path) || slices.Contains(keywords, path) {
		return runtime.Value{}
	}
	if values := p.look(path); len(values) > 0 {
		return values[0]
	}
	return runtime.Value{}
}

// A member is a key of a table that can be written behind a dot.
type member struct {
	name string
	kind runtime.ValueKind
}

// members are the keys of the table that a path names, and of those in which Lua
// looks when they are not in it.
func (p *Prompt) members(path string) []member {
	if !valuePath.MatchString(path) {
		return nil
	}
	values := p.look(`(function(t)
		local out = {}
		for level = 1, 10 do -- of inheritance
			if type(t) ~= "table" then return out end
			for k, v in next, t do
				if type(k) == "string" then out[#out + 1], out[#out + 2] = k, type(v) end
			end
			local meta = getmetatable(t)
			t = type(meta) == "table" and rawget(meta, "__index")
		end
		return out
	end)(` + path + `)`)
	if len(values) == 0 {
		return nil
	}
	pairs, _ := values[0].Go().([]any)
	var out []member
	for i := 0; i+1 < len(pairs); i += 2 {
		name, _ := pairs[i].(string)
		kind, _ := pairs[i+1].(string)
		if isName(name) {
			out = append(out, member{name, runtime.ValueKind(kind)})
		}
	}
	return out
}

func isName(s string) bool {
	tokens := lex(s)
	return len(tokens) == 1 && tokens[0].kind == nameToken
}

// globals are the names of the global variables.
func (p *Prompt) globals() map[string]bool {
	names := map[string]bool{}
	for _, m := range p.members("_G") {
		names[m.name] = true
	}
	return names
}
