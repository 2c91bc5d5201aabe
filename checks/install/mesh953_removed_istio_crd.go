package install

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var removedIstioCRD = &checks.Check{
	ID: "MESH953", Name: "removed-istio-crd", Severity: checks.Warning,
	Summary: "CRDs of APIs that Istio removed have no effect",
	Advice:  "remove the CRD, and replace what is written in its API",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0002"},
	Run: func(p *checks.Pass) {
		for _, crd := range views.Definitions(p.Set) {
			group, kind := crd.DefinedGroup(), crd.DefinedKind()
			removed := group.Matches(func(v string) bool { return instead[v] != "" }).
				And(kind.Matches(func(v string) bool { return group.Unknown() || goneFrom(p.Mesh, servedKinds[group.V][v]) }))
			if !p.Decide(removed) {
				continue
			}
			p.Report(group, "the CRD of %s (%s) is one that Istio removed in %s: Istio reads no object of this kind", kind.V, group.V, servedKinds[group.V][kind.V][0].gone).
				WithAdvice("remove the CRD, and replace its objects with %s", instead[group.V])
		}
	},
}

// goneFrom reports whether a kind was removed before all releases of a mesh.
func goneFrom(m *checks.Mesh, versions []servedVersion) bool {
	return len(versions) > 0 && every(m, func(release string) bool { return !versions[0].in(release) })
}
