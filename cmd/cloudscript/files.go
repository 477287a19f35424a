package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// readIfThere returns a file's text, and false if there is no such file.
func readIfThere(path string) (text string, ok bool, err error) {
	b, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", false, nil
	case err != nil:
		return "", false, unusable(err)
	}
	return string(b), true, nil
}

// writeFile writes a file, and the folders above it.
func writeFile(path, text string, mode fs.FileMode) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return unusable(err)
	}
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		return unusable(err)
	}
	return nil
}

// writeNew writes a file unless there is one, and reports whether it did.
func writeNew(path, text string, mode fs.FileMode) (bool, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return false, unusable(err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	if err != nil {
		return false, unusable(err)
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Close()); err != nil {
		return false, unusable(err)
	}
	return true, nil
}

// unusable is an error about a path that the user named.
func unusable(err error) error {
	var of *fs.PathError
	if errors.As(err, &of) && errors.Is(err, syscall.ENOTDIR) {
		return &usageError{message: fileIn(of.Path) + " is a file, not a directory", hint: "name a directory; one that does not exist is made"}
	}
	return &usageError{message: err.Error(), hint: "check the path and its permissions"}
}

// fileIn is the part of a path that is a file, though more follows.
func fileIn(path string) string {
	for parent := filepath.Dir(path); ; path, parent = parent, filepath.Dir(parent) {
		if info, err := os.Stat(path); err == nil && !info.IsDir() || parent == path {
			return path
		}
	}
}

// refuseScript refuses to write over a script: whoever forgets the value of a flag
// names the script next.
func refuseScript(flag, path, instead string) error {
	if !strings.HasSuffix(path, ".lua") {
		return nil
	}
	return &usageError{message: flag + " " + path + ": that is the name of a script", hint: "name the FILE to write, such as " + flag + " " + instead}
}
