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

// interrupts are the Ctrl-C of a person at the prompt. They never end the process:
// the prompt outlives what is typed at it. One that comes just before an entry's
// evaluation begins counts for it.
type interrupts chan os.Signal

func catchInterrupts() interrupts {
	i := make(interrupts, 1)
	signal.Notify(i, os.Interrupt)
	return i
}

func (i interrupts) release() { signal.Stop(i) }

// during returns a context that a Ctrl-C ends, until stop is called.
func (i interrupts) during(ctx context.Context, s *streams) (_ context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		select {
		case <-i:
			shown := "\n" // behind the ^C that the terminal has shown
			if s.progress != nil && s.progress.giveWay() {
				shown = "^C\n" // it went with the line of progress
			}
			fmt.Fprint(s.err, shown)
			cancel(errInterrupted)
		case <-done:
		}
	}()
	return ctx, func() {
		close(done)
		<-ended
		cancel(context.Canceled)
		i.drop() // one too many
	}
}

// drop forgets a Ctrl-C that was meant for something else, such as a pager.
func (i interrupts) drop() {
	select {
	case <-i:
	default:
	}
}
