package main

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/cloudscript/cloudscript/internal/english"
)

// A ratio is how many lines ran, of how many with code.
type ratio struct{ ran, lines int }

func (f *coveredFile) ratio() ratio {
	r := ratio{lines: len(f.lines)}
	for _, line := range f.lines {
		if line.ran > 0 {
			r.ran++
		}
	}
	return r
}

func totalRatio(files []coveredFile) ratio {
	var total ratio
	for i := range files {
		r := files[i].ratio()
		total.ran += r.ran
		total.lines += r.lines
	}
	return total
}

// percent is the ratio with one decimal, rounded down so that nothing is 100.0%
// but what ran as a whole. A file without code did.
func (r ratio) percent() string {
	tenths := 1000
	if r.lines > 0 {
		tenths = 1000 * r.ran / r.lines
	}
	return fmt.Sprintf("%d.%d%%", tenths/10, tenths%10)
}

// reaches reports whether the ratio is at least so many percent. No lines reach
// nothing.
func (r ratio) reaches(percent float64) bool {
	return r.lines > 0 && float64(r.ran)*100 >= percent*float64(r.lines)
}

// missed are the lines that did not run, as ranges: "3, 7-9". Lines without code
// do not divide a range.
func (f *coveredFile) missed() string {
	var ranges []string
	for i := 0; i < len(f.lines); i++ {
		if f.lines[i].ran > 0 {
			continue
		}
		first := f.lines[i].number
		for i+1 < len(f.lines) && f.lines[i+1].ran == 0 {
			i++
		}
		text := strconv.Itoa(first)
		if last := f.lines[i].number; last > first {
			text += "-" + strconv.Itoa(last)
		}
		ranges = append(ranges, text)
	}
	return strings.Join(ranges, ", ")
}

// lcov is the coverage in the form of lcov's tracefiles, which editors and
// continuous integration read.
func lcov(files []coveredFile) string {
	var b strings.Builder
	for i := range files {
		f := &files[i]
		fmt.Fprintf(&b, "TN:\nSF:%s\n", filepath.ToSlash(f.name))
		for _, line := range f.lines {
			fmt.Fprintf(&b, "DA:%d,%d\n", line.number, line.ran)
		}
		r := f.ratio()
		fmt.Fprintf(&b, "LF:%d\nLH:%d\nend_of_record\n", r.lines, r.ran)
	}
	return b.String()
}

// untested tells of scripts that no test ran.
func (r *testReport) untested(files []string) {
	switch {
	case len(files) == 0:
	case r.verbose:
		fmt.Fprintf(r.out, "  no test runs: %s\n", strings.Join(files, ", "))
	default:
		fmt.Fprintf(r.out, "  no test runs %s; -v names them\n", english.Count(len(files), "script"))
	}
}

// coverage reports which lines ran, and whether they are as many as the command
// asks for.
func (r *testReport) coverage(o testOptions) (enough bool) {
	files := o.collected.sorted()
	if len(files) == 0 {
		fmt.Fprintln(r.out, "coverage: the tests ran no script; they do by require and t.script")
		return o.minimum == 0
	}
	width := len("in all")
	for _, f := range files {
		width = max(width, len(f.name))
	}
	line := func(name string, of ratio) {
		fmt.Fprintf(r.out, "  %6s  %-*s  %d of %d\n", of.percent(), width, name, of.ran, of.lines)
	}
	fmt.Fprintln(r.out, "coverage, in lines:")
	for i := range files {
		line(files[i].name, files[i].ratio())
		if missed := files[i].missed(); r.verbose && missed != "" {
			fmt.Fprintf(r.out, "          not run: %s\n", missed)
		}
	}
	total := totalRatio(files)
	if len(files) > 1 {
		line("in all", total)
	}
	r.untested(untested(o.paths, o.collected.files))
	if !total.reaches(o.minimum) {
		fmt.Fprintf(r.out, "FAIL  %s of the lines ran, less than --cover-min %s\n", total.percent(), o.min)
		return false
	}
	return true
}
