package main

import (
	"fmt"
	"io"
	"sync/atomic"
)

// A lossNoter writes on and keeps the first error, so that a command whose output did not
// arrive, on a full disk, does not end as if it had.
type lossNoter struct {
	to    io.Writer
	first atomic.Pointer[error]
}

func (n *lossNoter) Write(p []byte) (int, error) {
	written, err := n.to.Write(p)
	if err != nil {
		n.first.CompareAndSwap(nil, &err)
	}
	return written, err
}

func (n *lossNoter) loss() error {
	if err := n.first.Load(); err != nil {
		return fmt.Errorf("cannot write the output: %w", *err)
	}
	return nil
}
