package layout

import (
	"slices"
	"strings"
)

// A grid is a run of short values of a list, several on a line, below each other. The
// zero grid is empty.
type grid struct {
	cells  []gridCell
	widest int // columns of a cell
	texts  int // cells that are not numbers
}

type gridCell struct {
	text  string
	width int
}

// fewCells is how many are easier to read a line each.
const fewCells = 6

func (g *grid) add(text string, width int, number bool) {
	g.cells = append(g.cells, gridCell{text, width})
	g.widest = max(g.widest, width)
	if !number {
		g.texts++
	}
}

// write writes the cells into lines of so many columns, and empties the grid. Numbers
// end, and other values begin, below each other.
func (g *grid) write(b *strings.Builder, indent string, room int) {
	across := max(1, (room-len(indent)+1)/(g.widest+len(", ")))
	if len(g.cells) <= fewCells {
		across = 1
	}
	for line := range slices.Chunk(g.cells, across) {
		b.WriteString(indent)
		for i, cell := range line {
			padding := strings.Repeat(" ", g.widest-cell.width)
			switch {
			case across == 1:
				b.WriteString(cell.text + ",")
			case g.texts == 0:
				b.WriteString(padding + cell.text + ",")
			case i == len(line)-1:
				b.WriteString(cell.text + ",")
			default:
				b.WriteString(cell.text + "," + padding)
			}
			if i < len(line)-1 {
				b.WriteByte(' ')
			}
		}
		b.WriteByte('\n')
	}
	*g = grid{}
}
