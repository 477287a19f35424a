package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/runtime/analysis"
	"github.com/spf13/cobra"
)

// checkOptions are what the check command was asked for.
type checkOptions struct {
	files []string
	json  bool
}

func newCheckCommand(s *streams) *cobra.Command {
	var opts checkOptions
	cmd := &cobra.Command{
		Use:   "check [flags] [FILE|DIR…]",
		Short: "Find mistakes in scripts without running them",
		Long: `Find mistakes in scripts without running them: syntax, names of verbs, fields
and parameters that do not exist, parameters that are missing or have a wrong
literal, locals that nothing reads, globals that were probably meant to be
locals, fields that a required module does not have. What the script and its
modules ask of the clouds is summed up by effect. Of a directory every .lua file
below it is checked; without a name, of the present one.

Each finding has a code in brackets. A comment in front of the line silences it:

  ---@diagnostic disable-next-line: unused-local

The exit code is 0 if nothing was found, 1 if something was, 2 if a file cannot
be read. A local whose name starts with _ may be unused.`,
		Example: `  cloudscript check deploy.lua
  cloudscript check --json scripts/*.lua`,
		RunE: func(cmd *cobra.Command, args []string) error {
			s.json = opts.json
			if len(args) == 0 {
				args = []string{"."}
			}
			var err error
			if opts.files, err = filesToCheck(args); err != nil {
				return err
			}
			return checkScripts(cmd.Context(), s, opts)
		},
	}
	cmd.Flags().BoolVar(&opts.json, "json", false, "print the findings as JSON")
	return cmd
}

// filesToCheck are the files that the arguments name, and the scripts below the directories.
func filesToCheck(args []string) ([]string, error) {
	var files []string
	for _, arg := range args {
		if info, err := os.Stat(arg); err != nil || !info.IsDir() {
			files = append(files, arg) // also "-", and what is not there, which the reading names
			continue
		}
		found, err := scriptsBelow(filepath.Clean(arg))
		switch {
		case err != nil:
			return nil, unusable(err)
		case len(found) == 0:
			return nil, &usageError{message: "there is no script below " + arg, hint: "the names of scripts end in .lua"}
		}
		files = append(files, found...)
	}
	return files, nil
}

// errFindings ends a check that found something, all of which was printed.
var errFindings = errors.New("there are findings")

func checkScripts(ctx context.Context, s *streams, o checkOptions) error {
	w, err := openWorld(s, worldOptions{})
	if err != nil {
		return err
	}
	defer w.close()
	check, err := newCheckers(ctx, w.runtime)
	if err != nil {
		return err
	}
	found := 0
	documents := []checkDocument{}
	for _, file := range o.files {
		name, src, err := readSource(s, file)
		if err != nil {
			return err
		}
		report := check.of(file).Check(name, src)
		found += len(report.Findings)
		if o.json {
			documents = append(documents, newCheckDocument(name, report))
		} else {
			printReport(s, name, report)
		}
	}
	if o.json {
		if err := s.writeJSON(map[string]any{"files": documents}); err != nil {
			return err
		}
	}
	if found > 0 {
		return said(errFindings)
	}
	return nil
}

func printReport(s *streams, name string, r *analysis.Report) {
	for _, f := range r.Findings {
		fmt.Fprintln(s.out, f.Render())
	}
	switch n := len(r.Findings); n {
	case 0:
		fmt.Fprintf(s.out, "%s: ok\n", name)
	case 1:
		fmt.Fprintf(s.out, "%s: 1 finding\n", name)
	default:
		fmt.Fprintf(s.out, "%s: %d findings\n", name, n)
	}
	for _, e := range effectsOf(r) {
		fmt.Fprintf(s.out, "  %-8s %s\n", e.effect, strings.Join(e.verbs, ", "))
	}
}

// An effectLine is what a script does to the world in one way.
type effectLine struct {
	effect runtime.Effect
	verbs  []string
}

// effectsOf are the verbs that reach beyond the run, by effect.
func effectsOf(r *analysis.Report) []effectLine {
	var lines []effectLine
	for _, use := range r.Uses {
		if use.Effect == runtime.Local {
			continue
		}
		if len(lines) == 0 || lines[len(lines)-1].effect != use.Effect {
			lines = append(lines, effectLine{effect: use.Effect})
		}
		last := &lines[len(lines)-1]
		last.verbs = append(last.verbs, use.Name)
	}
	return lines
}

// effectsByName are effectsOf as documents hold them.
func effectsByName(r *analysis.Report) map[string][]string {
	effects := map[string][]string{}
	for _, e := range effectsOf(r) {
		effects[e.effect.String()] = e.verbs
	}
	return effects
}

// A checkDocument is the report of one file under --json.
type checkDocument struct {
	File     string              `json:"file"`
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
