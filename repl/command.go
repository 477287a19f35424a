package repl

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/internal/english"
	"github.com/cloudscript/cloudscript/internal/lazyregexp"
	"github.com/cloudscript/cloudscript/internal/nearest"
)

// A command is an entry that begins with a colon and is about the prompt, not
// about a cloud.
type command struct {
	name, argument, doc string
	run                 func(p *Prompt, ctx context.Context, argument string) error
}

// commands are all there are, in the order in which :help lists them.
func (p *Prompt) commands() []command {
	all := []command{
		{"help", "[NAME]", "what there is at this prompt, or the reference of a name", (*Prompt).help},
		{"profile", "[NAME]", "go to another profile, or list them; variables stay behind", (*Prompt).profile},
		{"history", "[N]", "the last entries, 20 if N is not given", (*Prompt).history},
		{"save", "FILE", "write the entries that succeeded as a script", (*Prompt).save},
		{"load", "FILE", "run a file in this session", (*Prompt).load},
		{"edit", "", "change the last entry in $EDITOR, then run it", (*Prompt).edit},
		{"time", "[ENTRY]", "how long an entry took, the last one if none is given", (*Prompt).time},
		{"calls", "", "the last calls of a cloud", (*Prompt).listCalls},
		{"tasks", "", "the tasks in the background: what each does, and for how long", (*Prompt).listTasks},
		{"vars", "", "the variables of this session", (*Prompt).vars},
		{"reset", "", "forget all variables", (*Prompt).startAnew},
		{"json", "", "the last value as JSON", (*Prompt).json},
		{"yaml", "", "the last value as YAML", (*Prompt).yaml},
		{"table", "", "the last value as a table", (*Prompt).table},
	}
	return slices.DeleteFunc(all, func(c command) bool {
		return c.name == "yaml" && p.YAML == nil || c.name == "edit" && p.Edit == nil || c.name == "profile" && p.Profiles == nil || c.name == "tasks" && !p.Background
	})
}

// A label of Lua begins with two colons.
var commanded = lazyregexp.New(`^:([^\s:]\S*)?(?:\s+((?s:.*)))?$`)

// asCommand splits an entry such as ":save reboot.lua".
func asCommand(entry string) (name, argument string, ok bool) {
	m := commanded.FindStringSubmatch(strings.TrimSpace(entry))
	if m == nil {
		return "", "", false
	}
	return m[1], strings.TrimSpace(m[2]), true
}

func (p *Prompt) command(ctx context.Context, name, argument string) error {
	var names []string
	for _, c := range p.commands() {
		names = append(names, c.name)
		if c.name != name {
			continue
		}
		switch {
		case c.argument == "" && argument != "":
			return p.refuse(":%s takes nothing behind it, not %q", name, argument)
		case c.argument != "" && c.argument[0] != '[' && argument == "":
			return p.refuse(":%s needs a %s, such as :%s reboot.lua", name, strings.ToLower(c.argument), name)
		}
		return c.run(p, ctx, argument)
	}
	if name == "" {
		return p.refuse("a colon begins a command; :help lists them")
	}
	if near := nearest.Name(name, names); near != "" {
		return p.refuse("there is no command %q; did you mean %q?", ":"+name, ":"+near)
	}
	return p.refuse("there is no command %q; :help lists them", ":"+name)
}

func (p *Prompt) help(_ context.Context, name string) error {
	if name != "" {
		return p.answer(question{name: name})
	}
	d := describing(p.width())
	d.paragraph("Lua, on as many lines as it takes; an expression prints its value", "", "")
	d.rows([][2]string{
		{"servers.create?", "the reference of a name; ? alone lists what there is"},
		{"tidy??", "the source of a function"},
		{"_, _1 … _9", "the last value, and the ones before"},
		{"_err", "the last error"},
		{"servers.list();", "a semicolon at the end prints no value"},
		{"TAB", "completes names, arguments, values and files"},
		{"Ctrl-R", "searches the history"},
		{"↑ ↓", "the entries before and after; within an entry of several lines, its lines"},
		{"Ctrl-O", "begins a new line of an entry, as Enter does where it is not complete"},
		{"Ctrl-C", "stops what runs; twice at an empty prompt leaves, as Ctrl-D and exit() do"},
	}, "  ")
	d.line("")
	d.line("Commands")
	var rows [][2]string
	for _, c := range p.commands() {
		rows = append(rows, [2]string{strings.TrimSpace(":" + c.name + " " + c.argument), c.doc})
	}
	d.rows(rows, "  ")
	return p.show(d.String())
}

func (p *Prompt) profile(_ context.Context, name string) error {
	names := p.Profiles()
	if name == "" {
		if len(names) == 0 {
			return p.show("no profiles: the credentials file has none\n")
		}
		var b strings.Builder
		for _, name := range names {
			if name == p.Profile {
				name += "  (here)"
			}
			b.WriteString(name + "\n")
		}
		return p.show(b.String())
	}
	if !slices.Contains(names, name) {
		hint := "there are none"
		if len(names) > 0 {
			hint = "there are " + strings.Join(names, ", ")
		}
		if near := nearest.Name(name, names); near != "" {
			hint = "did you mean " + near + "?"
		}
		return p.refuse("there is no profile %q; %s", name, hint)
	}
	if !p.mayLeave(":profile " + name) {
		return nil
	}
	p.then = func() error {
		err := p.visit(name)
		if err != nil {
			p.complain(err)
		}
		return err
	}
	return nil
}

func (p *Prompt) startAnew(context.Context, string) error {
	if p.mayLeave(":reset") {
		p.then = p.reset
	}
	return nil
}

func (p *Prompt) time(ctx context.Context, entry string) error {
	var failed error
	if entry != "" {
		failed = p.lua(ctx, entry)
	}
	if p.number == 0 {
		return p.show("nothing has run yet\n")
	}
	return cmp.Or(failed, p.show(p.last.String()))
}

// String is the timing in words.
func (t timing) String() string {
	parts := []string{seconds(t.wall), english.Count(t.calls, "call")}
	if t.failed > 0 {
		parts = append(parts, fmt.Sprintf("%d of them failed", t.failed))
	}
	switch {
	case t.retries == 1:
		parts = append(parts, "1 retry")
	case t.retries > 1:
		parts = append(parts, fmt.Sprintf("%d retries", t.retries))
	}
	if t.waited > 0 {
		parts = append(parts, seconds(t.waited)+" of waiting by the clock of the clouds")
	}
	return strings.Join(parts, ", ") + "\n"
}

func (p *Prompt) listCalls(context.Context, string) error { return p.show(p.watch.String()) }

// vars lists the variables that the session has and a new one has not.
func (p *Prompt) vars(context.Context, string) error {
	var rows [][2]string
	for _, m := range p.members("_G") {
		if p.own[m.name] || strings.HasPrefix(m.name, "_") || p.isDeclared(m.name) {
			continue
		}
		text := string(m.kind)
		if v := p.peek(m.name); v.Type() != "" {
			text = v.Type()
		} else if n := v.Len(); n > 0 {
			text = english.Count(n, "item")
			if kind := v.Index(1).Type(); kind != "" {
				text = english.Count(n, kind)
			}
		}
		rows = append(rows, [2]string{m.name, text})
	}
	if len(rows) == 0 {
		return p.show("no variables yet\n")
	}
	slices.SortFunc(rows, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	d := describing(p.width())
	d.rows(rows, "")
	return p.show(d.String())
}

// isDeclared reports whether a global name is a module or a verb.
func (p *Prompt) isDeclared(name string) bool { return p.Highlighter().Declared(name) }
