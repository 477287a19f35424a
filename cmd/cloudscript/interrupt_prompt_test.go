package main

import (
	"context"
	"errors"
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
	if err := context.Cause(ctx); !errors.Is(err, errInterrupted) {
		t.Errorf("the entry ends with %v", err)
	}
	i <- os.Interrupt // again, while it stops
	stop()
	if len(i) > 0 {
		t.Error("the next entry is interrupted too")
	}
	i <- os.Interrupt // of a pager
	i.drop()
	i.drop()
	if len(i) > 0 {
		t.Error("what a pager was sent interrupts an entry")
	}
}
