package repl

import (
	"cmp"
	"strings"

	"github.com/cloudscript/cloudscript/internal/columns"
)

// example writes Lua.
func (d *description) example(source string) {
	width := d.code
	if width > 0 {
		width -= len(codeIndent)
	}
	for _, line := range fitCode(source, width) {
		d.line("%s%s", codeIndent, line)
	}
}

const codeIndent = "    "

// deeper is how far the rest of a line of code is indented below its beginning.
const deeper = "    "

// fitCode breaks the lines of Lua that are longer than width between words, so that
// they still mean the same when they are copied. A text in quotes stays whole, and is
// as long as it is; width 0 leaves everything as it is.
func fitCode(source string, width int) []string {
	if width == 0 {
		return strings.Split(source, "\n")
	}
	var lines []string
	line := codeLine{width: width}
	for _, t := range lex(source) {
		switch {
		case t.kind == blankToken && strings.Contains(t.text, "\n"):
			breaks := strings.Split(t.text, "\n")
			lines = append(append(lines, line.fit()...), make([]string, len(breaks)-2)...)
			line = codeLine{width: width, indent: breaks[len(breaks)-1]}
		case t.kind == blankToken:
			line.blank = t.text
		default:
			line.add(t)
		}
	}
	return append(lines, line.fit()...)
}

// A codeLine is a line in words that no blank parts.
type codeLine struct {
	width  int
	indent string
	blank  string // in front of the next word
	words  []codeWord
}

type codeWord struct {
	blank, text string
	comment     bool
}

func (l *codeLine) add(t token) {
	if len(l.words) == 0 {
		l.indent += l.blank
		l.blank = ""
	}
	if last := len(l.words) - 1; last >= 0 && l.blank == "" {
		l.words[last].text += t.text
		return
	}
	if t.kind != commentToken || strings.HasPrefix(t.text, "--[") {
		l.words = append(l.words, codeWord{blank: l.blank, text: t.text})
		l.blank = ""
		return
	}
	words := strings.Fields(t.text)
	if len(words) > 1 && words[0] == "--" {
		words = append([]string{"-- " + words[1]}, words[2:]...)
	}
	for _, word := range words {
		l.words = append(l.words, codeWord{blank: l.blank, text: word, comment: true})
		l.blank = " "
	}
	l.blank = ""
}

func (l *codeLine) fit() []string {
	var lines []string
	for words, indent := l.words, l.indent; ; indent = l.indent + deeper {
		n := l.fitting(words, indent)
		lines = append(lines, spell(indent, words[:n]))
		if n == len(words) {
			return lines
		}
		comment := words[n-1].comment && words[n].comment
		if words = words[n:]; comment {
			words[0].text = "-- " + words[0].text
		}
	}
}

// fitting is how many words the next line holds. One that would begin with ( might be
// the next statement; one that ends with a comma, and is not short, reads best.
func (l *codeLine) fitting(words []codeWord, indent string) int {
	most, comma := 0, 0
	for n := 1; n <= len(words); n++ {
		line := spell(indent, words[:n])
		if most > 0 && columns.Of(line) > l.width {
			return cmp.Or(comma, most)
		}
		if n == len(words) || strings.HasPrefix(words[n].text, "(") {
			continue
		}
		most = n
		if strings.HasSuffix(words[n-1].text, ",") && columns.Of(line) > l.width/3 {
			comma = n
		}
	}
	return len(words)
}

func spell(indent string, words []codeWord) string {
	line := indent
	for i, word := range words {
		if i > 0 {
			line += word.blank
		}
		line += word.text
	}
	return line
}
