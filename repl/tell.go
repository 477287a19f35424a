package repl

import (
	"fmt"
	"strings"

	"github.com/cloudscript/cloudscript/internal/columns"
	"github.com/cloudscript/cloudscript/internal/lazyregexp"
)

// tell prints what the prompt itself says, at a terminal broken between words. One
// write: the entry that is being typed is drawn anew after each.
func (p *Prompt) tell(text string) {
	if p.place != nil && p.place.Options.Width > 0 {
		text = fitProse(text, p.width())
	}
	fmt.Fprint(p.Err, text)
}

// notProse are the lines of an error that show a place, code or a stack.
var notProse = lazyregexp.New(`^(?:-->|\s)`)

// fitProse breaks the lines of a text that are longer than so many columns between
// words, where there is a blank. Colours take no columns.
func fitProse(text string, width int) string {
	lines := strings.SplitAfter(text, "\n")
	for i, line := range lines {
		if !notProse.MatchString(columns.WithoutColours(line)) {
			lines[i] = fitLine(line, width)
		}
	}
	return strings.Join(lines, "")
}

func fitLine(line string, width int) string {
	var b strings.Builder
	used := 0
	for i, word := range strings.Split(line, " ") {
		more := columns.Of(strings.TrimSuffix(columns.WithoutColours(word), "\n"))
		switch {
		case i == 0:
		case used+1+more > width:
			b.WriteByte('\n')
			used = 0
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += more
	}
	return b.String()
}
