package markdown

import (
	"fmt"
	"strings"
)

func (p *parser) heading(l line) (Block, int, error) {
	marks, title, ok := strings.Cut(l.text, " ")
	if !ok || strings.Trim(marks, "#") != "" || len(marks) > 6 || strings.HasPrefix(title, " ") || strings.HasSuffix(title, "#") {
		return Block{}, 0, l.errorf("it is no heading such as: ## Title")
	}
	spans, err := text(title, l)
	if err != nil {
		return Block{}, 0, err
	}
	for span := range All(spans) {
		if span.URL != "" {
			return Block{}, 0, l.errorf("a heading cannot hold a link")
		}
	}
	return Block{Kind: Heading, Level: len(marks), ID: p.id(title), Text: spans}, 1, nil
}

// id is the name of a heading's place, as GitHub's are but for "_": letters and
// digits of ASCII, and "-" for blanks.
func (p *parser) id(title string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r == ' ', r == '-', r == '_':
			return '-'
		}
		return -1
	}, title)
	if name == "" {
		name = "heading"
	}
	unique := name
	for i := 1; p.ids[unique]; i++ {
		unique = fmt.Sprintf("%s-%d", name, i)
	}
	p.ids[unique] = true
	return unique
}
