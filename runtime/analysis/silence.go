package analysis

import (
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/runtime/analysis/internal/syntax"
)

// editorCodes are the codes of lua-language-server for what a rule finds, where
// they are others: a comment silences both tools by either name.
var editorCodes = map[string][]Rule{
	"undefined-global":    {UnknownGlobal},
	"undefined-field":     {UnknownField, UnknownVerb},
	"redundant-parameter": {ExtraArgument},
	"param-type-mismatch": {WrongType, WrongValue},
	"lowercase-global":    {AccidentalGlobal},
	"unused-function":     {UnusedLocal},
	"missing-fields":      {MissingParameter},
}

// A directive is a comment ---@diagnostic MODE: CODE, CODE.
type directive struct {
	line  int
	mode  string
	codes []string // none: all
}

// silence takes away the findings that the script's comments silence. What keeps
// a script from running cannot be silenced.
func (r *report) silence(src string) {
	var list []directive
	for _, c := range syntax.Comments(src) {
		if d, ok := parseDirective(c); ok {
			list = append(list, d)
		}
	}
	r.findings = slices.DeleteFunc(r.findings, func(f Finding) bool {
		return f.Rule != Syntax && f.Rule != Header && silenced(list, f)
	})
}

func parseDirective(c syntax.Comment) (directive, bool) {
	text, ok := strings.CutPrefix(c.Text, "---")
	if !ok {
		return directive{}, false
	}
	text, ok = strings.CutPrefix(strings.TrimSpace(text), "@diagnostic ")
	if !ok {
		return directive{}, false
	}
	mode, codes, _ := strings.Cut(text, ":")
	d := directive{line: c.Line, mode: strings.TrimSpace(mode)}
	for _, code := range strings.Split(codes, ",") {
		if code = strings.TrimSpace(code); code != "" {
			d.codes = append(d.codes, code)
		}
	}
	return d, true
}

// silenced follows the directives down to a finding, as lua-language-server does:
// disable and enable hold from the next line on.
func silenced(list []directive, f Finding) bool {
	off := false
	for _, d := range list {
		if !d.names(f.Rule) {
			continue
		}
		line := f.Position.Line
		switch d.mode {
		case "disable-line":
			if line == d.line {
				return true
			}
		case "disable-next-line":
			if line == d.line+1 {
				return true
			}
		case "disable", "enable":
			if line > d.line {
				off = d.mode == "disable"
			}
		}
	}
	return off
}

func (d directive) names(rule Rule) bool {
	return len(d.codes) == 0 || slices.ContainsFunc(d.codes, func(code string) bool {
		return code == string(rule) || slices.Contains(editorCodes[code], rule)
	})
}
