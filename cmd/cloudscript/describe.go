package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/runtime/analysis"
	"github.com/cloudscript/cloudscript/runtime/analysis/header"
	"github.com/spf13/cobra"
)

// describeOptions are what the describe command was asked for.
type describeOptions struct {
	file string
	json bool
}

func newDescribeCommand(s *streams) *cobra.Command {
	var opts describeOptions
	cmd := &cobra.Command{
		Use:   "describe [flags] FILE",
		Short: "Tell what a script does and takes, without running it",
		Long: `Tell what a script does and which parameters it takes, as its header declares
them, and which verbs it names, by effect. Nothing is run.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			s.json = opts.json
			if len(args) == 0 {
				return &usageError{message: "describe: which script?", hint: "name a FILE, or - for standard input"}
			}
			if err := atMostOne(cmd, args); err != nil {
				return err
			}
			opts.file = args[0]
			return describeScript(cmd.Context(), s, opts)
		},
	}
	cmd.Flags().BoolVar(&opts.json, "json", false, "print the description as JSON")
	return cmd
}

func describeScript(ctx context.Context, s *streams, o describeOptions) error {
	name, src, err := readSource(s, o.file)
	if err != nil {
		return err
	}
	if _, err := runtime.Compile(name, src); err != nil {
		return err
	}
	h, err := parseHeader(name, src)
	if err != nil {
		return err
	}
	w, err := openWorld(s, worldOptions{})
	if err != nil {
		return err
	}
	defer w.close()
	checker, err := analysis.New(ctx, w.runtime)
	if err != nil {
		return err
	}
	report := checker.With(analysis.Options{Require: modulesBeside(o.file)}).Check(name, src)
	if o.json {
		return s.writeJSON(newDescription(name, h, report))
	}
	text := describeHeader(name, h)
	if effects := effectsOf(report); len(effects) > 0 {
		text += "\nEffects:\n"
		for _, e := range effects {
			text += fmt.Sprintf("  %-8s %s\n", e.effect, strings.Join(e.verbs, ", "))
		}
	}
	_, err = fmt.Fprint(s.out, fitHelp(text, s.showWidth()))
	return err
}

// describeHeader is a header for people.
func describeHeader(name string, h *header.Header) string {
	var b strings.Builder
	fmt.Fprintln(&b, name)
	if h.Doc != "" {
		fmt.Fprintf(&b, "\n%s\n", h.Doc)
	}
	if len(h.Params) == 0 {
		return b.String()
	}
	fmt.Fprint(&b, "\nParameters:\n")
	width := 0
	for i := range h.Params {
		width = max(width, len(flagForm(&h.Params[i])))
	}
	for i := range h.Params {
		p := &h.Params[i]
		fmt.Fprintf(&b, "  %-*s  %s\n", width, flagForm(p), paramNote(p))
	}
	return b.String()
}

func flagForm(p *header.Param) string {
	form := "--" + flagName(p.Name)
	switch {
	case p.Type != header.Boolean:
		form += " " + p.Form()
	case p.Default == true:
		form += "=false"
	}
	return form
}

// paramNote is what a parameter is, and what happens if it is not given.
func paramNote(p *header.Param) string {
	note := ""
	switch text := p.DefaultText(); {
	case p.Required:
		note = "required"
	case p.Type == header.Boolean && text == "false":
	case text != "":
		note = "default " + text
	}
	switch {
	case note == "":
		return p.Doc
	case p.Doc == "":
		return note
	}
	return p.Doc + " (" + note + ")"
}

// A description is a script under --json.
type description struct {
	File    string              `json:"file"`
	Doc     string              `json:"doc,omitempty"`
	Params  []paramDocument     `json:"params"`
	Effects map[string][]string `json:"effects"`
}

type paramDocument struct {
	Name     string   `json:"name"`
	Flag     string   `json:"flag"`
	Type     string   `json:"type"`
	Values   []string `json:"values,omitempty"`
	Doc      string   `json:"doc,omitempty"`
	Required bool     `json:"required"`
	Default  any      `json:"default,omitempty"`
}

func newDescription(name string, h *header.Header, r *analysis.Report) description {
	d := description{File: name, Doc: h.Doc, Params: []paramDocument{}, Effects: effectsByName(r)}
	for _, p := range h.Params {
		d.Params = append(d.Params, paramDocument{p.Name, "--" + flagName(p.Name), string(p.Type), p.Values, p.Doc, p.Required, p.Default})
	}
	return d
}
