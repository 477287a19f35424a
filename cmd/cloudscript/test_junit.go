package main

import (
	"encoding/xml"
	"fmt"
	"strings"
	"time"
)

// The XML that continuous integration reads, in the form that JUnit's Ant task
// gave it. Times are seconds of the machine. What makes a test fail is a failure, whether
// an assertion or another error; its type is the error's kind.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Errors   int          `xml:"errors,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Time     string      `xml:"time,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name    string        `xml:"name,attr"`
		Class   string        `xml:"classname,attr"`
		Time    string        `xml:"time,attr"`
		Failure *junitFailure `xml:"failure"`
		Output  string        `xml:"system-out,omitempty"`
	}
	junitFailure struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",chardata"`
	}
)

// writeJUnit writes the results to a file.
func writeJUnit(path string, files []*fileResult) error {
	var all junitSuites
	for _, file := range files {
		suite := newJUnitSuite(file)
		all.Tests += suite.Tests
		all.Failures += suite.Failures
		all.Suites = append(all.Suites, suite)
	}
	text, err := xml.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	return writeFile(path, xml.Header+string(text)+"\n", 0o644)
}

func newJUnitSuite(file *fileResult) junitSuite {
	suite := junitSuite{Name: file.file}
	var total time.Duration
	for _, t := range file.tests {
		total += t.elapsed
		suite.add(t)
		for _, part := range t.parts {
			suite.add(part)
		}
	}
	suite.Time = seconds(total)
	return suite
}

// add adds a test, or a part of one.
func (s *junitSuite) add(t testResult) {
	c := junitCase{Name: t.name, Class: t.file, Time: seconds(t.elapsed), Output: t.output}
	if len(t.problems) > 0 {
		plain := &testReport{streams: &streams{}} // without colours
		c.Failure = &junitFailure{Message: t.problems[0].Error(), Type: errorJSON(t.problems[0]).Kind}
		var texts []string
		for _, problem := range t.problems {
			texts = append(texts, plain.problem(problem))
		}
		c.Failure.Text = strings.Join(texts, "\n")
		s.Failures++
	}
	s.Tests++
	s.Cases = append(s.Cases, c)
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }
