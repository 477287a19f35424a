package repl

import (
	"math"
	"strings"
)

// indentation is what each level of blocks and brackets indents.
const indentation = "  "

// indentOf is how far a line is indented that follows a source. Each line of the
// source on which something is open counts once, however much is; a line that begins
// with what closes something stands where the line stands that opened it.
func indentOf(source, line string) string {
	open := openedOn(source)
	before := math.MaxInt
	if n := len(open); n > 0 && closes(line) {
		before = open[n-1]
	}
	depth, last := 0, -1
	for _, on := range open {
		if on < before && on != last {
			depth, last = depth+1, on
		}
	}
	return strings.Repeat(indentation, depth)
}

// openedOn are the lines of a source that opened the blocks and brackets which are
// still open, the innermost last.
func openedOn(source string) (lines []int) {
	line := 0
	for _, t := range lex(source) {
		switch change := nesting(t) + bracketing(t); {
		case change > 0:
			lines = append(lines, line)
		case change < 0 && len(lines) > 0:
			lines = lines[:len(lines)-1]
		}
		line += strings.Count(t.text, "\n")
	}
	return lines
}

// bracketing is 1 for an opening bracket, -1 for a closing one.
func bracketing(t token) int {
	switch {
	case t.is("("), t.is("{"), t.is("["):
		return 1
	case t.is(")"), t.is("}"), t.is("]"):
		return -1
	}
	return 0
}

// closes reports whether a line begins with what ends, or goes on from, a block.
func closes(line string) bool {
	tokens := code(line)
	if len(tokens) == 0 {
		return false
	}
	switch first := tokens[0]; first.text {
	case "end", "else", "elseif", "until":
		return first.kind == keywordToken
	default:
		return bracketing(first) < 0
	}
}

// reindented is an entry in which the line that the cursor is behind has got the
// indentation that its first word asks for, and where the cursor is then, in
// characters. ok is false if nothing changes: if more stands on the line, or a
// person has indented it otherwise.
func reindented(entry string, cursor int) (string, int, bool) {
	runes := []rune(entry)
	before, after := string(runes[:cursor]), string(runes[cursor:])
	start := strings.LastIndex(before, "\n") + 1
	line := before[start:]
	word := strings.TrimLeft(line, " ")
	if start == 0 || word == "" || strings.ContainsAny(word, " \t") || after != "" && after[0] != '\n' {
		return "", 0, false
	}
	now, want := line[:len(line)-len(word)], indentOf(before[:start], word)
	ours := now == indentOf(before[:start], "") || now == indentOf(before[:start], "end")
	if now == want || !ours {
		return "", 0, false
	}
	return before[:start] + want + word + after, cursor + len(want) - len(now), true
}
