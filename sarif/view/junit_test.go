package view

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// junitSchema says of each element of the schema of Jenkins (xunit-plugin, junit-10.xsd) which elements it may hold,
// which attributes it may have, and which of these it must have.
var junitSchema = map[string]struct{ children, attributes, required string }{
	"testsuites": {"testsuite", "name time tests failures errors", ""},
	"testsuite": {
		"testsuite properties testcase system-out system-err",
		"name tests failures errors group time skipped timestamp hostname id package file log url", "name tests failures errors",
	},
	"testcase":   {"skipped error failure system-out system-err", "name time classname group", "name"},
	"skipped":    {"", "type message", ""},
	"error":      {"", "type message", ""},
	"failure":    {"", "type message", ""},
	"system-out": {"", "", ""},
}

// TestJUnitSchema holds the report to the schema, its counts to its cases, and the names of cases to being unique and
// without a line.
func TestJUnitSchema(t *testing.T) {
	for _, log := range []string{"sample.sarif", "hostile.sarif", "fleet.sarif", "fleet_errors.sarif", "explored.sarif", "suppressed.sarif"} {
		out := show(t, "junit", load(t, log), here)
		d := xml.NewDecoder(strings.NewReader(out))
		var open []string
		counts := map[string]int{}
		var told map[string]int
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", log, err)
			}
			switch e := token.(type) {
			case xml.StartElement:
				name := e.Name.Local
				rule, known := junitSchema[name]
				if !known || len(open) > 0 && !slices.Contains(strings.Fields(junitSchema[open[len(open)-1]].children), name) {
					t.Errorf("%s: <%s> is in %v", log, name, open)
				}
				has := map[string]string{}
				for _, a := range e.Attr {
					has[a.Name.Local] = a.Value
					if !slices.Contains(strings.Fields(rule.attributes), a.Name.Local) {
						t.Errorf("%s: <%s> has %s", log, name, a.Name.Local)
					}
				}
				for _, must := range strings.Fields(rule.required) {
					if _, ok := has[must]; !ok {
						t.Errorf("%s: <%s> has no %s", log, name, must)
					}
				}
				if name == "testcase" {
					one := has["classname"] + "\x00" + has["name"]
					if counts[one]++; counts[one] > 1 {
						t.Errorf("%s: the case %q is there twice", log, one)
					}
				}
				if name == "testsuite" {
					counts, told = map[string]int{}, map[string]int{}
					for _, n := range []string{"tests", "failures", "errors", "skipped"} {
						told[n], _ = strconv.Atoi(has[n])
					}
				}
				counts[map[string]string{"testcase": "tests", "failure": "failures", "error": "errors"}[name]]++
				if name == "skipped" {
					counts[name]++
				}
				open = append(open, name)
			case xml.EndElement:
				open = open[:len(open)-1]
				if e.Name.Local == "testsuite" {
					for n, want := range told {
						if counts[n] != want {
							t.Errorf("%s: a suite says that it has %d %s, and has %d", log, want, n, counts[n])
						}
					}
					if counts["tests"] == 0 {
						t.Errorf("%s: a suite has no case", log)
					}
				}
			}
		}
		if again := show(t, "junit", load(t, log), here); again != out {
			t.Errorf("%s: two reports differ", log)
		}
	}
}

func TestJUnitNamesHaveNoLine(t *testing.T) {
	type report struct {
		Suites []junitSuite `xml:"testsuite"`
	}
	names := func(line int) (all []string) {
		var r report
		if err := xml.Unmarshal([]byte(show(t, "junit", logAt(t, line), here)), &r); err != nil {
			t.Fatal(err)
		}
		for _, s := range r.Suites {
			for _, c := range s.Cases {
				all = append(all, fmt.Sprint(c.Class, " | ", c.Name))
			}
		}
		return all
	}
	if a, b := names(3), names(40); len(a) != 2 || !slices.Equal(a, b) {
		t.Errorf("the cases are %q, and with other lines %q", a, b)
	}
}
