package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/internal/columns"
	"github.com/spf13/cobra"
)

// fitHelpTo lays the help of all commands out for the terminal.
func fitHelpTo(s *streams, root *cobra.Command) {
	usual := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		var text bytes.Buffer
		out := cmd.OutOrStdout()
		cmd.SetOut(&text)
		usual(cmd, args)
		cmd.SetOut(out)
		fmt.Fprint(out, fitHelp(text.String(), s.showWidth()))
	})
}

// leastHelpColumns is the width below which help is not laid out any narrower.
const leastHelpColumns = 30

// fitHelp breaks the lines of help that are longer than width between words. Prose
// begins at the margin and is filled anew; examples are for a shell, and can still be
// copied; what is left stands in lists, and is continued below its last column. Width
// 0 leaves everything as it is.
func fitHelp(text string, width int) string {
	if width == 0 {
		return text
	}
	width = max(width, leastHelpColumns)
	var out []string
	examples := false
	for lines := strings.Split(text, "\n"); len(lines) > 0; {
		line, n := lines[0], 1
		switch {
		case line == "":
			examples = false
		case !strings.HasPrefix(line, " "):
			examples = line == "Examples:"
			for n < len(lines) && lines[n] != "" && !strings.HasPrefix(lines[n], " ") {
				n++
			}
			if slices.ContainsFunc(lines[:n], func(line string) bool { return columns.Of(line) > width }) {
				out = append(out, fill(strings.Fields(strings.Join(lines[:n], " ")), "", "", width)...)
				lines = lines[n:]
				continue
			}
		case columns.Of(line) > width && examples:
			out = append(out, fitShell(line, width)...)
			lines = lines[1:]
			continue
		case columns.Of(line) > width:
			out = append(out, fitRow(line, width)...)
			lines = lines[1:]
			continue
		}
		out = append(out, lines[:n]...)
		lines = lines[n:]
	}
	return strings.Join(out, "\n")
}

// fill puts words on lines, the first of which begins with first and the others with
// rest.
func fill(words []string, first, rest string, width int) []string {
	var lines []string
	line, gap := first, ""
	for i, word := range words {
		if i > 0 && columns.Of(line+gap+word) > width {
			lines = append(lines, line)
			line, gap = rest, ""
		}
		line += gap + word
		gap = " "
	}
	return append(lines, line)
}

// fitRow continues a row of a list below its last column: the text behind two blanks,
// or else behind the indentation and some more.
func fitRow(line string, width int) []string {
	text := strings.TrimLeft(line, " ")
	indent := line[:len(line)-len(text)]
	if i := strings.LastIndex(text, "  "); i >= 0 {
		if head := indent + text[:i+2]; columns.Of(head) <= width*3/5 {
			return fill(strings.Fields(text[i:]), head, strings.Repeat(" ", columns.Of(head)), width)
		}
		lines := fill(strings.Fields(text[:i]), indent, indent+deeper, width)
		return append(lines, fill(strings.Fields(text[i:]), indent+deeper+deeper, indent+deeper+deeper, width)...)
	}
	return fill(strings.Fields(text), indent, indent+deeper, width)
}

// deeper is how far the rest of a line is indented below its beginning.
const deeper = "    "
