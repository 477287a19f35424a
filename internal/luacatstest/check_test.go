package luacatstest

import (
	"slices"
	"strings"
	"testing"
)

const head = "---@meta\n\n"

func TestGoodAnnotations(t *testing.T) {
	text := head + `---Text of any kind: | ? <b> @here
---@alias size "small"|"it\"s"|'large'|-1
---@class (exact) box.arguments
---@field name string a label, of any kind
---@field size? size
---@field [string] any

---@class box: thing, other
box = {}

---@class thing
---@class other

---@generic T, K: string
---@param list T[] items (all)
---@param fn? fun(item: T, index?: integer, ...: any): boolean?, string
---@param rest { [string]: K, size?: size, list: (size|nil)[][] }|table<string, box>
---@return T? the first
---@return integer, string? the others
---@overload fun(arguments: box.arguments): any[]
---@overload fun()
---@nodiscard
function box.find(list, fn, rest) end

---@type string[]
arg = {}
`
	if got := Check(map[string]string{"a.lua": text}); len(got) > 0 {
		t.Errorf("found\n%s", strings.Join(got, "\n"))
	}
}

// Each mistake is one that the server would report or, worse, would not.
func TestMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"---@param a string\nfunction f(b) end":                             "the parameters are (b), and (a) are annotated",
		"---@param a\nfunction f(a) end":                                    "a type is missing",
		"---@param a string | number |\nfunction f(a) end":                  "a type is missing",
		"---@param a string ?text\nfunction f(a) end":                       "continues the type",
		"---@param a string |text\nfunction f(a) end":                       "nothing defines the type text",
		"---@param a string [x]\nfunction f(a) end":                         "continues the type",
		"---@param a strin\nfunction f(a) end":                              "nothing defines the type strin",
		"---@param a T\nfunction f(a) end":                                  "nothing defines the type T",
		"---@param a fun(b: string\nfunction f(a) end":                      `")" is missing`,
		"---@param a { b string }\nfunction f(a) end":                       `":" is missing`,
		"---@param a { b: string\nfunction f(a) end":                        `"}" is missing`,
		"---@param a table<string\nfunction f(a) end":                       `">" is missing`,
		"---@param a string:x\nfunction f(a) end":                           "no space before",
		"---@return\nfunction f() end":                                      "a type is missing",
		"---@return string, number,\nfunction f() end":                      "a type is missing",
		"---@generic T\n---@overload fun(a: T)\nfunction f() end":           "nothing defines the type T",
		"---@return string number\n---@return string [x]\nfunction f() end": "continues the type",
		"---@overload function\nfunction f() end":                           "@overload is no fun(",
		"---@overload fun() x\nfunction f() end":                            `"x" is too much`,
		"---@parm a string\nfunction f(a) end":                              "@parm is not used here",
		"---@class a.b c":                                                   `"c" is too much`,
		"---@class (exakt) a":                                               "a class can be exact, not exakt",
		"---@class a\n---@field public? string":                             "takes the field public for a visibility",
		"---@class a\n---@field b string\n---@field b string":               "the field b stands there twice",
		"---@class a\n\n---@class a":                                        "a is defined at a.lua:3 as well",
		"---@class a\nfunction f() end":                                     "a class stands above a function",
		"---@alias a":                                                       "a type is missing",
		"---@param a string\n\nfunction f(a) end":                           "no code follows @param",
		"---@param a string\nx = {}":                                        "@param stands above what is no function",
	} {
		got := Check(map[string]string{"a.lua": head + text + "\n"})
		if !slices.ContainsFunc(got, func(problem string) bool { return strings.Contains(problem, want) }) {
			t.Errorf("%s\nfound %q, want %s", text, got, want)
		}
	}
	if got := Check(map[string]string{"b.lua": "x = 1\n"}); len(got) != 1 || !strings.Contains(got[0], "---@meta") {
		t.Errorf("without ---@meta: %q", got)
	}
}
