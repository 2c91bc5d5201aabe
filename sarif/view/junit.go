package view

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"

	"github.com/mesh-check/mesh-check/sarif"
)

// The elements that readers of JUnit's format know. Source: the schema of Jenkins (xunit-plugin, junit-10.xsd).
// GitLab reads the same ("Unit test reports").
type (
	junitSuites struct {
		XMLName  xml.Name      `xml:"testsuites"`
		Name     string        `xml:"name,attr"`
		Tests    int           `xml:"tests,attr"`
		Failures int           `xml:"failures,attr"`
		Errors   int           `xml:"errors,attr"`
		Suites   []*junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	// junitCase is what a check says of a place. One with no outcome has passed.
	junitCase struct {
		Name      string        `xml:"name,attr"`
		Class     string        `xml:"classname,attr"`
		Skipped   *junitOutcome `xml:"skipped"`
		Error     *junitOutcome `xml:"error"`
		Failure   *junitOutcome `xml:"failure"`
		SystemOut string        `xml:"system-out,omitempty"`
	}
	junitOutcome struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr,omitempty"`
		Text    string `xml:",chardata"`
	}
)

// junitReport puts cases into the suites of their inputs.
type junitReport struct {
	o      Options
	suites []*junitSuite
	byName map[string]*junitSuite
	names  map[string]int // of cases, with their suite
}

// writeJUnit writes a report of tests: a suite for each input, in it a case for what each check
// says of a place. Errors and warnings have failed, notes have passed and say so, undecided values
// are skipped, and what could not be analyzed is an error. No name has a line in it, so
// that a case is known again when the file changes around it.
func writeJUnit(b *bytes.Buffer, l *sarif.Log, o Options) error {
	j := &junitReport{o: o, byName: map[string]*junitSuite{}, names: map[string]int{}}
	for _, in := range l.Inputs() {
		j.suite(in.Path)
	}
	for _, f := range l.Failures() {
		name := "analyzed completely"
		if f.ValuesSet != "" {
			name += " with " + f.ValuesSet
		}
		text := strings.TrimSpace(o.failureAt(f) + ": " + f.Message)
		if f.Advice != "" {
			text += "\n" + f.Advice
		}
		j.add(f.Input, junitCase{Name: name, Class: "input", Error: &junitOutcome{f.Message, "not analyzed", text}})
	}
	for _, r := range l.Results() {
		if r.Suppressed != "" {
			continue
		}
		c := junitCase{Name: junitName(o.path(r.Place.File), r.Object.String(), r.Path), Class: strings.TrimSpace(r.ID + " " + r.Name)}
		message := findingMessage(r)
		text := strings.TrimPrefix(o.at(r.Place)+": "+severity(r.Level)+": "+message, ": ")
		if r.Advice != "" {
			text += "\n" + r.Advice
		}
		if s := severity(r.Level); s == "note" {
			c.SystemOut = text
		} else {
			c.Failure = &junitOutcome{message, s, text}
		}
		j.add(r.Input, c)
	}
	for _, u := range l.Undecided() {
		j.add(u.Input, junitCase{
			Name: junitName(o.path(u.Place.File), u.Object.String(), u.Path), Class: undecidedKind,
			Skipped: &junitOutcome{Message: undecidedLine(u), Text: o.undecidedAt(u)},
		})
	}
	all := junitSuites{Name: "mesh-check", Suites: j.suites}
	for _, s := range j.suites {
		if len(s.Cases) == 0 { // readers refuse a report without cases
			s.Cases, s.Tests = []junitCase{{Name: "nothing found", Class: "input"}}, 1
		}
		all.Tests, all.Failures, all.Errors = all.Tests+s.Tests, all.Failures+s.Failures, all.Errors+s.Errors
	}
	b.WriteString(xml.Header)
	enc := xml.NewEncoder(b)
	enc.Indent("", "  ")
	if err := enc.Encode(all); err != nil {
		return err
	}
	b.WriteByte('\n')
	return nil
}

// suite is the suite of an input, which is made where it is missing: logs of other tools name none.
func (j *junitReport) suite(input string) *junitSuite {
	s := j.byName[input]
	if s == nil {
		s = &junitSuite{Name: j.o.path(input)}
		if s.Name == "" {
			s.Name = "mesh-check"
		}
		j.byName[input], j.suites = s, append(j.suites, s)
	}
	return s
}

// add adds a case under a name that no other one of its class in the suite has.
func (j *junitReport) add(input string, c junitCase) {
	s := j.suite(input)
	key := input + "\x00" + c.Class + "\x00" + c.Name
	j.names[key]++
	if n := j.names[key]; n > 1 {
		c.Name += fmt.Sprintf(" (%d)", n)
	}
	s.Tests++
	switch {
	case c.Error != nil:
		s.Errors++
	case c.Failure != nil:
		s.Failures++
	case c.Skipped != nil:
		s.Skipped++
	}
	s.Cases = append(s.Cases, c)
}

// junitName is where something is, in words that do not change with the lines around it.
func junitName(parts ...string) string {
	name := strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
	if name == "" {
		return "the whole input"
	}
	return name
}
