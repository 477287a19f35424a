package luacatstest

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Check returns what is wrong with the annotations of files that belong together,
// text by name.
func Check(files map[string]string) []string {
	c := &checker{defined: map[string]string{}, used: map[string]string{}}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		c.file(name, files[name])
	}
	for _, name := range slices.Sorted(maps.Keys(c.used)) {
		if c.defined[name] == "" && !slices.Contains(builtIn, name) {
			c.problems = append(c.problems, fmt.Sprintf("%s: nothing defines the type %s", c.used[name], name))
		}
	}
	return c.problems
}

// builtIn are the types that the server knows.
var builtIn = []string{"nil", "any", "boolean", "string", "number", "integer", "function", "table", "thread", "userdata", "lightuserdata", "unknown", "self"}

// A checker reads all files, as a type of one may be defined in another.
type checker struct {
	defined, used map[string]string // where a type is
	problems      []string
	at            string // file:line
	block         block
}

// A block is annotations without an empty line between them, and the code below.
type block struct {
	tags     []string
	params   []string
	fields   []string
	generics []string
}

func (c *checker) fail(format string, args ...any) {
	c.problems = append(c.problems, c.at+": "+fmt.Sprintf(format, args...))
}

func (c *checker) file(name, text string) {
	if !strings.HasPrefix(text, "---@meta") {
		c.problems = append(c.problems, name+": it does not begin with ---@meta, and would be run")
	}
	c.block = block{}
	for i, line := range strings.Split(text, "\n") {
		c.at = fmt.Sprintf("%s:%d", name, i+1)
		annotation, isDoc := strings.CutPrefix(line, "---")
		tag, isTag := strings.CutPrefix(strings.TrimLeft(annotation, " \t"), "@")
		switch {
		case isDoc && isTag:
			c.tag(tag)
		case isDoc || strings.HasPrefix(line, "--"):
		case strings.TrimSpace(line) == "":
			c.end()
		default:
			c.code(line)
			c.block = block{}
		}
	}
	c.end()
}

// end is an empty line: what describes code must not stand above it.
func (c *checker) end() {
	for _, tag := range c.block.tags {
		if !slices.Contains([]string{"meta", "alias", "class", "field"}, tag) {
			c.fail("no code follows @%s", tag)
		}
	}
	c.block = block{}
}

var functionLine = regexp.MustCompile(`^(?:local )?function [A-Za-z_][\w.]*(?::\w+)?\(([^)]*)\) end$`)

// code is the line that a block describes.
func (c *checker) code(line string) {
	m := functionLine.FindStringSubmatch(line)
	if m == nil {
		for _, tag := range []string{"param", "return", "overload", "generic"} {
			if slices.Contains(c.block.tags, tag) {
				c.fail("@%s stands above what is no function", tag)
			}
		}
		return
	}
	if got := strings.Join(c.block.params, ", "); got != m[1] {
		c.fail("the parameters are (%s), and (%s) are annotated", m[1], got)
	}
	if slices.Contains(c.block.tags, "class") {
		c.fail("a class stands above a function")
	}
}
