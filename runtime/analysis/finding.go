package analysis

import (
	"cmp"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/runtime/analysis/internal/syntax"
)

// A Rule is the kind of a finding.
type Rule string

const (
	Syntax           Rule = "syntax"            // the source does not compile
	Header           Rule = "header"            // the script's header cannot be read
	Module           Rule = "module"            // a module that require cannot find or load
	UnknownGlobal    Rule = "unknown-global"    // a name that neither the runtime nor the script defines
	UnknownVerb      Rule = "unknown-verb"      // a module has no such verb, an object no such method
	UnknownField     Rule = "unknown-field"     // an object, library or module has no such field
	UnknownParameter Rule = "unknown-parameter" // a verb has no parameter of this name
	MissingParameter Rule = "missing-parameter" // a required parameter is not given
	ExtraArgument    Rule = "extra-argument"    // more arguments than a verb takes, or one of them twice
	WrongType        Rule = "wrong-type"        // a literal of a type that the parameter does not take
	WrongValue       Rule = "wrong-value"       // a literal of the right type that the parameter does not take
	UnusedLocal      Rule = "unused-local"      // a local that nothing reads
	AccidentalGlobal Rule = "accidental-global" // an assignment that was probably meant for a local
)

// A Finding is one mistake.
type Finding struct {
	Rule     Rule
	Message  string // one sentence
	Hint     string // what to do; "" if the message says it
	Position runtime.Position
	Source   string // the line of the script, without its line end
}

// A Report is what Check found.
type Report struct {
	Findings []Finding // in the order of the source
	Uses     []Use     // by effect, the strongest last, then by name
}

// report collects one script's findings.
type report struct {
	file     string
	lines    []string
	findings []Finding
}

func newReport(file, src string) *report {
	return &report{file: file, lines: strings.Split(strings.ReplaceAll(src, "\r\n", "\n"), "\n")}
}

func (r *report) add(at syntax.Pos, rule Rule, message, hint string) {
	f := Finding{Rule: rule, Message: message, Hint: hint, Position: runtime.Position{File: r.file, Line: at.Line, Column: at.Column}}
	if 0 < at.Line && at.Line <= len(r.lines) {
		f.Source = r.lines[at.Line-1]
	}
	r.findings = append(r.findings, f)
}

// sorted are the findings in the order of the source.
func (r *report) sorted() []Finding {
	slices.SortStableFunc(r.findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Position.Line, b.Position.Line), cmp.Compare(a.Position.Column, b.Position.Column))
	})
	return r.findings
}
