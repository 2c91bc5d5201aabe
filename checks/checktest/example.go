package checktest

import (
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// Examples runs the check alone over every example of its page: a bad block gives
// what its want comments say, a good one gives nothing.
func Examples(t *testing.T, c *checks.Check) {
	t.Helper()
	bad, good := 0, 0
	for _, e := range checks.Examples(checks.Page(c)) {
		if e.Bad {
			bad++
		} else {
			good++
		}
		wants, err := parseWants(c.PageFile(), e.Text)
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
		objects, errs := manifest.Read(c.PageFile(), []byte(e.Text))
		for _, err := range errs {
			t.Errorf("%s: in the example that starts at line %d: %v", c.PageFile(), e.Line, err)
		}
		report := &checks.Report{}
		report.Add(c.PageFile(), "", judge(c, s, objects))
		report.Finish()
		for _, wrong := range compare(report, wants, e.Line-1) {
			t.Error(wrong)
		}
	}
	if bad == 0 || good == 0 {
		t.Errorf("%s: has %d bad and %d good examples, and needs both", c.PageFile(), bad, good)
	}
}

// judge runs the check alone over objects.
func judge(c *checks.Check, s *settings, objects []*object.Object) checks.Outcome {
	return checks.Run(object.NewSet(s.namespace, objects), &s.mesh, checks.Selection{Only: []string{c.ID}})
}
