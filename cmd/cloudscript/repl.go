package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/repl"
	"github.com/cloudscript/cloudscript/runtime"
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
call under way, Ctrl-D leaves. TAB completes the names of modules and verbs.
Entries are kept in the user's configuration directory, except those that seem
to hold a secret or start with a blank.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return runRepl(cmd.Context(), s, opts) },
	}
	opts.flags(cmd.Flags())
	return cmd
}

// runRepl runs the prompt. Nothing reaches the network before an entry does.
func runRepl(ctx context.Context, s *streams, o worldOptions) error {
	w, err := openWorld(s, o)
	if err != nil {
		return err
	}
	defer w.close()
	session, err := w.runtime.NewSession(runtime.RunOptions{Stdout: s.out, Width: s.showWidth(), Random: w.random})
	if err != nil {
		return err
	}
	defer session.Close()
	prompt := &repl.Prompt{
		Session: session, Out: s.out, Err: s.err, Name: promptName(o), Color: s.color(), Width: s.width,
		Help: func(name string) (string, bool) { return repl.Describe(w.runtime, name) },
		Interruptible: func(ctx context.Context) (context.Context, context.CancelFunc) {
			ctx, stop := entryInterruptible(ctx)
			return ctx, func() { stop(); s.clearStatus() }
		},
	}
	if !s.inTerminal {
		prompt.Interruptible = func(ctx context.Context) (context.Context, context.CancelFunc) { return interruptible(ctx, s) }
		prompt.Lines = repl.Piped(s.in)
		return said(prompt.Run(ctx))
	}
	terminal, err := repl.OpenTerminal(repl.TerminalConfig{History: s.history(), Complete: repl.Completer(w.runtime), Warn: s.err})
	if err != nil {
		return err
	}
	defer terminal.Close()
	defer ignoreInterrupts()()
	prompt.Lines, prompt.Greeting = terminal, greeting(o)
	_ = prompt.Run(ctx) // a person has read what went wrong
	return nil
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

func promptName(o worldOptions) string {
	switch {
	case o.sim:
		return "sim"
	case o.profile != "":
		return o.profile
	}
	return "cloudscript"
}

func greeting(o worldOptions) string {
	where := "the clouds of your credentials file"
	if o.sim {
		where = "a simulator, in virtual time"
	}
	return fmt.Sprintf("cloudscript %s, talking to %s. Ctrl-D leaves.", apiclient.Version(), where)
}

// history opens the prompt's history. Without one the prompt still works.
func (s *streams) history() *repl.History {
	dir, err := os.UserConfigDir()
	if err == nil {
		var h *repl.History
		if h, err = repl.OpenHistory(filepath.Join(dir, "cloudscript", "history")); err == nil {
			return h
		}
	}
	fmt.Fprintf(s.err, "entries are not kept: %v\n", err)
	return nil
}
