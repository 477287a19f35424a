package repl

import (
	"strings"

	"github.com/rivo/uniseg"
)

// A row is one line of the terminal that an entry takes.
type row struct {
	text string
	full bool // the terminal goes on to the next row by itself
}

// A layout is how an entry lies on a terminal.
type layout struct {
	rows        []row
	row, column int // of the cursor
}

// tabWidth is how many columns a tab of an entry takes.
const tabWidth = 4

// lay puts a text on rows of so many columns: the first line behind prompt, the
// others behind more. The text may have colours (SGR sequences); the cursor stands
// before its cursor-th character, which are counted without them. Characters are
// what a person calls so, each as wide as a terminal draws it.
func lay(text, prompt, more string, cursor, columns int) layout {
	p := pen{columns: max(columns, 2)}
	p.write(prompt)
	seen := 0
	for text != "" {
		if sequence := colourSequence(text); sequence != "" {
			p.colour(sequence)
			text = text[len(sequence):]
			continue
		}
		cluster, rest, width, _ := uniseg.FirstGraphemeClusterInString(text, -1)
		text = rest
		look, width := drawn(cluster, width)
		if cluster != "\n" {
			p.room(width)
		}
		if seen <= cursor {
			p.layout.row, p.layout.column = len(p.layout.rows), min(p.used, p.columns-1)
		}
		seen += len([]rune(cluster))
		if cluster == "\n" {
			p.end(false)
			p.write(more)
			continue
		}
		p.put(look, width)
	}
	if p.used == p.columns {
		p.end(true) // the cursor needs a place behind the last character
		p.put(" \r", 0)
	}
	if seen <= cursor {
		p.layout.row, p.layout.column = len(p.layout.rows), p.used
	}
	p.end(false)
	return p.layout
}

// A pen writes rows.
type pen struct {
	layout  layout
	columns int
	text    strings.Builder // of the row under way
	used    int             // columns of it
	active  string          // the colour, "" for none
}

func (p *pen) write(plain string) {
	clusters := uniseg.NewGraphemes(plain)
	for clusters.Next() {
		p.room(clusters.Width())
		p.put(clusters.Str(), clusters.Width())
	}
}

// room ends the row if so many columns do not fit into it.
func (p *pen) room(width int) {
	if p.used+width > p.columns {
		p.end(p.used == p.columns)
	}
}

func (p *pen) put(text string, width int) {
	p.text.WriteString(text)
	p.used += width
}

// end ends a row, and with it the colour, which the next one begins with.
func (p *pen) end(full bool) {
	text := p.text.String()
	if p.active != "" {
		text += noColour
	}
	p.layout.rows = append(p.layout.rows, row{text, full})
	p.text.Reset()
	p.text.WriteString(p.active)
	p.used = 0
}

const noColour = "\x1b[0m"

func (p *pen) colour(sequence string) {
	p.text.WriteString(sequence)
	if p.active = sequence; sequence == noColour {
		p.active = ""
	}
}

// colourSequence is the SGR sequence that a text begins with, "" if none does.
func colourSequence(text string) string {
	if !strings.HasPrefix(text, "\x1b[") {
		return ""
	}
	n := len("\x1b[") + span(text[len("\x1b["):], "0123456789;")
	if n == len(text) || text[n] != 'm' {
		return ""
	}
	return text[:n+1]
}

// drawn is how a character is drawn, and its width then: control characters must
// not move the cursor.
func drawn(cluster string, width int) (string, int) {
	switch {
	case cluster == "\t":
		return strings.Repeat(" ", tabWidth), tabWidth
	case len(cluster) == 1 && (cluster[0] < ' ' || cluster[0] == 0x7f):
		return "^" + string(cluster[0]^0x40), len("^C")
	}
	return cluster, width
}
