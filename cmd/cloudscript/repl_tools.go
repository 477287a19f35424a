package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

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
// the file, and it is removed.
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
	editor := cmp.Or(s.getenv("VISUAL"), s.getenv("EDITOR"), "vi")
	cmd := exec.CommandContext(ctx, "sh", "-c", editor+` "$1"`, "sh", f.Name())
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("the editor %q failed: %w; $EDITOR names another one", editor, err)
	}
	changed, err := os.ReadFile(f.Name())
	return string(changed), err
}
