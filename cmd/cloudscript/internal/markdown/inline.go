package markdown

import (
	"iter"
	"strings"
)

// A Span is a part of a text: code, or a link or strong words with what is in them,
// or else plain. Lines are parted by "\n".
type Span struct {
	Text   string // of code, or plain
	Code   bool
	Strong bool
	URL    string  // of a link, "" for none
	Inner  []*Span // of a link or strong words
}

// All are spans and those in them.
func All(spans []*Span) iter.Seq[*Span] {
	return func(yield func(*Span) bool) { all(spans, yield) }
}

func all(spans []*Span, yield func(*Span) bool) bool {
	for _, s := range spans {
		if !yield(s) || !all(s.Inner, yield) {
			return false
		}
	}
	return true
}

// Plain is a text without its marks, on one line.
func Plain(spans []*Span) string {
	var out strings.Builder
	for s := range All(spans) {
		out.WriteString(s.Text)
	}
	return strings.ReplaceAll(out.String(), "\n", " ")
}

// plain adds plain text to spans.
func plain(spans []*Span, text string) []*Span {
	if text == "" {
		return spans
	}
	if len(spans) > 0 {
		if last := spans[len(spans)-1]; !last.Code && last.Inner == nil {
			last.Text += text
			return spans
		}
	}
	return append(spans, &Span{Text: text})
}
