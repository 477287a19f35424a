package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// testSuffix is how the names of test files end.
const testSuffix = "_test.lua"

// testFiles are the files that paths name, and the test files below the
// directories that they name, each once, those of a directory by name.
func testFiles(paths []string) ([]string, error) {
	var files []string
	for _, path := range paths {
		if path == "" {
			return nil, &usageError{message: "the name of a file or directory is empty", hint: "name one; without any, the tests below the working directory run"}
		}
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
	files, err := filesBelow(path, testSuffix)
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

// filesBelow are path itself, if it is a file, or the files below it whose names
// have the ending. Below it, what begins with a dot is left out, and what is no
// file: a pipe, a link that leads nowhere, as editors make them. The error is what
// could not be read; the files are the others.
func filesBelow(path, ending string) ([]string, error) {
	var files []string
	var unread error
	err := filepath.WalkDir(path, func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil && file == path:
			return err
		case err != nil:
			unread = errors.Join(unread, err)
			return nil
		case file == path && !entry.IsDir(): // named by the user
			files = append(files, file)
		case file != path && strings.HasPrefix(entry.Name(), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case !entry.IsDir() && strings.HasSuffix(entry.Name(), ending):
			if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() {
				files = append(files, file)
			}
		}
		return nil
	})
	return files, errors.Join(err, unread)
}

// editorStub is how the files begin that are for editors alone.
const editorStub = "---@meta"

// untested are the scripts below the directories that paths name which are not
// among the files that tests ran.
func untested(paths []string, ran map[string]map[int]int64) []string {
	var list []string
	for _, path := range paths {
		path = filepath.Clean(path)
		files, _ := scriptsBelow(path) // the tests were found, so it can be read
		for _, file := range files {
			if file != path && ran[file] == nil && !strings.HasSuffix(file, testSuffix) && !slices.Contains(list, file) {
				list = append(list, file)
			}
		}
	}
	return list
}

// scriptsBelow are path itself, if it is a file, or the scripts, modules and tests below it.
func scriptsBelow(path string) ([]string, error) {
	files, err := filesBelow(path, ".lua")
	return slices.DeleteFunc(files, func(file string) bool {
		text, err := os.ReadFile(file)
		return file != path && err == nil && strings.HasPrefix(string(text), editorStub)
	}), err
}
