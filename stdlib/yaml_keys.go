package stdlib

import "strings"

// maxKeys bounds the keys of one block mapping, for each of which the YAML parser
// copies all that came before.
const maxKeys = 2000

// mostKeys is how many keys the largest block mapping of a YAML document has, about:
// how many lines with a key stand at one indentation, with none further left between
// them. Block scalars and what is in brackets or quotes do not count.
func mostKeys(text string) int {
	type mapping struct{ indent, keys int }
	var open []mapping // each inside the one before
	most, scalar := 0, -1
	var l yamlLine
	closeTo := func(indent int) {
		for len(open) > 0 && open[len(open)-1].indent > indent {
			open = open[:len(open)-1]
		}
	}
	for line := range strings.Lines(text) {
		rest := strings.TrimLeft(line, " ")
		indent := len(line) - len(rest)
		rest = strings.TrimRight(rest, " \t\r\n")
		if rest == "" || rest[0] == '#' || scalar >= 0 && indent > scalar {
			continue
		}
		scalar = -1
		if l.goesOn(indent, rest[0]) {
			l.read(rest)
			continue
		}
		l = yamlLine{indent: indent}
		for strings.HasPrefix(rest, "- ") {
			closeTo(indent)
			item := strings.TrimLeft(rest[1:], " ")
			indent += len(rest) - len(item)
			rest = item
			closeTo(indent - 1) // the item's mapping is a new one
		}
		closeTo(indent)
		l.read(rest)
		if l.key {
			if len(open) == 0 || open[len(open)-1].indent < indent {
				open = append(open, mapping{indent: indent})
			}
			last := &open[len(open)-1]
			last.keys++
			most = max(most, last.keys)
		}
		if l.scalar {
			scalar = indent
		}
	}
	return most
}

// A yamlLine is what of a document's structure is seen in a line, and in those that go
// on with its quotes and brackets.
type yamlLine struct {
	indent   int  // of the first line
	quote    byte // that is open; 0 for none
	brackets int  // that are open
	key      bool // outside quotes and brackets there is a colon
	scalar   bool // it ends with the sign that begins a block scalar
}

// goesOn reports whether a line belongs to what is open: it stands further right, or
// closes a bracket. So what was mistaken for a beginning hides no keys beside it.
func (l *yamlLine) goesOn(indent int, first byte) bool {
	return (l.quote != 0 || l.brackets > 0) && indent > l.indent || l.brackets > 0 && (first == ']' || first == '}')
}

// read looks at a line without its indentation. Quotes, brackets and block scalars begin
// where a key or a value does; elsewhere their signs are text.
func (l *yamlLine) read(line string) {
	begins := true
	for i := 0; i < len(line); i++ {
		c := line[i]
		ends := i+1 == len(line) || line[i+1] == ' ' || line[i+1] == '\t' // what is a sign only before a blank
		switch {
		case l.quote == '"' && c == '\\', l.quote == '\'' && strings.HasPrefix(line[i:], "''"):
			i++
		case l.quote != 0:
			if c == l.quote {
				l.quote = 0
			}
		case c == ' ', c == '\t':
		case c == '#' && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t'):
			return
		case begins && (c == '"' || c == '\''):
			l.quote, begins = c, false
		case c == '[' || c == '{':
			if begins || l.brackets > 0 {
				l.brackets, begins = l.brackets+1, true
			}
		case l.brackets > 0 && (c == ']' || c == '}'):
			l.brackets, begins = l.brackets-1, false
		case l.brackets > 0 && (c == ',' || c == ':'):
			begins = true
		case c == ':' && ends:
			l.key, begins = true, true
		case begins && (c == '-' || c == '?') && ends:
		case begins && (c == '&' || c == '!'): // a name of the value that follows
			for i+1 < len(line) && !strings.ContainsRune(" ,[]{}", rune(line[i+1])) {
				i++
			}
		case begins && l.brackets == 0 && (c == '|' || c == '>'):
			l.scalar = true
			return
		default:
			begins = false
		}
	}
}
