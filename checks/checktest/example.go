package checktest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/pages"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform"
)

// Examples runs the check alone over every example of its page: a bad block gives
// what its want comments say, a good one gives nothing.
func Examples(t *testing.T, c *checks.Check, page string) {
	t.Helper()
	bad, good := 0, 0
	for _, e := range pages.Examples(page) {
		if e.Bad {
			bad++
		} else {
			good++
		}
		var branches []string
		if e.Language == templateLanguage {
			e.Flags, branches = nil, []string{strings.Join(e.Flags, " ")}
		}
		s, err := parseFlags(e.Flags)
		if err != nil {
			t.Errorf("%s:%d: %v", c.PageFile(), e.Line, err)
			continue
		}
		file, read, errs := readExample(t, c.PageFile(), e, s, branches)
		wants, err := parseWants(file, e.Text)
		if err != nil {
			t.Errorf("example at line %d: %v", e.Line, err)
		}
		if e.Bad != (len(wants) > 0) {
			t.Errorf("%s:%d: a bad example has want comments, a good one has none", c.PageFile(), e.Line)
		}
		for _, err := range errs {
			t.Errorf("%s: in the example that starts at line %d: %v", c.PageFile(), e.Line, err)
		}
		report := &checks.Report{}
		report.Add(c.PageFile(), "", runCheck(c, s, read))
		report.Finish()
		for _, wrong := range compare(report, wants, e.Line-1) {
			t.Error(wrong)
		}
	}
	if bad == 0 || good == 0 {
		t.Errorf("%s: has %d bad and %d good examples, and needs both", c.PageFile(), bad, good)
	}
}

// readExample makes objects of an example: of manifests in YAML, of a Terraform root
// of one file, or of a chart of one template with its branches. file is what their places call it.
func readExample(t *testing.T, page string, e pages.Example, s *settings, branches []string) (file string, read set, errs []error) {
	switch e.Language {
	case "yaml":
		objects, faults := manifest.Read(page, []byte(e.Text))
		for _, fault := range faults {
			errs = append(errs, fault)
		}
		return page, set{objects: objects}, errs
	case templateLanguage:
		dir, file := chartOf(t, e.Text)
		read = loadChart(t, dir, s)[0]
		read.broken = brokenBranches(t, dir, s, branches)
		return file, read, nil
	case "hcl":
		dir := t.TempDir()
		file = filepath.Join(dir, "main.tf")
		if err := os.WriteFile(file, []byte(e.Text), 0o644); err != nil {
			t.Fatal(err)
		}
		root, err := terraform.Load(dir, within(dir))
		if err != nil {
			return file, read, []error{err}
		}
		for _, fault := range root.Errors {
			errs = append(errs, fault)
		}
		for _, note := range root.Notes {
			errs = append(errs, fmt.Errorf("an example is analyzed as a whole, but: %s", note))
		}
		return filepath.ToSlash(file), set{objects: root.Objects}, errs
	}
	return page, read, []error{fmt.Errorf("an example is in yaml, hcl or gotmpl, and not in %q", e.Language)}
}

// runCheck runs the check alone over a set.
func runCheck(c *checks.Check, s *settings, read set) checks.Outcome {
	return checks.Run([]*checks.Check{c}, object.NewSet(s.namespace, read.objects).WithBroken(read.broken), &s.mesh, checks.Selection{Only: []string{c.ID}})
}
