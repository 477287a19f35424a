package site

import (
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/internal/english"
	"github.com/cloudscript/cloudscript/runtime"
)

// An objectView is what a page shows of an object type.
type objectView struct {
	Name    string
	Doc     []phrase
	Fields  []fieldView
	Methods []methodView
}

type fieldView struct {
	Name, Type string
	Secret     bool
	Doc        []phrase
}

type methodView struct {
	Signature string
	Verb      link
	Summary   string
}

func (b *builder) object(page string, o *runtime.ObjectType) objectView {
	view := objectView{Name: o.Name, Doc: b.links.prose(page, o.Doc, "")}
	b.entry(o.Name, "type", english.FirstSentence(o.Doc), page+"#type."+o.Name)
	for _, f := range o.Fields {
		view.Fields = append(view.Fields, fieldView{f.Name, f.Type.String(), f.Secret, b.links.prose(page, f.Doc, "")})
	}
	for _, v := range b.Runtime.Methods(o.Name) {
		view.Methods = append(view.Methods, methodView{methodSignature(v), b.links.verb(page, v.Name), v.Summary()})
	}
	slices.SortFunc(view.Methods, func(a, b methodView) int { return strings.Compare(a.Signature, b.Signature) })
	return view
}
