package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/runtime/analysis/luacats"
	"github.com/spf13/cobra"
)

func newTypesCommand(s *streams) *cobra.Command {
	return &cobra.Command{
		Use:   "types DIR",
		Short: "Write what editors need to complete and check scripts",
		Long: `Write annotations (LuaCATS) of everything that scripts can call into DIR, for
editors with lua-language-server: completion, help and warnings while typing.

Beside them stand .luarc.json, to be copied to the root of the project, and
vscode-settings.json, whose lines can go into .vscode/settings.json instead. Run
it again after an update of cloudscript: the annotations are written anew, and
files that it did not write are left alone.`,
		Example: `  cloudscript types types
  cp types/.luarc.json .`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return &usageError{message: "types: which folder?", hint: "name one, such as types; it is made if it does not exist"}
			}
			return atMostOne(cmd, args)
		},
		RunE: func(_ *cobra.Command, args []string) error { return writeTypes(s, args[0]) },
	}
}

func writeTypes(s *streams, dir string) error {
	rt, err := declarations(s)
	if err != nil {
		return err
	}
	n, err := writeStubs(dir, rt)
	if err != nil {
		return err
	}
	library := filepath.ToSlash(filepath.Clean(dir))
	for name, text := range map[string]string{
		".luarc.json":          luacats.Settings(library),
		"vscode-settings.json": luacats.VSCodeSettings(library),
	} {
		if _, err := writeNew(filepath.Join(dir, name), text, 0o644); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(s.out, "%d files in %s\n", n, dir)
	return err
}

// writeStubs writes the annotations into a folder and returns how many there are.
func writeStubs(dir string, rt *runtime.Runtime) (int, error) {
	stubs := luacats.Stubs(rt)
	for _, f := range stubs {
		path := filepath.Join(dir, f.Name)
		present, ok, err := readIfThere(path)
		switch {
		case err != nil:
			return 0, err
		case ok && !strings.HasPrefix(present, luacats.Marker):
			return 0, &usageError{message: path + " exists and was not written by cloudscript types", hint: "name another folder"}
		}
	}
	for _, f := range stubs {
		if err := writeFile(filepath.Join(dir, f.Name), f.Text, 0o644); err != nil {
			return 0, err
		}
	}
	return len(stubs), nil
}
