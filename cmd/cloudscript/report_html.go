package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"os"

	"github.com/cloudscript/cloudscript/runtime"
)

// reportFiles are the page that --report writes, with its style. It needs
// nothing else: no script, no font, no network.
//
//go:embed report
var reportFiles embed.FS

// reportFileMode keeps a page to its owner: what a script prints and the
// arguments of its calls are on it.
const reportFileMode = 0o600

// openReport starts the report of a run. That the file can be written is found
// out now rather than when an hour's work is over.
func openReport(path, script string) (*runReport, error) {
	if path == "" {
		return nil, nil
	}
	if path == "-" {
		return nil, &usageError{message: "--report -: standard output is the script's", hint: "name a FILE, such as --report out.html"}
	}
	if err := refuseScript("--report", path, "out.html"); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, reportFileMode)
	if err == nil {
		err = file.Close()
	}
	if err != nil {
		return nil, unwritableReport(path, err)
	}
	return newRunReport(path, script), nil
}

// unwritableReport says why without repeating the operation's name.
func unwritableReport(path string, err error) error {
	var of *fs.PathError
	if errors.As(err, &of) {
		err = of.Err
	}
	return &usageError{message: fmt.Sprintf("--report %s: cannot write it: %v", path, err), hint: "name a file in a directory that exists and may be written"}
}

// write makes the page of a run that ended with err, and returns err: what became
// of the run matters more than what became of its report, of which only a run
// that succeeded tells as an error.
func (r *runReport) write(s *streams, err error) error {
	if r == nil {
		return err
	}
	html, failed := renderReport(r.page(err))
	if failed == nil {
		failed = os.WriteFile(r.path, html, reportFileMode)
	}
	if failed == nil {
		return err
	}
	failed = unwritableReport(r.path, failed)
	if err == nil {
		return failed
	}
	fmt.Fprint(s.err, s.errorText(failed))
	return err
}

// renderReport is the whole file.
func renderReport(page reportPage) ([]byte, error) {
	style, err := reportFiles.ReadFile("report/style.css")
	if err != nil {
		return nil, err
	}
	page.Style = template.CSS(style)
	t, err := template.ParseFS(reportFiles, "report/page.html")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := t.Execute(&b, page); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// reportError is an error with all that is known of it.
func reportError(err error) string {
	var failure *runtime.Error
	if errors.As(err, &failure) {
		return failure.Render(runtime.RenderOptions{Full: true})
	}
	return (&streams{}).errorText(err)
}
