package main

import "github.com/cloudscript/cloudscript/runtime/analysis"

// effectsByName are effectsOf as documents hold them.
func effectsByName(r *analysis.Report) map[string][]string {
	effects := map[string][]string{}
	for _, e := range effectsOf(r) {
		effects[e.effect.String()] = e.verbs
	}
	return effects
}

// A checkDocument is the report of one file under --json. A file that cannot be
// read has an error.
type checkDocument struct {
	File     string              `json:"file"`
	Error    *errorDocument      `json:"error,omitempty"`
	Findings []findingDocument   `json:"findings"`
	Effects  map[string][]string `json:"effects"`
}

type findingDocument struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
	Line    int    `json:"line"`
	Column  int    `json:"column,omitempty"`
}

func newCheckDocument(name string, r *analysis.Report) checkDocument {
	d := checkDocument{File: name, Findings: []findingDocument{}, Effects: effectsByName(r)}
	for _, f := range r.Findings {
		d.Findings = append(d.Findings, findingDocument{string(f.Rule), f.Message, f.Hint, f.Position.Line, f.Position.Column})
	}
	return d
}

func unreadDocument(path string, err error) checkDocument {
	e := errorJSON(err)
	return checkDocument{File: path, Error: &e, Findings: []findingDocument{}, Effects: map[string][]string{}}
}
