package repl

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/chzyer/readline"
)

// TerminalConfig is what a Terminal is made of.
type TerminalConfig struct {
	// Complete returns what may follow the line up to the cursor, and how many
	// characters before the cursor each candidate replaces. Nil: nothing.
	Complete func(line string) (candidates []string, typed int)

	// Colour is a line with colours, as a Highlighter gives it. Nil: no colours.
	Colour func(line string) string
}

// A Terminal reads lines from a person.
type Terminal struct {
	instance *readline.Instance
	out      io.Writer
}

// OpenTerminal takes over the process's terminal. The caller closes it.
func OpenTerminal(config TerminalConfig) (*Terminal, error) {
	instance, err := readline.NewEx(&readline.Config{
		Stdin: readline.NewCancelableStdin(&pasteFilter{in: readline.Stdin}),
		// The library's own history file would be readable by others, and would
		// hold every line.
		DisableAutoSaveHistory: true,
		HistoryLimit:           historyLimit,
		HistorySearchFold:      true,
		InterruptPrompt:        "^C",
		EOFPrompt:              "\n",
		AutoComplete:           completer{config.Complete},
		Painter:                painter{config.Colour},
	})
	if err != nil {
		return nil, fmt.Errorf("cannot use the terminal: %w", err)
	}
	fmt.Fprint(readline.Stdout, askPaste)
	return &Terminal{instance: instance, out: readline.Stdout}, nil
}

// Close gives the terminal back.
func (t *Terminal) Close() error {
	fmt.Fprint(t.out, unaskPaste)
	return t.instance.Close()
}

// Line implements Lines. What is pasted, or recalled, may have several lines.
func (t *Terminal) Line(prompt string) (string, error) {
	t.instance.SetPrompt(prompt)
	line, err := t.instance.Readline()
	if errors.Is(err, readline.ErrInterrupt) {
		err = ErrInterrupt
	}
	return unmarked(line), err
}

// Keep implements Lines.
func (t *Terminal) Keep(entry string) {
	_ = t.instance.SaveHistory(marked(entry)) // fails only with a file of its own
}

// Recall implements Lines.
func (t *Terminal) Recall(entries []string) {
	t.instance.ResetHistory()
	for _, entry := range entries {
		t.Keep(entry)
	}
}

// completer fits Complete to the library.
type completer struct {
	complete func(line string) ([]string, int)
}

// Do implements readline.AutoCompleter: it returns the endings of the
// candidates. On a blank line the key indents.
func (c completer) Do(line []rune, pos int) ([][]rune, int) {
	before := unmarked(string(line[:pos]))
	if strings.TrimSpace(before[strings.LastIndex(before, "\n")+1:]) == "" {
		return [][]rune{[]rune("  ")}, 0
	}
	if c.complete == nil {
		return nil, 0
	}
	candidates, typed := c.complete(before)
	endings := make([][]rune, 0, len(candidates))
	for _, candidate := range candidates {
		endings = append(endings, []rune(candidate)[typed:])
	}
	return endings, typed
}
