package injection

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

var alphaIstioAnnotation = &checks.Check{
	ID: "MESH416", Name: "alpha-istio-annotation", Severity: checks.Note,
	Summary:  "Annotations of features in alpha may change, or go, with any release of Istio",
	Advice:   "read about the feature in the notes of each release of Istio before upgrading",
	Modes:    []checks.Mode{checks.Sidecar, checks.Ambient},
	Since:    "1.9",
	Istio:    []string{"IST0136"},
	Optional: true,
	Run: func(p *checks.Pass) {
		for _, at := range placesOf(p) {
			for _, f := range at.entries(p, "annotations") {
				k := annotationsByName()[f.Name()]
				if k == nil || k.mature || !k.worksOn(at.kind) || slices.Contains(writtenByIstio, k.name) {
					continue
				}
				if k.since != "" && p.Mesh.IstioBefore(k.since) || k.gone != "" && p.Mesh.IstioFrom(k.gone) || at.injected() && slices.Contains(addedByInjector, k.name) {
					continue
				}
				if p.Decide(f.Written()) {
					p.Report(f.AtKey(), "annotation %q of %s is of a feature in alpha", k.name, at.of)
				}
			}
		}
	},
}

// writtenByIstio are annotations that Istio writes itself, and addedByInjector those that its injector adds to Pods which
// use the CNI plugin. Source: istio/istio pkg/config/analysis/analyzers/maturity/maturity.go.
var (
	writtenByIstio  = []string{"sidecar.istio.io/status", "gateway.istio.io/controller-version", "istio.io/rev"}
	addedByInjector = []string{
		"sidecar.istio.io/interceptionMode", "traffic.sidecar.istio.io/includeInboundPorts",
		"traffic.sidecar.istio.io/excludeInboundPorts", "traffic.sidecar.istio.io/includeOutboundIPRanges",
	}
)

// injected reports whether it is a Pod that may have been read from a cluster, without istio-init: the injector has
// added annotations to it then.
func (at place) injected() bool {
	return at.workload != nil && !at.workload.Templated() &&
		!slices.ContainsFunc(at.workload.Containers(), func(c object.Container) bool { return c.Name == "istio-init" })
}
