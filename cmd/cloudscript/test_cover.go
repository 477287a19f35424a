package main

import (
	"maps"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
)

// A testCoverage sums up which lines of scripts the tests of all files ran. Nil:
// nobody asked.
type testCoverage struct {
	files map[string]map[int]int64 // how often each line of code ran, by file
}

// A coveredFile is one file of a testCoverage.
type coveredFile struct {
	name  string
	lines []coveredLine // those with code, in order
}

type coveredLine struct {
	number int
	ran    int64
}

// of is what counts the lines of one test.
func (c *testCoverage) of() *runtime.Coverage {
	if c == nil {
		return nil
	}
	return &runtime.Coverage{}
}

// add adds what a test ran of the files that it required; files with tests are
// not what is tested.
func (c *testCoverage) add(w *testWorld) {
	if c == nil {
		return
	}
	for _, chunk := range w.coverage.Chunks() {
		if !w.required[chunk.Name] || strings.HasSuffix(chunk.Name, testSuffix) {
			continue
		}
		if c.files[chunk.Name] == nil {
			c.files[chunk.Name] = map[int]int64{}
		}
		for line, n := range chunk.Lines {
			c.files[chunk.Name][line] += n
		}
	}
}

// sorted are the files by name.
func (c *testCoverage) sorted() []coveredFile {
	var list []coveredFile
	for _, name := range slices.Sorted(maps.Keys(c.files)) {
		file := coveredFile{name: name}
		for _, number := range slices.Sorted(maps.Keys(c.files[name])) {
			file.lines = append(file.lines, coveredLine{number, c.files[name][number]})
		}
		list = append(list, file)
	}
	return list
}

// noting is the world's require; it notes which files it read.
func (w *testWorld) noting(name string) (chunk string, src []byte, err error) {
	chunk, src, err = w.require(name)
	w.required[chunk] = true
	return chunk, src, err
}
