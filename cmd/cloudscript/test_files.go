package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
)

// testSuffix is how the names of test files end.
const testSuffix = "_test.lua"

// testFiles are the files that paths name, and the test files below the
// directories that they name, each once, those of a directory by name.
// Directories whose names begin with a dot are left out.
func testFiles(paths []string) ([]string, error) {
	var files []string
	for _, path := range paths {
		found, err := testFilesBelow(filepath.Clean(path))
		if err != nil {
			return nil, err
		}
		for _, file := range found {
			if !slices.Contains(files, file) {
				files = append(files, file)
			}
		}
	}
	return files, nil
}

func testFilesBelow(path string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(path, func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case file == path && !entry.IsDir(): // named by the user
			files = append(files, file)
		case entry.IsDir() && file != path && strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir
		case !entry.IsDir() && strings.HasSuffix(entry.Name(), testSuffix):
			files = append(files, file)
		}
		return nil
	})
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &usageError{message: "there is no file or directory " + path, hint: "check the path"}
	case err != nil:
		return nil, unusable(err)
	case len(files) == 0:
		return nil, &usageError{message: fmt.Sprintf("there is no test below %s", path), hint: "the names of test files end in " + testSuffix}
	}
	return files, nil
}
