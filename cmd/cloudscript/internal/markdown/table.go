package markdown

import (
	"strings"

	"github.com/cloudscript/cloudscript/internal/lazyregexp"
)

// A Cell is one of a table.
type Cell = []*Span

var ruler = lazyregexp.New(`^\|(?: *-+ *\|)+$`)

// table reads a head, a line of dashes, and rows that are as long as the head.
func table(lines []line) (Block, int, error) {
	block := Block{Kind: Table}
	for i, l := range lines {
		if l.blank() {
			return block, i, checkTable(block, lines[0])
		}
		if i == 1 {
			if !ruler.MatchString(l.text) || strings.Count(l.text, "|") != len(block.Head)+1 {
				return block, 0, l.errorf("the second line of a table has | and - below each column")
			}
			continue
		}
		cells, err := row(l)
		switch {
		case err != nil:
			return block, 0, err
		case i == 0:
			block.Head = cells
		case len(cells) != len(block.Head):
			return block, 0, l.errorf("it has %d cells below a head of %d", len(cells), len(block.Head))
		default:
			block.Rows = append(block.Rows, cells)
		}
	}
	return block, len(lines), checkTable(block, lines[0])
}

func checkTable(block Block, first line) error {
	if len(block.Rows) == 0 {
		return first.errorf("the table has no rows")
	}
	return nil
}

// row splits a line at the | that have no \ before them.
func row(l line) ([]Cell, error) {
	inner, open := strings.CutPrefix(l.text, "|")
	inner, closed := strings.CutSuffix(inner, "|")
	if !open || !closed || strings.HasSuffix(inner, `\`) {
		return nil, l.errorf("a row of a table begins and ends with |")
	}
	const escaped = "\x00" // in no line
	var cells []Cell
	for _, content := range strings.Split(strings.ReplaceAll(inner, `\|`, escaped), "|") {
		cell, err := text(strings.ReplaceAll(strings.Trim(content, " "), escaped, "|"), l)
		if err != nil {
			return nil, err
		}
		cells = append(cells, cell)
	}
	return cells, nil
}
