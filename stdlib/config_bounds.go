package stdlib

import (
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
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

// checkConfig refuses text that is too long or nested too deep. It does not know what
// is quoted: brackets, dots and dashes count wherever they stand.
func checkConfig(text string, longest int, deep func(line string) bool) error {
	if len(text) > longest {
		return runtime.Errorf(runtime.BadRequest, "the text has %d bytes, more than the %d KiB that are read; json.decode reads longer data", len(text), longest>>10)
	}
	number, brackets := 0, 0
	for line := range strings.Lines(text) {
		number++
		for i := range len(line) {
			switch line[i] {
			case '[', '{':
				brackets++
			case ']', '}':
				brackets = max(0, brackets-1)
			}
			if brackets > maxBrackets {
				return runtime.Errorf(runtime.BadRequest, "line %d: nested too deep", number)
			}
		}
		if deep(line) {
			return runtime.Errorf(runtime.BadRequest, "line %d: nested too deep", number)
		}
	}
	return nil
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

// deepYAML reports a line in which too many lists or keys begin.
func deepYAML(line string) bool {
	return strings.Count(line, "- ")+strings.Count(line, "? ") > maxDashes
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
