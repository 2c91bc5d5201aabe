package injection

import (
	"github.com/mesh-check/mesh-check/checks"
)

var deprecatedIstioAnnotation = &checks.Check{
	ID: "MESH415", Name: "deprecated-istio-annotation", Severity: checks.Note,
	Summary: "Annotations that Istio calls deprecated should be replaced",
	Advice:  "replace it before a later Istio drops it",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Since:   "1.9",
	Istio:   []string{"IST0135"},
	Run: func(p *checks.Pass) {
		for _, at := range placesOf(p) {
			for _, f := range at.entries(p, "annotations") {
				k := annotationsByName()[f.Name()]
				if k == nil || k.deprecated == "" || k.name == checks.InjectKey || !k.worksOn(at.kind) { // MESH404, MESH413
					continue
				}
				if p.Mesh.IstioBefore(k.deprecated) || k.gone != "" && p.Mesh.IstioFrom(k.gone) || !p.Decide(f.Written()) {
					continue
				}
				found := p.Report(f.AtKey(), "annotation %q of %s is deprecated since Istio %s", k.name, at.of, k.deprecated)
				if k.instead != "" {
					found.WithAdvice("use %s", k.instead)
				}
			}
		}
	},
}
