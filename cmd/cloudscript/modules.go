package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// moduleName is what require takes: names joined by dots, so that nothing
// outside the script's directory can be named.
var moduleName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*(\.[A-Za-z_][A-Za-z0-9_-]*)*$`)

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
			return "", nil, fmt.Errorf("there is no module %q: %s does not exist", name, chunk)
		}
		return chunk, src, err
	}
}
