package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/repl"
	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/stdlib"
	"github.com/spf13/cobra"
)

func newReplCommand(s *streams) *cobra.Command {
	var opts worldOptions
	cmd := &cobra.Command{
		Use:   "repl",
		Short: "The prompt",
		Long: `The prompt: type Lua and see what it gives.

An expression prints its value, lists of servers and the like as tables; _ is the
last value. An entry may take several lines. Ctrl-C gives a line up or stops the
call under way, Ctrl-D leaves. TAB completes names, arguments and values. :help
lists the commands of the prompt, servers.create? shows a reference.
Entries are kept in the user's configuration directory, except those that seem
to hold a secret or start with a blank.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return runRepl(cmd.Context(), s, opts) },
	}
	opts.flags(cmd.Flags())
	opts.limitOptions.flags(cmd.Flags(), "each entry")
	return cmd
}

// runRepl runs the prompt. Nothing reaches the network before an entry does.
func runRepl(ctx context.Context, s *streams, o worldOptions) error {
	if err := o.limitOptions.parse(); err != nil {
		return err
	}
	defer boundProcess(o.limits.Memory)()
	opened := false // without that nobody has been told of an error
	prompt := &repl.Prompt{
		Open: func(profile string) (*repl.Place, error) {
			place, err := openPlace(s, o, profile)
			opened = opened || err == nil
			return place, err
		},
		Profile: o.profile,
		Profiles: func() []string {
			var names []string
			for _, p := range readProfiles(s, o) {
				names = append(names, p.name)
			}
			return names
		},
		Out: s.out, Err: s.err, Color: s.color() && s.outTerminal, Width: s.width, YAML: stdlib.WriteYAML,
	}
	if !s.inTerminal {
		prompt.Interruptible = func(ctx context.Context) (context.Context, context.CancelFunc) { return interruptible(ctx, s) }
		prompt.Lines = repl.Piped(s.in)
		err := prompt.Run(ctx)
		if opened {
			err = said(err)
		}
		return err
	}
	interrupts := catchInterrupts()
	defer interrupts.release()
	prompt.Interruptible = func(ctx context.Context) (context.Context, context.CancelFunc) {
		ctx, stop := interrupts.during(ctx, s)
		hide := s.showProgress()
		return ctx, func() { stop(); hide() }
	}
	prompt.Edit = func(ctx context.Context, text string) (string, error) {
		defer interrupts.drop()
		return editText(ctx, s, text)
	}
	if s.outTerminal {
		prompt.Page = func(text string) error {
			defer interrupts.drop()
			return page(s, text)
		}
	}
	prompt.Background, prompt.Greeting = true, fitHelp(greeting(s, o), s.showWidth())
	if s.outTerminal && s.getenv("TERM") != "dumb" {
		terminal, err := editedLines(s, prompt)
		if err != nil {
			return err
		}
		defer terminal.Close()
	} else {
		prompt.Lines = repl.Plain(s.in, s.err, interrupts)
	}
	err := prompt.Run(ctx)
	if !opened || errors.Is(err, &runtime.Error{Kind: runtime.Exit}) {
		return err
	}
	return nil // a person has read what went wrong
}

// editedLines lets a person edit the lines of a prompt at the terminal. The caller
// closes it.
func editedLines(s *streams, prompt *repl.Prompt) (*repl.Terminal, error) {
	config := repl.TerminalConfig{Complete: prompt.Complete, Incomplete: prompt.Incomplete, Hint: prompt.Hint}
	if s.color() {
		config.Colour = prompt.Highlighter().Highlight
	}
	terminal, err := repl.OpenTerminal(config)
	if err != nil {
		return nil, err
	}
	s.out, s.err = terminal.Above(s.out), terminal.Above(s.err)
	prompt.Lines, prompt.Out, prompt.Err = terminal, s.out, s.err
	return terminal, nil
}

// openPlace opens the clouds of a profile for the prompt.
func openPlace(s *streams, o worldOptions, profile string) (*repl.Place, error) {
	o.profile = profile
	w, err := openWorld(s, o)
	if err != nil {
		return nil, err
	}
	place := &repl.Place{
		Name:    placeName(o, readProfiles(s, o), s.getenv),
		Runtime: w.runtime,
		Options: runtime.RunOptions{Stdout: s.out, Width: s.showWidth(), Random: w.random, Limits: o.limits},
		Retries: func() int { return int(w.retries.Load()) },
		Run:     func(file string) string { return runHere(o, file) },
		Check:   savedCheck(s),
		Close:   w.close,
	}
	if s.inTerminal {
		place.History = s.history(profile)
	}
	return place, nil
}

// A saidError is one that was printed already; only its exit code matters.
type saidError struct{ error }

func (e saidError) Unwrap() error { return e.error }

func said(err error) error {
	if err == nil {
		return nil
	}
	return saidError{err}
}

func greeting(s *streams, o worldOptions) string {
	where := "the clouds of your credentials file"
	switch parts := cloudParts(o.profile, readProfiles(s, o), s.getenv); {
	case o.sim:
		where = "a simulator, in virtual time"
	case o.replay != "":
		where = "a recording, so nothing is sent"
	case len(parts) == 1: // a name alone
		where = "no cloud: cloudscript auth status tells why"
	case parts[0] == ofEnvironment:
		where = "the clouds that the environment names"
	}
	return fmt.Sprintf("cloudscript %s, talking to %s. :help tells more, Ctrl-D leaves.", apiclient.Version(), where)
}

// history opens the prompt's history; each profile has its own. Without one the
// prompt still works.
func (s *streams) history(profile string) *repl.History {
	file := "history"
	if profile != "" {
		file += "-" + filepath.Base(profile)
	}
	dir, err := os.UserConfigDir()
	if err == nil {
		var h *repl.History
		if h, err = repl.OpenHistory(filepath.Join(dir, "cloudscript", file)); err == nil {
			return h
		}
	}
	fmt.Fprintf(s.err, "entries are not kept: %v\n", err)
	return nil
}
