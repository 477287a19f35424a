package site

import (
	"fmt"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
)

// A verbView is what a page shows of a verb.
type verbView struct {
	Name      string
	Page      string
	Signature string
	Returns   []phrase
	Effect    string
	Summary   string
	Doc       []phrase
	Params    []paramView
	Method    string // how it is called as a method, "" if it is none
	Errors    []link
	Example   []Piece
	Run       *Run
	SeeAlso   []link
}

type paramView struct {
	Name     string
	Type     string
	Required bool
	Named    bool
	Secret   bool
	Default  string
	Enum     []string
	Doc      []phrase
}

func (b *builder) verb(page string, v *runtime.Verb) verbView {
	view := verbView{
		Name: v.Name, Page: page, Signature: v.Signature(), Effect: v.Effect.String(), Summary: v.Summary(),
		Returns: b.links.returns(page, v.Returns), Doc: b.links.prose(page, v.Doc, v.Name),
		SeeAlso: b.links.seeAlso(page, v),
	}
	for _, p := range v.Params {
		view.Params = append(view.Params, b.param(page, v, p))
	}
	if v.Method != "" {
		view.Method = methodSignature(v)
		b.entry(v.Method+":"+v.Function(), "method", view.Summary, page+"#"+v.Name)
	}
	for _, kind := range v.Errors {
		view.Errors = append(view.Errors, link{string(kind), b.explained(string(kind))})
	}
	if v.Example != "" {
		view.Example = b.Highlight(strings.TrimSpace(v.Example))
	}
	view.Run = b.Example(v.Name)
	b.entry(v.Name, v.Effect.String(), view.Summary, page+"#"+v.Name)
	return view
}

func (b *builder) param(page string, v *runtime.Verb, p runtime.Param) paramView {
	view := paramView{Name: p.Name, Type: p.TypeWords(), Required: p.Required, Named: p.Named, Secret: p.Secret,
		Enum: p.Enum, Doc: b.links.prose(page, p.Doc, v.Name)}
	if p.Default != nil {
		view.Default = fmt.Sprint(p.Default)
	}
	return view
}

// methodSignature is how a verb is called as a method of its object.
func methodSignature(v *runtime.Verb) string {
	inner := *v
	inner.Name, inner.Params = v.Method+":"+v.Function(), v.Params[1:]
	return inner.Signature()
}
