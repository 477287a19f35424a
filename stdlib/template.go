package stdlib

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"text/template"
	"text/template/parse"

	"github.com/cloudscript/cloudscript/runtime"
)

const (
	templateName   = "template"
	templateBytes  = 64 << 10 // of source
	longestMistake = 1000     // bytes of a message, which repeats texts
	templateDepth  = 100      // of blocks in one another, and of templates in one another
)

func templateVerb() runtime.Verb {
	return runtime.Verb{
		Name: "text.template",
		Doc: "Makes text of a template in the language of Go's text/template: {{.name}}, {{if}}, {{range}}, {{define}} and the " +
			"functions of that package. A field that is absent is an error. printf takes widths of up to 99, and print no tables. " +
			"A table that is written whole has no secret fields in it.",
		Params: []runtime.Param{
			{Name: "template", Type: runtime.String, Required: true, Doc: "the template, at most 64 KiB"},
			{Name: "fields", Type: runtime.Table, Doc: "what the template's dot is; whole numbers are integers there"}},
		Returns: "string",
		Example: `assert(text.template("{{range .servers}}{{.name}} {{end}}", {servers = {{name = "a"}, {name = "b"}}}) == "a b ")`,
		Inline:  fillTemplate,
	}
}

func fillTemplate(_ context.Context, c *runtime.Call) (any, error) {
	source := c.String("template")
	if len(source) > templateBytes {
		return nil, runtime.Errorf(runtime.Usage, "parameter \"template\": expected at most %d bytes, got %d; fill its parts one by one", templateBytes, len(source))
	}
	c.Reserve(int64(len(source)) * 16) // about what the tree takes
	t, err := template.New(templateName).Option("missingkey=error").Funcs(templateFunctions(c)).Parse(source)
	if err != nil {
		return nil, templateError(err)
	}
	out := &templateOutput{call: c, tick: []byte{}, enter: []byte{0}, leave: []byte{0}}
	for _, one := range t.Templates() {
		out.tree = one.Tree
		if !out.watch(one.Root, 0) {
			return nil, runtime.Errorf(runtime.BadRequest, "the template has blocks more than %d deep in one another", templateDepth)
		}
		one.Root.Nodes = append(append([]parse.Node{textNode(out.enter)}, one.Root.Nodes...), textNode(out.leave))
	}
	if err := t.Execute(out, templateValue(c.Table("fields"), looking(c))); err != nil {
		c.Reserve(0) // the run's end, if a function of the template met it, goes on
		return nil, templateError(err)
	}
	return out.text.String(), nil
}

// templateOutput takes what a template writes and charges it to the run, so that a
// template stops where a script would. Loops that write nothing and templates in
// one another are seen by marks that watch puts into the tree: texts that are
// known by where they are in memory, as no text of the template is there.
type templateOutput struct {
	call               *runtime.Call
	text               strings.Builder
	tree               *parse.Tree // that is watched
	depth              int         // of templates in one another
	tick, enter, leave []byte
}

func (o *templateOutput) Write(p []byte) (int, error) {
	o.call.Reserve(int64(len(p)) + 64) // 64 bytes cost a step
	switch {
	case same(p, o.enter):
		if o.depth++; o.depth > templateDepth {
			return 0, runtime.Errorf(runtime.BadRequest, "the template includes templates more than %d deep in one another", templateDepth)
		}
	case same(p, o.leave):
		o.depth--
	default:
		o.text.Write(p)
	}
	return len(p), nil
}

func same(a, b []byte) bool { return len(a) == len(b) && &a[0] == &b[0] }

func textNode(text []byte) *parse.TextNode {
	return &parse.TextNode{NodeType: parse.NodeText, Text: text}
}

// watch lets every round of a loop write something, and has all that is written go through
// the function shown. It reports false if the blocks are too deep in one another.
func (o *templateOutput) watch(list *parse.ListNode, depth int) bool {
	if list == nil {
		return true
	}
	if depth > templateDepth {
		return false
	}
	for _, node := range list.Nodes {
		var block *parse.BranchNode
		switch node := node.(type) {
		case *parse.RangeNode:
			block = &node.BranchNode
		case *parse.IfNode:
			block = &node.BranchNode
		case *parse.WithNode:
			block = &node.BranchNode
		case *parse.ActionNode:
			if len(node.Pipe.Decl) == 0 { // else it writes nothing
				shown := parse.NewIdentifier(shownName).SetPos(node.Pos).SetTree(o.tree)
				node.Pipe.Cmds = append(node.Pipe.Cmds, &parse.CommandNode{NodeType: parse.NodeCommand, Pos: node.Pos, Args: []parse.Node{shown}})
			}
			continue
		default:
			continue
		}
		if !o.watch(block.List, depth+1) || !o.watch(block.ElseList, depth+1) {
			return false
		}
		if block.NodeType == parse.NodeRange {
			block.List.Nodes = append([]parse.Node{textNode(o.tick)}, block.List.Nodes...)
		}
	}
	return true
}

// templateValue is a value of a script as templates expect it: whole numbers are
// integers, which print without an exponent and count and index. Of a value of the host's
// there is its text only, and nothing that it does not say of itself.
func templateValue(v any, look func()) any {
	look()
	switch v := v.(type) {
	case nil, bool, string:
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
			return int(v)
		}
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n
		}
	case fmt.Stringer:
		return v.String()
	case map[string]any:
		fields := make(map[string]any, len(v))
		for name, field := range v {
			fields[name] = templateValue(field, look)
		}
		return fields
	case []any:
		items := make([]any, len(v))
		for i, item := range v {
			items[i] = templateValue(item, look)
		}
		return items
	default:
		return string(runtime.UserdataValue)
	}
	return v
}

// templateError says where the template is wrong. A *runtime.Error that Write
// returned stays as it is.
func templateError(err error) error {
	if own, ok := err.(*runtime.Error); ok {
		return own
	}
	text := strings.TrimPrefix(err.Error(), "template: ")
	if place, ok := strings.CutPrefix(text, templateName+":"); ok {
		text = "line " + place
	}
	return runtime.Errorf(runtime.BadRequest, "the template, %s", strings.ToValidUTF8(text[:min(len(text), longestMistake)], ""))
}
