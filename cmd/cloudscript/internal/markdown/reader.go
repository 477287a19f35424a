package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cloudscript/cloudscript/internal/lazyregexp"
)

// text reads what begins on a line.
func text(source string, at line) ([]*Span, error) {
	r := reader{source: source, at: at}
	return r.spans("")
}

// A reader is at a place of a text.
type reader struct {
	source string
	place  int
	at     line // the first
}

func (r *reader) rest() string { return r.source[r.place:] }

func (r *reader) errorf(format string, args ...any) error {
	at := r.at
	at.number += strings.Count(r.source[:r.place], "\n")
	return at.errorf(format, args...)
}

// around are the characters before the place and behind so many bytes there; a blank
// stands for the ends.
func (r *reader) around(width int) (before, after rune) {
	before, after = ' ', ' '
	if r.place > 0 {
		before, _ = utf8.DecodeLastRuneInString(r.source[:r.place])
	}
	if r.place+width < len(r.source) {
		after, _ = utf8.DecodeRuneInString(r.source[r.place+width:])
	}
	return before, after
}

const strongMark, linkEnd = "**", "]"

// marks are the characters that may mean something.
const marks = "`[]*_\\<&!"

// spans reads up to end, which is left; "" is the end of the text.
func (r *reader) spans(end string) ([]*Span, error) {
	var spans []*Span
	for {
		n := strings.IndexAny(r.rest(), marks)
		if n < 0 {
			n = len(r.rest())
		}
		spans = plain(spans, r.rest()[:n])
		r.place += n
		switch {
		case r.rest() == "" && end == "":
			return spans, nil
		case r.rest() == "":
			return nil, r.errorf("%s is missing", end)
		case end != "" && strings.HasPrefix(r.rest(), end):
			return spans, nil
		}
		span, err := r.marked(end)
		if err != nil {
			return nil, err
		}
		if span == nil {
			spans = plain(spans, r.rest()[:1])
			r.place++
			continue
		}
		spans = append(spans, span)
	}
}

// marked reads what begins with a mark; nil if it means nothing there. end is that of
// what it stands in.
func (r *reader) marked(end string) (*Span, error) {
	switch r.rest()[0] {
	case '`':
		return r.code()
	case '[':
		if end == "" || end == strongMark {
			return r.link()
		}
	case '*':
		if end == "" && strings.HasPrefix(r.rest(), strongMark) {
			return r.strong()
		}
	case '_':
		if before, after := r.around(1); isWord(before) && isWord(after) {
			return nil, nil
		}
	case '<', '&', '!':
		if !meaning.MatchString(r.rest()) {
			return nil, nil
		}
	}
	return nil, r.errorf("%.12q is not read; as code it can stand there", r.rest())
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// meaning is where HTML, a character's name or an image begins.
var meaning = lazyregexp.New(`^(?:<\S|&#?[A-Za-z0-9]+;|!\[)`)

var codeSpan = lazyregexp.New("^`([^` \\n](?:[^`]*[^` \\n])?)`(?:[^`]|$)")

func (r *reader) code() (*Span, error) {
	m := codeSpan.FindStringSubmatch(r.rest())
	if m == nil {
		return nil, r.errorf("code in text stands between two `, without blanks at its ends")
	}
	r.place += len(m[1]) + 2
	return &Span{Code: true, Text: strings.ReplaceAll(m[1], "\n", " ")}, nil
}

// strong stands between blanks or brackets, where nothing can be taken for its end.
func (r *reader) strong() (*Span, error) {
	before, after := r.around(2)
	if !unicode.IsSpace(before) && before != '(' || unicode.IsSpace(after) || after == '*' {
		return nil, r.errorf("** does not begin strong words there")
	}
	r.place += len(strongMark)
	inner, err := r.spans(strongMark)
	if err != nil {
		return nil, err
	}
	if before, after = r.around(2); unicode.IsSpace(before) || !unicode.IsSpace(after) && !unicode.IsPunct(after) || after == '*' {
		return nil, r.errorf("** does not end strong words there")
	}
	r.place += len(strongMark)
	return &Span{Strong: true, Inner: inner}, nil
}

var address = lazyregexp.New(`^\]\(([A-Za-z0-9:/.#?=_-]+)\)`)

func (r *reader) link() (*Span, error) {
	r.place++
	inner, err := r.spans(linkEnd)
	if err != nil {
		return nil, err
	}
	m := address.FindStringSubmatch(r.rest())
	if m == nil || len(inner) == 0 {
		return nil, r.errorf("a link is written [text](address)")
	}
	r.place += len(m[0])
	return &Span{URL: m[1], Inner: inner}, nil
}
