package main

import (
	"fmt"
	"runtime"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/spf13/cobra"
)

func newVersionCommand(s *streams) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  noArguments,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(s.out, versionText())
			return err
		},
	}
}

func versionText() string {
	return fmt.Sprintf("cloudscript %s %s %s/%s", apiclient.Version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
