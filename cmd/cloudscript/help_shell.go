package main

import (
	"strings"

	"github.com/cloudscript/cloudscript/internal/columns"
)

// fitShell breaks a command line between words: a backslash goes on with it, and a
// comment stands below.
func fitShell(line string, width int) []string {
	const goesOn = ` \`
	text := strings.TrimLeft(line, " ")
	indent := line[:len(line)-len(text)]
	words, comment := shellWords(text)
	var lines []string
	line, gap := indent, ""
	for i, word := range words {
		most := width
		if i < len(words)-1 {
			most -= len(goesOn)
		}
		if i > 0 && columns.Of(line+gap+word) > most {
			lines = append(lines, line+goesOn)
			line, gap = indent+deeper, ""
		}
		line += gap + word
		gap = " "
	}
	lines = append(lines, line)
	if comment == "" {
		return lines
	}
	if columns.Of(line+"  "+comment) <= width {
		lines[len(lines)-1] += "  " + comment
		return lines
	}
	rest := indent + deeper + "# "
	return append(lines, fill(strings.Fields(strings.TrimLeft(comment, "# ")), rest, rest, width)...)
}

// shellWords splits a command line at blanks outside quotes, and parts its comment
// from it.
func shellWords(text string) (words []string, comment string) {
	start, quote := -1, rune(0)
	for i, r := range text {
		switch {
		case r == quote:
			quote = 0
		case quote != 0:
		case r == ' ':
			if start >= 0 {
				words = append(words, text[start:i])
			}
			start = -1
			continue
		case r == '\'' || r == '"':
			quote = r
		case r == '#' && start < 0:
			return words, text[i:]
		}
		if start < 0 {
			start = i
		}
	}
	if start >= 0 {
		words = append(words, text[start:])
	}
	return words, ""
}
