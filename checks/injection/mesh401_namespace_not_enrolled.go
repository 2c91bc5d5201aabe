package injection

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

var namespaceNotEnrolled = &checks.Check{
	ID: "MESH401", Name: "namespace-not-enrolled", Severity: checks.Note,
	Summary: "A namespace should have a label that adds it to the mesh, or one that keeps it out",
	Advice:  "label the namespace istio-injection: enabled, or istio-injection: disabled to confirm that it is outside the mesh",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0102", "IST0148"},
	Absence: true,
	Run: func(p *checks.Pass) {
		own := map[string]object.Truth{} // whether all workloads of a namespace decide themselves
		for _, w := range p.Workloads() {
			decides := decides(w).Or(w.PodLabel(checks.RevisionLabel).Written()).Or(w.PodLabel(checks.DataPlaneLabel).Written())
			if before, has := own[p.NamespaceOf(w.Object)]; has {
				decides = decides.And(before)
			}
			own[p.NamespaceOf(w.Object)] = decides
		}
		for _, ns := range p.ByKind("", "Namespace") {
			if checks.IgnoredNamespace(ns.Name) || ns.Name == p.Mesh.SystemNamespace() || p.Namespace(ns.Name) != ns {
				continue
			}
			silent := own[ns.Name]
			for _, label := range []string{checks.InjectionLabel, checks.RevisionLabel, checks.DataPlaneLabel} {
				silent = silent.Or(ns.Label(label).Written())
			}
			if slices.ContainsFunc(ns.OwnLabels().Entries(), injectionMeant) || ns.Annotation(checks.InjectionLabel).Exists() {
				continue // MESH412 and MESH413 say what is wrong with it
			}
			if !p.Decide(silent.Not()) {
				continue
			}
			if injectsByDefault(p) {
				p.Report(ns.OwnLabels(), "namespace %q has no label that adds it to the mesh, and Istio injects its pods all the same: enableNamespacesByDefault is set", ns.Name).
					WithAdvice("label the namespace istio-injection: disabled if its pods should not be in the mesh, else istio-injection: enabled")
				continue
			}
			p.Report(ns.OwnLabels(), "namespace %q has no label that adds it to the mesh, or keeps it out", ns.Name)
		}
	},
}
