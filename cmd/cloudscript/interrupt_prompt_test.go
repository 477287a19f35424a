package main

import (
	"context"
	"io"
	"os"
	"testing"
)

func TestAnInterruptCountsForOneEntry(t *testing.T) {
	i := make(interrupts, 1)
	s := &streams{err: io.Discard}
	i <- os.Interrupt // between the line and its evaluation
	ctx, stop := i.during(t.Context(), s)
	<-ctx.Done()
	if err := context.Cause(ctx); err != errInterrupted {
		t.Errorf("the entry ends with %v", err)
	}
	i <- os.Interrupt // again, while it stops
	stop()
	ctx, stop = i.during(t.Context(), s)
	if ctx.Err() != nil {
		t.Error("the next entry is interrupted too")
	}
	stop()
	i <- os.Interrupt // of a pager
	i.drop()
	i.drop()
	ctx, stop = i.during(t.Context(), s)
	if ctx.Err() != nil {
		t.Error("what a pager was sent interrupts an entry")
	}
	stop()
}
