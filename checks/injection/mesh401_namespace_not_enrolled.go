package injection

import (
	"fmt"
	"slices"
	"strings"

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
			if slices.ContainsFunc(append(ns.OwnLabels().Entries(), ns.OwnAnnotations().Entries()...), ofOtherMesh) {
				continue // which is the decision
			}
			if !p.Decide(silent.Not()) {
				continue
			}
			if injectsByDefault(p) {
				p.Report(ns.OwnLabels(), "%s has no label that adds it to the mesh, and Istio injects its pods all the same: enableNamespacesByDefault is set", named(ns)).
					WithAdvice("label the namespace istio-injection: disabled if its pods should not be in the mesh, else istio-injection: enabled")
				continue
			}
			p.Report(ns.OwnLabels(), "%s has no label that adds it to the mesh, or keeps it out", named(ns))
		}
	},
}

// named names a namespace in messages, where its name is known.
func named(ns *object.Object) string {
	if ns.NameField().Unknown() || !ns.NameField().Exists() {
		return "the namespace"
	}
	return fmt.Sprintf("namespace %q", ns.Name)
}

// otherMeshes are the domains of the labels and annotations of other meshes. Source: the manuals of Linkerd, Kuma, Consul,
// Open Service Mesh and AWS App Mesh, automatic injection.
var otherMeshes = []string{"linkerd.io", "kuma.io", "consul.hashicorp.com", "openservicemesh.io", "appmesh.k8s.aws"}

// ofOtherMesh reports whether a label or annotation is in the domain of another mesh.
func ofOtherMesh(f object.Field) bool {
	domain, _, has := strings.Cut(f.Name(), "/")
	return has && slices.ContainsFunc(otherMeshes, func(other string) bool { return domain == other || strings.HasSuffix(domain, "."+other) })
}
