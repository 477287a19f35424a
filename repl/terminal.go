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
	// History keeps entries between sessions; nil keeps them in this one.
	History *History

	// Complete returns what may follow the line up to the cursor, and how many
	// characters before the cursor each candidate replaces. Nil: nothing.
	Complete func(line string) (candidates []string, typed int)

	// Warn receives what could not be done, such as a history that cannot be
	// written.
	Warn io.Writer
}

// A Terminal reads lines from a person.
type Terminal struct {
	config   TerminalConfig
	instance *readline.Instance
	warned   bool
}

// OpenTerminal takes over the process's terminal. The caller closes it.
func OpenTerminal(config TerminalConfig) (*Terminal, error) {
	t := &Terminal{config: config}
	var err error
	t.instance, err = readline.NewEx(&readline.Config{
		// The library's own history file would be readable by others, and would
		// hold every line.
		DisableAutoSaveHistory: true,
		HistoryLimit:           historyLimit,
		HistorySearchFold:      true,
		InterruptPrompt:        "^C",
		EOFPrompt:              "\n",
		AutoComplete:           completer{config.Complete},
	})
	if err != nil {
		return nil, fmt.Errorf("cannot use the terminal: %w", err)
	}
	if config.History != nil {
		entries, err := config.History.Entries()
		t.warn(err)
		for _, entry := range entries {
			t.warn(t.instance.SaveHistory(entry))
		}
	}
	return t, nil
}

// Close gives the terminal back.
func (t *Terminal) Close() error { return t.instance.Close() }

// Line implements Lines.
func (t *Terminal) Line(prompt string) (string, error) {
	t.instance.SetPrompt(prompt)
	line, err := t.instance.Readline()
	if errors.Is(err, readline.ErrInterrupt) {
		err = ErrInterrupt
	}
	return line, err
}

// Keep implements Lines: the entry can be recalled in this session, and in later
// ones if History keeps it.
func (t *Terminal) Keep(entry string) {
	for _, line := range onOneLine(entry) {
		t.warn(t.instance.SaveHistory(line))
	}
	if t.config.History != nil {
		t.warn(t.config.History.Add(entry))
	}
}

// warn tells once that the history does not work.
func (t *Terminal) warn(err error) {
	if err == nil || t.warned || t.config.Warn == nil {
		return
	}
	t.warned = true
	fmt.Fprintf(t.config.Warn, "the history cannot be kept: %v\n", err)
}

// completer fits Complete to the library.
type completer struct {
	complete func(line string) ([]string, int)
}

// Do implements readline.AutoCompleter: it returns the endings of the
// candidates. On a blank line the key indents, which also keeps pasted code
// whole.
func (c completer) Do(line []rune, pos int) ([][]rune, int) {
	before := string(line[:pos])
	if strings.TrimSpace(before) == "" {
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
