package main

import (
	"context"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/runtime/analysis"
)

// checkers check scripts, and test files with what these find beyond scripts.
type checkers struct {
	scripts, tests *analysis.Checker
}

func newCheckers(ctx context.Context, rt *runtime.Runtime) (*checkers, error) {
	scripts, err := analysis.New(ctx, rt)
	if err != nil {
		return nil, err
	}
	if rt, err = withTests(rt); err != nil {
		return nil, err
	}
	tests, err := analysis.New(ctx, rt)
	return &checkers{scripts: scripts, tests: tests}, err
}

// withTests declares what test files find as well. It is for those who read
// declarations: it runs nothing.
func withTests(rt *runtime.Runtime) (*runtime.Runtime, error) {
	return runtime.New(runtime.Config{Modules: slices.Concat(rt.Modules(), testModules(&testWorld{}))})
}

// declarations is all that scripts and test files can name, for a command that
// runs neither.
func declarations(s *streams) (*runtime.Runtime, error) {
	w, err := openWorld(s, worldOptions{})
	if err != nil {
		return nil, err
	}
	defer w.close()
	return withTests(w.runtime)
}

// of is the checker for a file.
func (c *checkers) of(file string) *analysis.Checker {
	options := analysis.Options{Require: modulesAbove(file), Header: parseHeader}
	if strings.HasSuffix(file, testSuffix) {
		options.Requires = []string{"t.script"}
		return c.tests.With(options)
	}
	return c.scripts.With(options)
}
