package site

import (
	"maps"
	"slices"

	"github.com/cloudscript/cloudscript/internal/english"
	"github.com/cloudscript/cloudscript/runtime"
)

const functionsSummary = "What scripts can call without a module's name."

// A moduleView is what a module's page shows.
type moduleView struct {
	Title   string
	Summary string
	Section string
	Doc     []phrase
	Values  []string // full names
	Verbs   []verbView
	Types   []objectView
}

func (b *builder) module(m runtime.Module) moduleView {
	page := modulePage(m.Name)
	view := moduleView{Title: m.Name, Summary: english.FirstSentence(m.Doc), Section: m.Section, Doc: b.links.prose(page, m.Doc, "")}
	if m.Name == "" {
		view.Title, view.Summary, view.Section = "Functions", functionsSummary, ""
		view.Doc = b.links.prose(page, functionsSummary, "")
	}
	b.entry(view.Title, "module", view.Summary, page)
	for _, name := range slices.Sorted(maps.Keys(m.Values)) {
		view.Values = append(view.Values, m.Name+"."+name)
	}
	for i := range m.Verbs {
		view.Verbs = append(view.Verbs, b.verb(page, &m.Verbs[i]))
	}
	for i := range m.Objects {
		view.Types = append(view.Types, b.object(page, &m.Objects[i]))
	}
	return view
}
