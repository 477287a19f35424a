package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/cloudscript/cloudscript/internal/lazyregexp"
)

// moduleName is what require takes: names joined by dots, so that nothing
// outside the script's directory can be named.
var moduleName = lazyregexp.New(`^[A-Za-z_][A-Za-z0-9_-]*(\.[A-Za-z_][A-Za-z0-9_-]*)*$`)

// modulesBeside answers require("lib.names") with lib/names.lua below the
// script's directory; for code that is no file, below the working directory.
func modulesBeside(script string) func(name string) (chunk string, src []byte, err error) {
	dir := "."
	if script != "" && script != "-" {
		dir = filepath.Dir(script)
	}
	return func(name string) (string, []byte, error) {
		if !moduleName.MatchString(name) {
			return "", nil, fmt.Errorf("%q is no module name: names joined by dots, such as lib.names", name)
		}
		chunk := filepath.Join(dir, filepath.FromSlash(strings.ReplaceAll(name, ".", "/"))+".lua")
		src, err := os.ReadFile(chunk)
		if errors.Is(err, fs.ErrNotExist) {
			return "", nil, &noModuleError{chunk}
		}
		if err != nil {
			return chunk, nil, err
		}
		src, err = luaText(chunk, src)
		return chunk, src, err
	}
}

// A noModuleError tells which file would be the module.
type noModuleError struct{ file string }

func (e *noModuleError) Error() string { return e.file + " does not exist" }
func (e *noModuleError) Unwrap() error { return fs.ErrNotExist }

// modulesAbove finds what a file requires wherever a script stands that runs it:
// beside the file if it is that script, in a directory above if it is a module.
func modulesAbove(file string) func(name string) (chunk string, src []byte, err error) {
	return func(name string) (string, []byte, error) {
		chunk, src, err := modulesBeside(file)(name)
		dir, _ := filepath.Abs(filepath.Dir(file)) // "" where the working directory is gone: nothing is above
		for above := filepath.Dir(dir); errors.Is(err, fs.ErrNotExist) && above != dir; dir, above = above, filepath.Dir(above) {
			if c, s, err := modulesBeside(filepath.Join(above, "script.lua"))(name); err == nil {
				return c, s, nil
			}
		}
		return chunk, src, err
	}
}
