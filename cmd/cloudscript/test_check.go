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
	rt, err = runtime.New(runtime.Config{Modules: slices.Concat(rt.Modules(), testModules(&testWorld{}))})
	if err != nil {
		return nil, err
	}
	tests, err := analysis.New(ctx, rt)
	return &checkers{scripts: scripts, tests: tests}, err
}

// of is the checker for a file.
func (c *checkers) of(name string) *analysis.Checker {
	if strings.HasSuffix(name, testSuffix) {
		return c.tests
	}
	return c.scripts
}
