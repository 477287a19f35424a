package main

import (
	"context"
	"os"
)

func main() {
	collectLate()
	os.Exit(execute(context.Background(), os.Args[1:], systemStreams()))
}

// execute runs one command line and returns the process's exit code.
func execute(ctx context.Context, args []string, s *streams) int {
	out := &lossNoter{to: s.out}
	s.out = out
	root := newRootCommand(s)
	root.SetArgs(withDeclaredFlags(root, s, args))
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.err)
	err := root.ExecuteContext(ctx)
	s.endProgress()
	if err == nil {
		err = out.loss()
	}
	return s.report(err)
}
