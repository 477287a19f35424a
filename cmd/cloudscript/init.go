package main

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/cloudscript/cloudscript"
	"github.com/cloudscript/cloudscript/internal/lazyregexp"
	"github.com/cloudscript/cloudscript/runtime/analysis/luacats"
	"github.com/spf13/cobra"
)

// starter are the files of a new project that are the same for everybody.
//
//go:embed starter
var starter embed.FS

func newInitCommand(s *streams) *cobra.Command {
	return &cobra.Command{
		Use:   "init [DIR]",
		Short: "Start a project: a script, its test, editor settings, a credentials template",
		Long: `Start a project in DIR, or here: a script to begin with, a module, a test of both,
annotations and settings for editors, a template for credentials, a .gitignore
and a README. Files that exist are left as they are.`,
		Example: `  cloudscript init fleet
  cd fleet
  cloudscript run --sim fleet.lua
  cloudscript test --cover`,
		Args: atMostOne,
		RunE: func(_ *cobra.Command, args []string) error { return startProject(s, append(args, ".")[0]) },
	}
}

// A starterFile is one file of a new project.
type starterFile struct {
	name, text string
	mode       fs.FileMode
}

func starterFiles() ([]starterFile, error) {
	files := []starterFile{
		{".luarc.json", luacats.Settings("types"), 0o644},
		{"credentials.example.toml", string(cloudscript.CredentialsExample), 0o644},
	}
	for _, f := range []struct {
		from, to string
		mode     fs.FileMode
	}{{"gitignore", ".gitignore", 0o644}, {"README.md", "README.md", 0o644}, {"fleet.lua", "fleet.lua", 0o755},
		{"group.lua", "group.lua", 0o644}, {"fleet_test.lua", "fleet_test.lua", 0o644}} {
		text, err := starter.ReadFile(path.Join("starter", f.from))
		if err != nil {
			return nil, err
		}
		files = append(files, starterFile{f.to, string(text), f.mode})
	}
	return files, nil
}

func startProject(s *streams, dir string) error {
	files, err := starterFiles()
	if err != nil {
		return err
	}
	rt, err := declarations(s)
	if err != nil {
		return err
	}
	for _, f := range luacats.Stubs(rt) {
		files = append(files, starterFile{path.Join("types", f.Name), f.Text, 0o644})
	}
	stubs, kept := 0, 0
	for _, f := range files {
		written, err := writeNew(filepath.Join(dir, f.name), f.text, f.mode)
		if err != nil {
			return err
		}
		switch stub := path.Dir(f.name) == "types"; {
		case stub && written:
			stubs++
		case stub:
			kept++
		case written:
			fmt.Fprintf(s.out, "%s\n", f.name)
		default:
			note := ""
			if f.name == ".gitignore" {
				note = ignoreNote(dir)
			}
			fmt.Fprintf(s.out, "%s is there already%s\n", f.name, note)
		}
	}
	if kept > 0 {
		fmt.Fprintf(s.out, "types/: %d files, %d are there already\n", stubs, kept)
	} else {
		fmt.Fprintf(s.out, "types/: %d files\n", stubs)
	}
	_, err = fmt.Fprintf(s.out, "\nNow: cloudscript run --sim %s\n     cloudscript test --cover %s\n", shellWord(filepath.Join(dir, "fleet.lua")), shellWord(dir))
	return err
}

// ignoreNote tells, where a .gitignore was kept that does not name the credentials, to
// add them: whoever fills in the template would commit keys.
func ignoreNote(dir string) string {
	text, _, err := readIfThere(filepath.Join(dir, ".gitignore"))
	if err != nil || strings.Contains(text, "credentials.toml") {
		return ""
	}
	return "; add to it: credentials.toml"
}

var safeWord = lazyregexp.New(`^[\pL\pN_./~+][\pL\pN_./~+-]*$`)

// shellWord is a path as a shell takes it for one word that is no flag.
func shellWord(path string) string {
	switch {
	case safeWord.MatchString(path):
		return path
	case strings.HasPrefix(path, "-"):
		path = "." + string(filepath.Separator) + path
	}
	if safeWord.MatchString(path) {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}
