package install

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var deprecatedIstioField = &checks.Check{
	ID: "MESH952", Name: "deprecated-istio-field", Severity: checks.Warning,
	Summary: "Deprecated fields of Istio's resources should be replaced by their successors",
	Advice:  "write the field that replaces it",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0002", "IST0133"},
	Run: func(p *checks.Pass) {
		for i := range deprecatedFields {
			d := &deprecatedFields[i]
			if d.since != "" && !p.Mesh.IstioFrom(d.since) {
				continue
			}
			for _, o := range p.ByKind(d.group, d.kind) {
				for _, f := range views.Settings(o, d.path) {
					reportDeprecated(p, d, f)
				}
			}
		}
	},
}

func reportDeprecated(p *checks.Pass, d *deprecatedField, f object.Field) {
	text := f.Str()
	switch {
	case f.Unknown():
		p.Undecided(f)
	case d.value != "" && text.V == d.value:
		p.Report(f, "%s %q %s", shown(f), d.value, d.what).WithSeverity(d.severity).WithAdvice("%s", d.use)
	case d.value == "" && (d.zero == "" || text.V != d.zero):
		p.Report(f.AtKey(), "%s %s", shown(f), d.what).WithSeverity(d.severity).WithAdvice("%s", d.use)
	}
}

// shown is the path of a field as a message names it.
func shown(f object.Field) string { return strings.TrimPrefix(f.Path(), "spec.") }
