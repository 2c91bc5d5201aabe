package sarif

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/suite"
	"github.com/mesh-check/mesh-check/sarif/property"
)

// TestRulesOfTheSuite holds every check of the suite to what GitHub reads of a rule
// (docs.github.com, "reportingDescriptor object").
func TestRulesOfTheSuite(t *testing.T) {
	log := Build(&checks.Report{}, Options{Suite: suite.Checks, Help: func(c *checks.Check) Help {
		text, markdown := checks.Help(c, suite.Page(c))
		return Help{Text: text, Markdown: markdown}
	}})
	rules := log.report.Runs[0].Tool.Driver.Rules
	if len(rules) != len(suite.Checks) || len(rules) == 0 {
		t.Fatalf("%d rules for %d checks", len(rules), len(suite.Checks))
	}
	for i, c := range suite.Checks {
		r := rules[i]
		if *r.ID != c.ID || *r.Name != c.Name || r.DefaultConfiguration.Level != string(c.Severity) {
			t.Errorf("rule %d is %s %s (%s), want %s %s (%s)", i, *r.ID, *r.Name, r.DefaultConfiguration.Level, c.ID, c.Name, c.Severity)
		}
		for what, s := range map[string]string{
			"shortDescription": *r.ShortDescription.Text, "fullDescription": *r.FullDescription.Text, "help": *r.Help.Text,
		} {
			if n := utf8.RuneCountInString(s); n == 0 || n > maxDescription || strings.HasSuffix(s, "..") {
				t.Errorf("%s: the %s has %d characters: %q", c.ID, what, n, s)
			}
		}
		if strings.ContainsAny(*r.FullDescription.Text, "`\n") {
			t.Errorf("%s: the fullDescription is no plain line: %q", c.ID, *r.FullDescription.Text)
		}
		if p := property.Read(r.Properties, property.Rule{}); len(p.Tags) > maxTags || len(p.Tags) == 0 || p.Precision == "" || p.ProblemSeverity == "" {
			t.Errorf("%s: tags, precision or problem.severity are not GitHub's", c.ID)
		}
	}
	if bytes.Contains(bytesOf(t, log), []byte("security-severity")) {
		t.Error("security-severity makes a security alert of each finding")
	}
}
