package repl

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cloudscript/cloudscript/internal/lazyregexp"
)

// historyLimit is how many entries the file keeps. When it holds twice as many,
// the older ones are dropped at the next start.
const historyLimit = 1000

// A History is a file of entries that only its owner can read. The further lines
// of an entry begin with a tab, which no entry begins with.
type History struct {
	path string
}

// OpenHistory makes the file if it is missing and takes away others' access to
// it if they have any.
func OpenHistory(path string) (*History, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("no history: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("no history: %w", err)
	}
	defer f.Close()
	if err := f.Chmod(0o600); err != nil {
		return nil, fmt.Errorf("no history: %w", err)
	}
	return &History{path: path}, nil
}

// Entries are the newest entries, oldest first. What is no text is left out: the file
// may have been damaged, and must not do anything to the terminal.
func (h *History) Entries() ([]string, error) {
	data, err := os.ReadFile(h.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var entries []string
	for _, line := range strings.Split(strings.TrimRight(string(data), "\n"), "\n") {
		further, ok := strings.CutPrefix(line, "\t")
		switch {
		case ok && len(entries) > 0:
			entries[len(entries)-1] += "\n" + further
		case line != "":
			entries = append(entries, line)
		}
	}
	entries = slices.DeleteFunc(entries, func(entry string) bool { return !isText(entry) })
	if len(entries) <= historyLimit {
		return entries, nil
	}
	newest := entries[len(entries)-historyLimit:]
	if len(entries) >= 2*historyLimit {
		err = h.replace(newest)
	}
	return newest, err
}

// replace writes the file anew, so that a crash leaves the old one or the new
// one.
func (h *History) replace(entries []string) error {
	f, err := os.CreateTemp(filepath.Dir(h.path), ".history-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	var b strings.Builder
	for _, entry := range entries {
		b.WriteString(onFile(entry))
	}
	if _, err := f.WriteString(b.String()); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), h.path)
}

// Add appends an entry unless it looks as if it held a secret, or starts with a
// blank, as shells have it.
func (h *History) Add(entry string) error {
	if strings.Trim(entry, "\n") == "" || strings.HasPrefix(entry, " ") || strings.HasPrefix(entry, "\t") || HoldsSecret(entry) {
		return nil
	}
	f, err := os.OpenFile(h.path, os.O_APPEND|os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	text := onFile(entry)
	if endsMidway(f) {
		text = "\n" + text
	}
	if _, err := f.WriteString(text); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// endsMidway reports whether the last line has no end: its writing was cut off.
func endsMidway(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return false
	}
	var last [1]byte
	_, err = f.ReadAt(last[:], info.Size()-1)
	return err == nil && last[0] != '\n'
}

// isText reports whether an entry has nothing but characters, line ends and tabs.
func isText(entry string) bool {
	return utf8.ValidString(entry) && !strings.ContainsFunc(entry, func(r rune) bool {
		return unicode.IsControl(r) && r != '\n' && r != '\t'
	})
}

// onFile is an entry as the file holds it.
func onFile(entry string) string {
	return strings.ReplaceAll(strings.Trim(entry, "\n"), "\n", "\n\t") + "\n"
}

var (
	// Names of fields and variables that hold secrets, in this program's clouds
	// and in general.
	secretName = lazyregexp.New(`(?i)api_?key|partial_?key|private_?key|admin_?pass|passw|passphrase|secret|token|credential|signature`)
	// A text that a name ending in key is given: key, ssh_key, hmacKey.
	keyText = lazyregexp.New(`(?i)keys?"?\]?\s*=\s*(?:["']|\[=*\[)`)
	// Text in any of Lua's quotes.
	anyText = lazyregexp.New(`["']|\[=*\[`)
	// Keys as the clouds give them out: 32, 64 or 128 hexadecimal digits.
	longHex = lazyregexp.New(`[0-9a-fA-F]{32}`)
)

// HoldsSecret reports whether an entry seems to hold a secret: a text beside a
// name such as api_key or password, or anything that looks like a key. It errs
// on the side of secrecy.
func HoldsSecret(entry string) bool {
	return longHex.MatchString(entry) || keyText.MatchString(entry) || secretName.MatchString(entry) && anyText.MatchString(entry)
}
