package site

import (
	"bytes"
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"maps"
	"slices"

	"github.com/cloudscript/cloudscript/internal/english"
	"github.com/cloudscript/cloudscript/runtime"
)

// A Site is what the pages are made of. Equal sites make equal files.
type Site struct {
	Runtime *runtime.Runtime
	Version string // of the program, for the foot of each page

	// Example is what became of a verb's example; nil if it was not run.
	Example func(verb string) *Run

	// Highlight splits Lua into pieces for colours.
	Highlight func(source string) []Piece

	Guides []Guide // in the order of the menu
}

// A Run is what became of an example.
type Run struct {
	Output   string // what it printed, or its value as the prompt shows it
	Requests []string
	Error    string // the error that it ended with, as it is meant to; "" for none
}

// A Piece is a part of Lua source. Class names a rule of style.css, or is "".
type Piece struct{ Text, Class string }

// A File is one file of a site.
type File struct {
	Name string // without a folder: "servers.html"
	Data []byte
}

//go:embed assets
var assets embed.FS

// Files are the pages and what they need, by name.
func (s *Site) Files() ([]File, error) {
	b := builder{Site: s, links: newLinks(s.Runtime)}
	if err := b.pages(); err != nil {
		return nil, err
	}
	for _, name := range []string{"style.css", "search.js"} {
		data, err := assets.ReadFile("assets/" + name)
		if err != nil {
			return nil, err
		}
		b.add(name, data)
	}
	b.add("search-index.js", b.searchIndex())
	slices.SortFunc(b.files, func(a, b File) int { return cmp.Compare(a.Name, b.Name) })
	for i := range len(b.files) - 1 {
		if b.files[i].Name == b.files[i+1].Name {
			return nil, fmt.Errorf("two pages are called %s", b.files[i].Name)
		}
	}
	return b.files, nil
}

// A builder makes the files of one site.
type builder struct {
	*Site
	links   *links
	guides  []guide
	menu    []menuSection
	entries []entry // for the search box
	files   []File
}

func (b *builder) add(name string, data []byte) { b.files = append(b.files, File{name, data}) }

// A menuSection is a heading of the menu, with the pages below it.
type menuSection struct {
	Heading string
	Items   []menuItem
}

type menuItem struct{ Name, Page, Summary string }

// functionsPage is the page of the verbs outside modules.
const functionsPage = "functions.html"

func modulePage(name string) string {
	if name == "" {
		return functionsPage
	}
	return name + ".html"
}

func (b *builder) pages() error {
	for _, g := range b.Guides {
		made, err := b.guide(g)
		if err != nil {
			return err
		}
		b.guides = append(b.guides, made)
	}
	b.menu = b.sections()
	if err := b.page("index.html", "index", "Reference", "Everything that scripts can call.", nil); err != nil {
		return err
	}
	var all []verbView
	for _, m := range b.Runtime.Modules() {
		view := b.module(m)
		all = append(all, view.Verbs...)
		if err := b.page(modulePage(m.Name), "module", view.Title, view.Summary, view); err != nil {
			return err
		}
	}
	slices.SortFunc(all, func(a, b verbView) int { return cmp.Compare(a.Name, b.Name) })
	if err := b.page("names.html", "names", "All verbs", "Every verb by name.", all); err != nil {
		return err
	}
	for _, g := range b.guides {
		if err := b.page(g.Page, "guide", g.Title, g.Summary, g); err != nil {
			return err
		}
	}
	return nil
}

// sections is the menu: guides, functions, then modules by section.
func (b *builder) sections() []menuSection {
	start := menuSection{Heading: "Start here"}
	for _, g := range b.guides {
		start.Items = append(start.Items, menuItem{g.Title, g.Page, g.Summary})
	}
	bySection := map[string][]menuItem{}
	for _, m := range b.Runtime.Modules() {
		if m.Name == "" {
			start.Items = append(start.Items, menuItem{"Functions", functionsPage, functionsSummary})
			continue
		}
		bySection[m.Section] = append(bySection[m.Section], menuItem{m.Name, modulePage(m.Name), english.FirstSentence(m.Doc)})
	}
	start.Items = append(start.Items, menuItem{"All verbs", "names.html", "Every verb by name, with its effect."})
	menu := []menuSection{start}
	for _, name := range slices.Sorted(maps.Keys(bySection)) {
		menu = append(menu, menuSection{cmp.Or(name, "Modules"), bySection[name]})
	}
	return menu
}

// A frame is what every page shows around its content.
type frame struct {
	Title, Description, Page, Version string
	Menu                              []menuSection
	Content                           any
}

// page renders a template of assets inside the layout.
func (b *builder) page(name, kind, title, description string, content any) error {
	t, err := template.ParseFS(assets, "assets/layout.html", "assets/verb.html", "assets/code.html", "assets/"+kind+".html")
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := t.ExecuteTemplate(&out, "layout.html", frame{title, description, name, b.Version, b.menu, content}); err != nil {
		return err
	}
	b.add(name, out.Bytes())
	return nil
}
