package markdown

import "iter"

// A Kind is what a Block is.
type Kind string

// The kinds of blocks, with the fields that they use.
const (
	Heading   Kind = "heading"   // Level, ID, Text
	Paragraph Kind = "paragraph" // Text
	Code      Kind = "code"      // Language, Source
	List      Kind = "list"      // Items, Tight
	Table     Kind = "table"     // Head, Rows
)

// A Block is a part of a document that stands on lines of its own.
type Block struct {
	Kind     Kind
	Level    int    // 1 to 6
	ID       string // of the heading's place, like no other in the document
	Text     []*Span
	Language string // "" for none
	Source   string
	Items    [][]Block
	Tight    bool // the items are lines of text, not paragraphs
	Head     []Cell
	Rows     [][]Cell // each as long as Head
}

// Texts are all texts of blocks and of those in them.
func Texts(blocks []Block) iter.Seq[[]*Span] {
	return func(yield func([]*Span) bool) { texts(blocks, yield) }
}

func texts(blocks []Block, yield func([]*Span) bool) bool {
	for i := range blocks {
		b := &blocks[i]
		if !yield(b.Text) {
			return false
		}
		for _, item := range b.Items {
			if !texts(item, yield) {
				return false
			}
		}
		for _, row := range append([][]Cell{b.Head}, b.Rows...) {
			for _, cell := range row {
				if !yield(cell) {
					return false
				}
			}
		}
	}
	return true
}
