package markdown

import "strings"

const bullet, itemIndent = "- ", "  "

// list reads items of one or more blocks.
func (p *parser) list(lines []line) (Block, int, error) {
	block := Block{Kind: List, Tight: true}
	used := 0
	for {
		item, n, err := itemLines(lines[used:])
		if err != nil {
			return block, 0, err
		}
		blocks, err := p.blocks(item)
		if err != nil {
			return block, 0, err
		}
		block.Items = append(block.Items, blocks)
		block.Tight = block.Tight && len(blocks) == 1
		used += n
		next := used
		for next < len(lines) && lines[next].blank() {
			next++
		}
		if next == len(lines) || !strings.HasPrefix(lines[next].text, bullet) {
			return block, used, nil
		}
		block.Tight = block.Tight && next == used
		used = next
	}
}

// itemLines are the lines of the first item without the bullet and the blanks below
// it. They end at its last line that is not blank.
func itemLines(lines []line) ([]line, int, error) {
	first := line{strings.TrimPrefix(lines[0].text, bullet), lines[0].number}
	if strings.HasPrefix(first.text, " ") || strings.HasPrefix(first.text, bullet) {
		return nil, 0, first.errorf("one blank and a text stand behind -")
	}
	item, used := []line{first}, 1
	for _, l := range lines[1:] {
		text, indented := strings.CutPrefix(l.text, itemIndent)
		if !indented && !l.blank() {
			break
		}
		item = append(item, line{text, l.number})
		if indented {
			used = len(item)
		}
	}
	return item[:used], used, nil
}
