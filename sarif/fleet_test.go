package sarif

import (
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source"
)

// fleet is a report of a chart in twelve environments: with what all have, what one has
// alone, what several have with values of their own, and errors of several.
func fleet() *checks.Report {
	own := deployed{"", "web", ""}
	r := report(1, append([]deployed{own}, each(12)...)...)
	add := func(c *checks.Check, message string, all ...deployed) {
		f := report(1, all...).Findings[0]
		f.Check, f.Severity, f.Message = c, c.Severity, message
		r.Findings = append(r.Findings, f)
	}
	add(appLabel, "the label app is missing", each(12)[3])
	add(appLabel, "the label version is missing", each(12)[2:9]...)
	add(appLabel, "the label tier is missing", each(12)...)
	add(portName, "the port has no name", each(12)[5], deployed{"idf05", "b", ""})
	at := r.Findings[0].Origin.Span
	for _, d := range each(12)[1:11] {
		r.Errors = append(r.Errors,
			checks.InputError{Input: "charts/web", ValuesSet: d.set(), Err: &source.Error{What: "image.tag is missing", At: at, Do: "set it"}},
			checks.InputError{Input: "charts/web", ValuesSet: d.set(), Err: &source.Error{What: "it takes too long", Path: "charts/web"}})
	}
	r.Inputs[0].Result = checks.Partial
	return r
}

// TestGoldenFleet keeps a log of many releases for the tests of the views.
func TestGoldenFleet(t *testing.T) {
	r := fleet()
	r.Errors = nil
	golden(t, "fleet.sarif", bytesOf(t, Build(r, options())))
	r = fleet()
	r.Findings = nil
	golden(t, "fleet_errors.sarif", bytesOf(t, Build(r, options())))
}
