package repl

import (
	"cmp"
	"slices"
	"strings"
)

// A Mistake is what a check finds in a script.
type Mistake struct {
	Line    int    // from 1
	Rule    string // as a comment silences it
	Message string // one sentence
	Works   bool   // the line does what it says all the same
}

// acceptable are parts in which the place's check finds nothing: lines that work are
// silenced, other entries become comments. One that is left out may be missed by
// later ones, so it looks again.
func (p *Prompt) acceptable(file string, parts []part) []part {
	for p.place.Check != nil {
		mistakes := byPart(parts, p.place.Check(file, joined(parts)))
		settled := true
		for i, found := range mistakes {
			if len(found) > 0 && parts[i].isEntry {
				parts[i] = parts[i].without(found)
				settled = false
			}
		}
		if settled {
			break
		}
	}
	return parts
}

// byPart are the mistakes in each part, with lines counted from its first one.
func byPart(parts []part, mistakes []Mistake) [][]Mistake {
	found := make([][]Mistake, len(parts))
	first := 1 + strings.Count(savedHead, "\n")
	for i, part := range parts {
		behind := first + strings.Count(part.text, "\n")
		for _, m := range mistakes {
			if first <= m.Line && m.Line < behind {
				m.Line -= first - 1
				found[i] = append(found[i], m)
			}
		}
		first = behind
	}
	return found
}

// without is a part without mistakes: they are silenced if the lines work, and if
// that has not been tried. A comment stands for it else.
func (e part) without(mistakes []Mistake) part {
	silences := map[int][]string{} // by line
	for _, m := range mistakes {
		if e.loud != "" || !m.Works || e.beginsInside(m.Line) {
			source := strings.TrimSuffix(cmp.Or(e.loud, e.text), "\n")
			return part{text: "-- (left out: " + m.Message + ")\n" + remark(source) + "\n"}
		}
		if !slices.Contains(silences[m.Line], m.Rule) {
			silences[m.Line] = append(silences[m.Line], m.Rule)
		}
	}
	var b strings.Builder
	for i, line := range strings.SplitAfter(e.text, "\n") {
		if rules := silences[i+1]; len(rules) > 0 {
			indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
			b.WriteString(indent + "---@diagnostic disable-next-line: " + strings.Join(rules, ", ") + "\n")
		}
		b.WriteString(line)
	}
	return part{text: b.String(), isEntry: true, loud: e.text}
}

// beginsInside reports whether a line begins inside a text, where no comment can be.
func (e part) beginsInside(line int) bool {
	return slices.ContainsFunc(code(e.text), func(t token) bool {
		first := 1 + strings.Count(e.text[:t.at], "\n")
		return first < line && line <= first+strings.Count(t.text, "\n")
	})
}
