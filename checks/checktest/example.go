package checktest

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform"
)

// Examples runs the check alone over every example of its page: a bad block gives
// what its want comments say, a good one gives nothing.
func Examples(t *testing.T, c *checks.Check, page string) {
	t.Helper()
	bad, good := 0, 0
	for _, e := range checks.Examples(page) {
		if e.Bad {
			bad++
		} else {
			good++
		}
		file, objects, errs := readExample(t, c.PageFile(), e)
		wants, err := parseWants(file, e.Text)
		if err != nil {
			t.Errorf("example at line %d: %v", e.Line, err)
		}
		if e.Bad != (len(wants) > 0) {
			t.Errorf("%s:%d: a bad example has want comments, a good one has none", c.PageFile(), e.Line)
		}
		s, err := parseFlags(e.Flags)
		if err != nil {
			t.Errorf("%s:%d: %v", c.PageFile(), e.Line, err)
			continue
		}
		for _, err := range errs {
			t.Errorf("%s: in the example that starts at line %d: %v", c.PageFile(), e.Line, err)
		}
		report := &checks.Report{}
		report.Add(c.PageFile(), "", runCheck(c, s, objects))
		report.Finish()
		for _, wrong := range compare(report, wants, e.Line-1) {
			t.Error(wrong)
		}
	}
	if bad == 0 || good == 0 {
		t.Errorf("%s: has %d bad and %d good examples, and needs both", c.PageFile(), bad, good)
	}
}

// readExample makes objects of an example: of manifests in YAML, or of a Terraform root
// of one file. file is what their places call it.
func readExample(t *testing.T, page string, e checks.Example) (file string, objects []*object.Object, errs []error) {
	switch e.Language {
	case "yaml":
		objects, faults := manifest.Read(page, []byte(e.Text))
		for _, fault := range faults {
			errs = append(errs, fault)
		}
		return page, objects, errs
	case "hcl":
		dir := t.TempDir()
		file = filepath.Join(dir, "main.tf")
		if err := os.WriteFile(file, []byte(e.Text), 0o644); err != nil {
			t.Fatal(err)
		}
		root, err := terraform.Load(dir, within(dir))
		if err != nil {
			return file, nil, []error{err}
		}
		for _, fault := range root.Errors {
			errs = append(errs, fault)
		}
		for _, note := range root.Notes {
			errs = append(errs, fmt.Errorf("an example is analyzed as a whole, but: %s", note))
		}
		return filepath.ToSlash(file), root.Objects, errs
	}
	return page, nil, []error{fmt.Errorf("an example is in yaml or hcl, and not in %q", e.Language)}
}

// runCheck runs the check alone over objects.
func runCheck(c *checks.Check, s *settings, objects []*object.Object) checks.Outcome {
	return checks.Run([]*checks.Check{c}, object.NewSet(s.namespace, objects), &s.mesh, checks.Selection{Only: []string{c.ID}})
}
