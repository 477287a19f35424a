package repl

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/cloudscript/cloudscript/internal/english"
)

func (p *Prompt) history(_ context.Context, argument string) error {
	n := 20
	if argument != "" {
		var err error
		if n, err = strconv.Atoi(argument); err != nil || n < 1 {
			return p.refuse(":history takes a number of entries, not %q", argument)
		}
	}
	entries := p.kept
	if p.place.History != nil {
		var err error
		if entries, err = p.place.History.Entries(); err != nil {
			return p.refuse("the history cannot be read: %v", err)
		}
	}
	first := max(0, len(entries)-n)
	var b strings.Builder
	for i, entry := range entries[first:] {
		fmt.Fprintf(&b, "%5d  %s\n", first+i+1, strings.ReplaceAll(p.coloured(entry), "\n", "\n       "))
	}
	return p.show(b.String())
}

// coloured is a piece of Lua for the screen.
func (p *Prompt) coloured(source string) string {
	if !p.Color || strings.HasPrefix(source, ":") {
		return source
	}
	return p.Highlighter().Highlight(source)
}

func (p *Prompt) save(_ context.Context, file string) error {
	script, entries, err := p.script(fromHome(file))
	if err != nil {
		return p.refuse("the session cannot be written as a script: %v", err)
	}
	switch {
	case len(p.done) == 0:
		return p.refuse("there is nothing to save yet: no entry has succeeded")
	case entries == 0:
		return p.refuse("there is nothing to save: each entry seems to hold a secret, or cloudscript check would refuse it")
	}
	f, err := os.OpenFile(fromHome(file), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if os.IsExist(err) {
		return p.refuse("%s exists; choose another name, or remove it first", file)
	}
	if err != nil {
		return p.refuse("%v", err)
	}
	if _, err := f.WriteString(script); err != nil {
		f.Close()
		return p.refuse("%v", err)
	}
	if err := f.Close(); err != nil {
		return p.refuse("%v", err)
	}
	p.tell(fmt.Sprintf("%s saved in %s; this runs it:\n  %s\n", english.Count(entries, "entry"), file, p.place.command(file)))
	switch left := len(p.done) - entries; {
	case left == 1:
		p.tell("1 entry was left out; a comment in the file says why\n")
	case left > 1:
		p.tell(fmt.Sprintf("%d entries were left out; comments in the file say why\n", left))
	}
	return nil
}

// fromHome is a path in which ~ stands for a person's own directory.
func fromHome(path string) string {
	rest, ok := strings.CutPrefix(path, "~/")
	if home, err := os.UserHomeDir(); ok && err == nil {
		return home + "/" + rest
	}
	return path
}

// load runs a file as if it had been typed: what it declares as local stays.
func (p *Prompt) load(ctx context.Context, file string) error {
	data, err := os.ReadFile(fromHome(file))
	if err != nil {
		return p.refuse("%v", err)
	}
	source := string(data)
	if strings.HasPrefix(source, "#!") {
		source = "--" + source
	}
	p.number++
	values, err := p.timed(ctx, file, source, source)
	if exits(err) {
		p.tell(file + " ended itself by exit\n")
	}
	if err != nil {
		return err
	}
	p.done = append(p.done, success{source: strings.TrimRight(source, "\n"), values: len(values)})
	p.learn(source)
	if len(values) > 0 {
		p.result(values[0])
	}
	return p.print(ctx, values)
}

// edit runs what a person makes of the last entry.
func (p *Prompt) edit(ctx context.Context, _ string) error {
	last := ""
	for _, entry := range p.kept {
		if !strings.HasPrefix(entry, ":") {
			last = entry
		}
	}
	text, err := p.Edit(ctx, last)
	if err != nil {
		return p.refuse("%v", err)
	}
	text = strings.TrimRight(text, "\n")
	if strings.TrimSpace(text) == "" {
		return nil
	}
	fmt.Fprintln(p.Err, p.coloured(text))
	p.keep(text)
	return p.lua(ctx, text)
}
