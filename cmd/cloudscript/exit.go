package main

import (
	"context"
	"errors"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/apiclient/credentials"
	"github.com/cloudscript/cloudscript/runtime"
	"github.com/spf13/cobra"
)

// The exit codes that scripts and schedulers can rely on.
const (
	exitOK          = 0
	exitFailed      = 1
	exitUsage       = 2
	exitCredentials = 3
	exitLimit       = 4
	exitDenied      = 5
	exitUnreachable = 6
	exitInterrupted = 130
)

func newExitCodesTopic() *cobra.Command {
	return &cobra.Command{
		Use:   "exit-codes",
		Short: "What the exit codes mean",
		Long: `Exit codes of cloudscript:

    0  it worked
    1  the script failed; a test failed; check found something
    2  wrong usage: an unknown command or flag, a wrong value, no such script
    3  credentials are missing, or the cloud refused them
    4  a limit was hit (--timeout, --limit)
    5  policy refused a call
    6  the cloud could not be reached
  130  interrupted (Ctrl-C)

A script that ends with os.exit(N) ends the process with N.`,
	}
}

// A usageError is a mistake in the command line.
type usageError struct {
	message string
	hint    string
}

func (e *usageError) Error() string { return e.message }

// errInterrupted is the cause of every context that Ctrl-C ended.
var errInterrupted = errors.New("interrupted")

// exitCode is what an error means to the process that started this one.
func exitCode(err error) int {
	var (
		usage   *usageError
		failure *runtime.Error
		client  *apiclient.Error
	)
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &usage):
		return exitUsage
	case errors.Is(err, credentials.Kind):
		return exitCredentials
	case errors.As(err, &failure):
		return exitCodeOfKind(failure)
	case errors.As(err, &client): // its kinds have the same names
		return exitCodeOfKind(&runtime.Error{Kind: runtime.Kind(client.Kind)})
	case errors.Is(err, errInterrupted), errors.Is(err, context.Canceled):
		return exitInterrupted
	}
	return exitFailed
}

func exitCodeOfKind(e *runtime.Error) int {
	switch e.Kind {
	case runtime.Exit:
		return e.ExitCode
	case runtime.Unauthorized, runtime.Credentials:
		return exitCredentials
	case runtime.Limit:
		return exitLimit
	case runtime.Denied:
		return exitDenied
	case runtime.Unreachable:
		return exitUnreachable
	case runtime.Cancelled:
		return exitInterrupted
	}
	return exitFailed
}
