package injection

import (
	"cmp"

	"github.com/mesh-check/mesh-check/checks"
)

// proxyConfigKey is the annotation with settings of the proxy.
const proxyConfigKey = "proxy.istio.io/config"

var invalidAnnotationValue = &checks.Check{
	ID: "MESH414", Name: "invalid-annotation-value", Severity: checks.Warning,
	Summary: "The values of Istio's annotations must be ones that its injector accepts",
	Advice:  "fix the value",
	Modes:   []checks.Mode{checks.Sidecar},
	Istio:   []string{"IST0125"},
	Run: func(p *checks.Pass) {
		for _, at := range placesOf(p) {
			if at.kind != "Pod" {
				continue
			}
			for _, f := range at.entries(p, "annotations") {
				value := annotationValuesByName()[f.Name()]
				if value == nil && f.Name() != proxyConfigKey || value != nil && value.since != "" && p.Mesh.IstioBefore(value.since) {
					continue
				}
				e := p.Enrolled(at.workload)
				if !p.Decide(f.Written()) || !e.Sidecar() {
					continue
				}
				refused, ignored, effect := "", "", refusedByInjector
				if value != nil {
					refused, effect = value.wrong(f.Str().V), cmp.Or(value.effect, effect)
				} else {
					refused, ignored = wrongProxyConfig(p.Mesh, f.Str())
				}
				if refused != "" {
					found := p.Report(f, "annotation %s of %s is not valid: %s; %s", f.Name(), at.of, refused, effect)
					if e.Assumed() {
						found.Message += " if their namespace is injected"
					} else {
						found.WithSeverity(checks.Error)
					}
				}
				if ignored != "" {
					p.Report(f, "annotation %s of %s %s", f.Name(), at.of, ignored).
						WithAdvice("fix the name of the setting, or remove it")
				}
			}
		}
	},
}
