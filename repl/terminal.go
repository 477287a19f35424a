package repl

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/chzyer/readline"
	"golang.org/x/term"
)

// TerminalConfig is what a Terminal is made of.
type TerminalConfig struct {
	// Complete returns what may follow the line up to the cursor, and how many
	// characters before the cursor each candidate replaces. Nil: nothing.
	Complete func(line string) (candidates []string, typed int)

	// Incomplete reports whether an entry needs more lines. Nil: none does.
	Incomplete func(entry string) bool

	// Hint is shown below the entry, given what stands before the cursor and the
	// terminal's width; "" for nothing. Nil: nothing.
	Hint func(before string, columns int) string

	// Colour is an entry with colours, as a Highlighter gives it. Nil: no colours.
	Colour func(entry string) string
}

// A Terminal reads entries from a person.
type Terminal struct {
	instance   *readline.Instance
	screen     *screen
	out        io.Writer
	incomplete func(entry string) bool

	keyboard *keyboard
	changing edit // what change is to do with the key under way
	sought   edit // brings back the line before a search

	columns      int    // that the library believes in
	widest       int    // columns of a candidate
	widthChanged func() // tells it that they are others
}

// OpenTerminal takes over the process's terminal. The caller closes it.
func OpenTerminal(config TerminalConfig) (*Terminal, error) {
	t := &Terminal{out: readline.Stdout, incomplete: config.Incomplete, keyboard: &keyboard{in: readline.Stdin}, columns: endless}
	t.screen = &screen{out: t.out, size: terminalSize, colour: config.Colour}
	if config.Hint != nil {
		t.screen.hint = func(before string) string {
			columns, _ := terminalSize()
			return config.Hint(before, columns)
		}
	}
	instance, err := readline.NewEx(&readline.Config{
		Stdin:  readline.NewCancelableStdin(t.keyboard),
		Stdout: t.screen,
		// The library's own history file would be readable by others, and would
		// hold every line.
		DisableAutoSaveHistory: true,
		HistoryLimit:           historyLimit,
		HistorySearchFold:      true,
		InterruptPrompt:        "^C",
		EOFPrompt:              "\n",
		AutoComplete:           completer{config.Complete, t.makeRoom},
		Painter:                t.screen,
		FuncFilterInputRune:    t.filter,
		Listener:               readline.FuncListener(t.change),
		FuncGetWidth:           func() int { return t.columns },
		FuncOnWidthChanged:     func(changed func()) { t.widthChanged = changed },
	})
	if err != nil {
		return nil, fmt.Errorf("cannot use the terminal: %w", err)
	}
	t.instance = instance
	readline.DefaultOnWidthChanged(t.screen.resized)
	fmt.Fprint(t.out, askPaste)
	return t, nil
}

// terminalSize is the size of the terminal, or the usual one where it has none.
func terminalSize() (columns, rows int) {
	columns, rows, err := term.GetSize(int(os.Stdout.Fd()))
	if err != nil || columns <= 0 || rows <= 0 {
		return 80, 24
	}
	return columns, rows
}

// endless is the width of a terminal that no entry fills. The library moves about in
// the rows that it believes to have drawn, and in a long entry that takes it long; so
// there is only one row, but while it arranges candidates.
const endless = 1 << 30

// makeRoom tells the library how wide the terminal is, or how wide it needs to be: it
// does not survive a candidate that is wider.
func (t *Terminal) makeRoom(candidates []string) {
	t.widest = 0
	for _, candidate := range candidates {
		t.widest = max(t.widest, readline.Runes{}.WidthAll([]rune(candidate))+len("  "))
	}
	t.setColumns(t.neededColumns())
}

// neededColumns are those for candidates, now: a window may change while they are chosen.
func (t *Terminal) neededColumns() int {
	columns, _ := terminalSize()
	return max(columns, t.widest)
}

func (t *Terminal) setColumns(columns int) {
	if t.columns != columns {
		t.columns = columns
		t.widthChanged()
	}
}

// Close gives the terminal back.
func (t *Terminal) Close() error {
	t.screen.end()
	fmt.Fprint(t.out, unaskPaste)
	return t.instance.Close()
}

// Above is a writer to the terminal whose text appears above the entry that is
// being edited, if one is.
func (t *Terminal) Above(w io.Writer) io.Writer { return t.screen.above(w) }

// Line implements Lines. It returns an entry, with all its lines.
func (t *Terminal) Line(prompt string) (string, error) {
	t.screen.begin(prompt)
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
	makeRoom func(candidates []string)
}

// Do implements readline.AutoCompleter: it returns the endings of the
// candidates. On a blank line the key indents.
func (c completer) Do(line []rune, pos int) ([][]rune, int) {
	before := unmarked(string(line[:pos]))
	if strings.TrimSpace(before[strings.LastIndex(before, "\n")+1:]) == "" {
		return [][]rune{[]rune(indentation)}, 0
	}
	if c.complete == nil {
		return nil, 0
	}
	candidates, typed := c.complete(before)
	c.makeRoom(candidates)
	endings := make([][]rune, 0, len(candidates))
	for _, candidate := range candidates {
		endings = append(endings, []rune(candidate)[typed:])
	}
	return endings, typed
}
