package stdlib

import (
	"fmt"
	"slices"
	"strings"
)

// The libraries that read TOML and YAML cannot be stopped, and what some texts take is
// quadratic: 64 KiB of "[" made YAML's take four gigabytes, and as much of "a." TOML's.
// So what they are given is bounded in size, which is configuration's, and in nesting.
const (
	maxTOML     = 128 << 10
	maxYAML     = 64 << 10
	maxBrackets = 20 // inside one another
	maxDots     = 16 // of one dotted name, and of what it is assigned
	maxDashes   = 40 // lists that begin in one line
)

// checkTOML refuses text that is nested too deep.
func checkTOML(text string) error {
	number, brackets := 0, 0
	for line := range strings.Lines(withoutStrings(text)) {
		number++
		for i := range len(line) {
			switch line[i] {
			case '[', '{':
				brackets++
			case ']', '}':
				brackets = max(0, brackets-1)
			}
			if brackets > maxBrackets {
				return fmt.Errorf("line %d: nested too deep", number)
			}
		}
		if deepTOML(line) {
			return fmt.Errorf("line %d: nested too deep", number)
		}
	}
	return nil
}

// withoutStrings is TOML text whose strings are empty, and without its comments. Its lines
// are as many.
func withoutStrings(text string) string {
	var out strings.Builder
	for text != "" {
		at := strings.IndexAny(text, `"'#`)
		if at < 0 {
			at = len(text)
		}
		out.WriteString(text[:at])
		text = text[at:]
		if text == "" {
			break
		}
		quote := text[:1]
		if triple := strings.Repeat(quote, 3); quote != "#" && strings.HasPrefix(text, triple) {
			quote = triple
		}
		n := stringEnd(text, quote)
		if quote != "#" {
			out.WriteString(`""`)
		}
		out.WriteString(strings.Repeat("\n", strings.Count(text[:n], "\n")))
		text = text[n:]
	}
	return out.String()
}

// stringEnd is how many bytes the string or comment takes that a text begins with. What has
// no end ends with its line, or with the text.
func stringEnd(text, quote string) int {
	for i := len(quote); i < len(text); i++ {
		switch {
		case text[i] == '\\' && quote[0] == '"':
			i++
		case text[i] == '\n' && len(quote) == 1:
			return i
		case quote != "#" && strings.HasPrefix(text[i:], quote):
			end := i + len(quote)
			for len(quote) == 3 && end < i+5 && strings.HasPrefix(text[end:], quote[:1]) {
				end++ // up to two quotes that the string ends with
			}
			return end
		}
	}
	return len(text)
}

// deepTOML reports a line with a name of too many parts. Words that no dot joins, and
// what commas part, are counted apart: a list of addresses is fine.
func deepTOML(line string) bool {
	dots := 0
	last := byte(' ') // that is no space
	for i := range len(line) {
		c := line[i]
		switch {
		case c == '.':
			dots++
		case c == ' ' || c == '\t':
			continue
		case c == ',' || c != '=' && last != '.' && last != '=' && i > 0 && (line[i-1] == ' ' || line[i-1] == '\t'):
			dots = 0
		}
		if last = c; dots > maxDots {
			return true
		}
	}
	return false
}

// yamlPaths is about how many bytes the names in a YAML document can take in memory:
// the parser keeps, with each value, the names of all that it is in.
func yamlPaths(text string) int64 {
	values, start := int64(0), 0
	var names []int
	for i := range len(text) {
		switch text[i] {
		case ':':
			names = append(names, i-start)
			values++
		case '\n', ',', '[', '{', '-':
			start = i
			values++
		}
	}
	slices.Sort(names)
	path := int64(0)
	for _, n := range names[max(0, len(names)-maxBrackets):] {
		path += int64(n)
	}
	return path * values
}
