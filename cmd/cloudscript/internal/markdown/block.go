package markdown

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/cloudscript/cloudscript/internal/lazyregexp"
)

// An Error is a place that is not read.
type Error struct {
	Line    int // from 1
	Message string
}

func (e *Error) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Message) }

// Parse reads a document. The error is an *Error.
func Parse(source []byte) ([]Block, error) {
	if !utf8.Valid(source) {
		return nil, &Error{1, "the text is not UTF-8"}
	}
	var lines []line
	for i, text := range strings.Split(string(source), "\n") {
		l := line{text, i + 1}
		if strings.HasSuffix(text, " ") || strings.ContainsFunc(text, isControl) {
			return nil, l.errorf("it has blanks at its end, or a tab")
		}
		lines = append(lines, l)
	}
	p := parser{ids: map[string]bool{}}
	return p.blocks(lines)
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f }

// A line is one of the source's, without the indentation of the lists around it.
type line struct {
	text   string
	number int
}

func (l line) blank() bool { return l.text == "" }

func (l line) errorf(format string, args ...any) error {
	return &Error{l.number, fmt.Sprintf(format, args...)}
}

// A parser remembers what has to be unique.
type parser struct{ ids map[string]bool }

func (p *parser) blocks(lines []line) ([]Block, error) {
	var blocks []Block
	for i := 0; i < len(lines); {
		if lines[i].blank() {
			i++
			continue
		}
		block, used, err := p.block(lines[i:])
		if err != nil {
			return nil, err
		}
		i += used
		if i < len(lines) && !lines[i].blank() {
			return nil, lines[i].errorf("there is no blank line above")
		}
		blocks = append(blocks, block)
	}
	return blocks, nil
}

// block reads the block that begins on the first line, and tells how many lines it
// has.
func (p *parser) block(lines []line) (Block, int, error) {
	first := lines[0].text
	switch {
	case strings.HasPrefix(first, fence):
		return fencedCode(lines)
	case strings.HasPrefix(first, codeIndent):
		return indentedCode(lines)
	case strings.HasPrefix(first, "#"):
		return p.heading(lines[0])
	case strings.HasPrefix(first, bullet):
		return p.list(lines)
	case strings.HasPrefix(first, "|"):
		return table(lines)
	}
	return paragraph(lines)
}

const (
	fence      = "```"
	codeIndent = "    "
)

var language = lazyregexp.New(`^[a-z]*$`)

func fencedCode(lines []line) (Block, int, error) {
	block := Block{Kind: Code, Language: strings.TrimPrefix(lines[0].text, fence)}
	if !language.MatchString(block.Language) {
		return block, 0, lines[0].errorf("%q is no name of a language", block.Language)
	}
	for i, l := range lines[1:] {
		if l.text == fence {
			return block, i + 2, nil
		}
		if strings.HasPrefix(strings.TrimLeft(l.text, " "), fence) {
			return block, 0, l.errorf("it looks like the end of the code, and is none")
		}
		block.Source += l.text + "\n"
	}
	return block, 0, lines[0].errorf("the code does not end")
}

func indentedCode(lines []line) (Block, int, error) {
	block := Block{Kind: Code}
	used := 0
	for i, l := range lines {
		text, indented := strings.CutPrefix(l.text, codeIndent)
		if !indented && !l.blank() {
			break
		}
		if indented {
			block.Source += strings.Repeat("\n", i-used) + text + "\n"
			used = i + 1
		}
	}
	return block, used, nil
}

// otherBlock is how lines begin that a paragraph cannot hold: those of blocks that
// are read, and of some that are not.
var otherBlock = lazyregexp.New("^(?: |#|\\||```|~~~|[<>]|[-+*]( |$)|\\d+[.)]( |$)|[-=*_:| ]+$)")

func paragraph(lines []line) (Block, int, error) {
	var texts []string
	for _, l := range lines {
		if l.blank() {
			break
		}
		if otherBlock.MatchString(l.text) {
			return Block{}, 0, l.errorf("%.12q does not begin a line of a paragraph", l.text)
		}
		texts = append(texts, l.text)
	}
	spans, err := text(strings.Join(texts, "\n"), lines[0])
	return Block{Kind: Paragraph, Text: spans}, len(texts), err
}
