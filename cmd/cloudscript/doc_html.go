package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/cloudscript/cloudscript"
	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/cmd/cloudscript/internal/site"
	"github.com/cloudscript/cloudscript/repl"
	"github.com/cloudscript/cloudscript/runtime"
)

// siteGuides are the guides of a site in the order in which they are read.
var siteGuides = []string{"language", "scripts", "errors", "testing", "tools"}

// writeSite makes the reference as a folder of web pages.
func writeSite(ctx context.Context, s *streams, dir string) error {
	ctx, stop := interruptible(ctx, s)
	defer stop()
	files, err := siteFiles(ctx, s, apiclient.Version())
	if err != nil {
		return err
	}
	var refused *site.FolderError
	switch err := site.Write(dir, files); {
	case errors.As(err, &refused):
		return &usageError{message: refused.Message, hint: refused.Hint}
	case err != nil: // of the file system
		return unusable(err)
	}
	_, err = fmt.Fprintf(s.out, "%d files in %s; open %s\n", len(files), dir, filepath.Join(dir, "index.html"))
	return err
}

func siteFiles(ctx context.Context, s *streams, version string) ([]site.File, error) {
	rt, err := declarations(s)
	if err != nil {
		return nil, err
	}
	runs, err := runExamples(ctx, rt)
	if err != nil {
		return nil, err
	}
	colours := repl.Highlighter{Declared: declaredGlobal(rt)}
	pages := site.Site{
		Runtime: rt, Version: version,
		Example: func(verb string) *site.Run { return runs[verb] },
		Highlight: func(source string) (pieces []site.Piece) {
			for _, p := range colours.Pieces(source) {
				pieces = append(pieces, site.Piece{Text: p.Text, Class: p.Kind})
			}
			return pieces
		},
	}
	for _, name := range siteGuides {
		text, err := cloudscript.Guides.ReadFile("docs/" + name + ".md")
		if err != nil {
			return nil, err
		}
		pages.Guides = append(pages.Guides, site.Guide{Name: name, Markdown: text})
	}
	return pages.Files()
}

// declaredGlobal reports whether a global name is a module or a verb.
func declaredGlobal(rt *runtime.Runtime) func(name string) bool {
	names := map[string]bool{}
	for _, m := range rt.Modules() {
		names[m.Name] = true
	}
	return func(name string) bool { return names[name] || rt.Verb(name) != nil }
}
