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
	targets []checkTarget
	json    bool
}

// A checkTarget is a file to check, or a path that cannot be read, and why.
type checkTarget struct {
	path string
	err  error
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
be read; the others are checked all the same. A local whose name starts with _
may be unused.`,
		Example: `  cloudscript check deploy.lua
  cloudscript check --json scripts/*.lua`,
		RunE: func(cmd *cobra.Command, args []string) error {
			s.json = opts.json
			if len(args) == 0 {
				args = []string{"."}
			}
			opts.targets = checkTargets(args)
			return checkScripts(cmd.Context(), s, opts)
		},
	}
	cmd.Flags().BoolVar(&opts.json, "json", false, "print the findings as JSON")
	return cmd
}

// checkTargets are the files that the arguments name, and the scripts below the directories.
func checkTargets(args []string) []checkTarget {
	var targets []checkTarget
	for _, arg := range args {
		if info, err := os.Stat(arg); err != nil || !info.IsDir() {
			targets = append(targets, checkTarget{path: arg}) // also "-", and what is not there, which the reading names
			continue
		}
		files, err := scriptsBelow(filepath.Clean(arg))
		for _, file := range files {
			targets = append(targets, checkTarget{path: file})
		}
		switch {
		case err != nil:
			targets = append(targets, checkTarget{arg, unusable(err)})
		case len(files) == 0:
			targets = append(targets, checkTarget{arg, &usageError{message: "there is no script below " + arg, hint: "the names of scripts end in .lua"}})
		}
	}
	return targets
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
	var outcome error
	documents := []checkDocument{}
	for _, target := range o.targets {
		name, report, err := checkOne(s, check, target)
		switch {
		case err != nil:
			outcome = err // which weighs more than findings
		case len(report.Findings) > 0 && outcome == nil:
			outcome = errFindings
		}
		switch {
		case o.json && err != nil:
			documents = append(documents, unreadDocument(target.path, err))
		case o.json:
			documents = append(documents, newCheckDocument(name, report))
		case err != nil:
			fmt.Fprint(s.err, s.errorText(err))
		default:
			printReport(s, name, report)
		}
	}
	if o.json {
		if err := s.writeJSON(map[string]any{"files": documents}); err != nil {
			return err
		}
	}
	if outcome != nil {
		return said(outcome)
	}
	return nil
}

func checkOne(s *streams, check *checkers, target checkTarget) (name string, report *analysis.Report, err error) {
	if target.err != nil {
		return "", nil, target.err
	}
	name, src, err := readSource(s, target.path)
	if err != nil {
		return "", nil, err
	}
	return name, check.of(target.path).Check(name, src), nil
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
