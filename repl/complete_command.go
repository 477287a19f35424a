package repl

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// completeCommand completes ":lo" and what a command takes.
func (p *Prompt) completeCommand(line string) ([]string, int) {
	name, argument, behind := strings.Cut(line[1:], " ")
	if !behind {
		var names []string
		for _, c := range p.commands() {
			text := c.name
			if c.argument != "" {
				text += " "
			}
			names = append(names, text)
		}
		return startingWith(sorted(names), name), len([]rune(name))
	}
	argument = strings.TrimLeft(argument, " ")
	switch name {
	case "load", "save":
		return files(argument)
	case "profile":
		if p.Profiles != nil {
			return startingWith(p.Profiles(), argument), len([]rune(argument))
		}
	case "help":
		return startingWith(sorted(DeclaredNames(p.place.Runtime)), argument), len([]rune(argument))
	case "time":
		return p.completeName(argument, nameSpot(code(argument)))
	}
	return nil, 0
}

// files are the files and directories that a path may go on to. Those that begin
// with a dot are offered when the dot is typed.
func files(typed string) ([]string, int) {
	dir, begun := filepath.Split(typed)
	where := dir
	if where == "" {
		where = "."
	}
	where = fromHome(where)
	entries, err := os.ReadDir(where)
	if err != nil {
		return nil, 0
	}
	var out []string
	for _, e := range entries {
		name := e.Name()
		if info, err := os.Stat(filepath.Join(where, name)); err == nil && info.IsDir() {
			name += "/"
		}
		if strings.HasPrefix(name, begun) && (begun != "" || name[0] != '.') {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out, len([]rune(begun))
}
