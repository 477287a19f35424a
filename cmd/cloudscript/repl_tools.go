package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/internal/columns"
	"golang.org/x/term"
)

// page shows a text at a terminal: through $PAGER, or less, if it is longer than
// the screen. Where there is no such program it is printed.
func page(s *streams, text string) error {
	if width, rows, err := term.GetSize(int(os.Stdout.Fd())); err == nil && rowsOf(text, width) >= rows && s.getenv("TERM") != "dumb" {
		pager := exec.Command("sh", "-c", cmp.Or(s.getenv("PAGER"), "less"))
		pager.Env = append(os.Environ(), "LESS="+cmp.Or(s.getenv("LESS"), "FRX"))
		pager.Stdin, pager.Stdout, pager.Stderr = strings.NewReader(text), os.Stdout, os.Stderr
		const notFound = 127 // of a shell
		if err := pager.Run(); err == nil || pager.ProcessState != nil && pager.ProcessState.ExitCode() != notFound {
			return nil
		}
	}
	_, err := io.WriteString(s.out, text)
	return err
}

// rowsOf is how many rows of a terminal a text takes.
func rowsOf(text string, width int) int {
	rows := 0
	for line := range strings.Lines(columns.WithoutColours(text)) {
		rows += max(1, (columns.Of(strings.TrimSuffix(line, "\n"))+width-1)/max(width, 1))
	}
	return rows
}

// editText lets a person change a text in $VISUAL or $EDITOR. Only they can read
// the file, and it is removed. An editor that is left without writing is an error.
func editText(ctx context.Context, s *streams, text string) (string, error) {
	f, err := os.CreateTemp("", "cloudscript-*.lua")
	if err != nil {
		return "", err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(text + "\n")
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return "", err
	}
	before := time.Unix(0, 0) // older than whatever the editor writes
	if err := os.Chtimes(f.Name(), before, before); err != nil {
		return "", err
	}
	editor := cmp.Or(s.getenv("VISUAL"), s.getenv("EDITOR"), "vi")
	cmd := exec.CommandContext(ctx, "sh", "-c", editor+` "$1"`, "sh", f.Name())
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("the editor %q failed: %w; $EDITOR names another one", editor, err)
	}
	if info, err := os.Stat(f.Name()); err == nil && info.ModTime().Equal(before) {
		return "", errors.New("the editor wrote nothing, so nothing is run")
	}
	changed, err := os.ReadFile(f.Name())
	return string(changed), err
}
