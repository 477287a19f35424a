package header

import (
	"slices"
	"strings"
)

// A Header is what a script declares. The zero value is a script that declares
// nothing, and takes any parameters as text.
type Header struct {
	Doc    string // what the script does; lines as they stand
	Params []Param
}

// Parse reads a script's header; file is its name in errors. The error is Mistakes;
// the parameters that can be read are in the Header all the same. The rest of the
// script is not looked at.
func Parse(file string, src []byte) (*Header, error) {
	h := &Header{}
	var doc []string
	var mistakes Mistakes
	for _, l := range block(string(src)) {
		tag, ok := strings.CutPrefix(l.text, "@")
		if !ok {
			doc = append(doc, l.text)
			continue
		}
		word, rest := cutWord(tag, " \t")
		if word != "param" {
			if slices.Contains([]string{"param", "params", "parm", "parameter", "arg"}, strings.ToLower(word)) {
				mistakes = append(mistakes, l.mistake(file, mistake{"unknown tag @" + word, "parameters are declared with @param", l.text}))
			}
			continue // else a tag for editors
		}
		p, m := parseParam(rest)
		if m == nil && h.param(p.Name) != nil {
			m = &mistake{"the parameter \"" + p.Name + "\" is declared twice", "keep one of them", rest}
		}
		if m != nil {
			mistakes = append(mistakes, l.mistake(file, *m))
			continue
		}
		p.Line, p.Column = l.number, l.column(rest)
		h.Params = append(h.Params, *p)
	}
	h.Doc = strings.TrimSpace(strings.Join(doc, "\n"))
	if len(mistakes) > 0 {
		return h, mistakes
	}
	return h, nil
}

func (h *Header) param(name string) *Param {
	for i := range h.Params {
		if h.Params[i].Name == name {
			return &h.Params[i]
		}
	}
	return nil
}

// Names are the names of the parameters, in order.
func (h *Header) Names() []string {
	var names []string
	for _, p := range h.Params {
		names = append(names, p.Name)
	}
	return names
}

// A line is one line of the header: its text behind the dashes.
type line struct {
	number int
	source string
	text   string
}

// block finds the header's lines.
func block(src string) []line {
	var lines []line
	number := 0
	for source := range strings.Lines(src) {
		number++
		source = strings.TrimRight(source, "\r\n")
		text := strings.TrimSpace(source)
		content, ok := strings.CutPrefix(text, "---")
		ok = ok && !strings.HasPrefix(content, "-") // a row of dashes is a ruler
		switch {
		case ok:
			lines = append(lines, line{number, source, strings.TrimSpace(content)})
		case len(lines) > 0:
			if isFunction(text) {
				return nil
			}
			return lines
		case text == "", number == 1 && strings.HasPrefix(text, "#"):
		case strings.HasPrefix(text, "--") && !strings.HasPrefix(text, "--["):
		default:
			return nil
		}
	}
	return lines
}

// isFunction reports whether a line of code starts a function's declaration.
func isFunction(text string) bool {
	return strings.HasPrefix(text, "function ") || strings.HasPrefix(text, "local function ")
}
