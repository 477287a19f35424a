package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

// interruptible ends the context at the first Ctrl-C (or SIGTERM) and the
// process at the second, for whatever takes too long to stop. Call stop when the
// work is done.
func interruptible(ctx context.Context, s *streams) (_ context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	done := make(chan struct{})
	go func() {
		select {
		case <-signals:
			cancel(errInterrupted)
		case <-done:
			return
		}
		fmt.Fprintln(s.err, "cloudscript: stopping; Ctrl-C once more ends at once")
		select {
		case <-signals:
			os.Exit(exitInterrupted)
		case <-done:
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		close(done)
		cancel(context.Canceled)
	}
}

// entryInterruptible ends the context at Ctrl-C. It never ends the process: the
// prompt outlives what is typed at it.
func entryInterruptible(ctx context.Context, s *streams) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	done := make(chan struct{})
	go func() {
		select {
		case <-signals:
			fmt.Fprintln(s.err) // the terminal has shown ^C
			cancel(errInterrupted)
		case <-done:
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		close(done)
		cancel(context.Canceled)
	}
}

// ignoreInterrupts keeps a Ctrl-C between two entries from ending the process.
func ignoreInterrupts() (stop func()) {
	signals := make(chan os.Signal, 1) // never read: what does not fit is dropped
	signal.Notify(signals, os.Interrupt)
	return func() { signal.Stop(signals) }
}
