package main

import (
	"context"

	"github.com/cloudscript/cloudscript/repl"
	"github.com/cloudscript/cloudscript/runtime/analysis"
)

// savedCheck is what the check command says of scripts that the prompt saves. It has a
// world of its own, as the command has: in that of the prompt an entry is under way.
func savedCheck(s *streams) func(file, script string) []repl.Mistake {
	return func(file, script string) []repl.Mistake {
		w, err := openWorld(s, worldOptions{})
		if err != nil {
			return nil
		}
		defer w.close()
		check, err := newCheckers(context.Background(), w.runtime)
		if err != nil {
			return nil
		}
		var mistakes []repl.Mistake
		for _, f := range check.of(file).Check(file, []byte(script)).Findings {
			mistakes = append(mistakes, repl.Mistake{
				Line: f.Position.Line, Rule: string(f.Rule), Message: f.Message,
				Works: f.Rule == analysis.UnusedLocal || f.Rule == analysis.AccidentalGlobal,
			})
		}
		return mistakes
	}
}
