package boundaries

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var sidecarIneffectiveInAmbient = &checks.Check{
	ID: "MESH753", Name: "sidecar-ineffective-in-ambient", Severity: checks.Warning,
	Summary: "A Sidecar has no effect on pods of the ambient mesh",
	Advice:  "remove the Sidecar; to restrict what pods may reach, use an AuthorizationPolicy at its destination or a waypoint for egress",
	Modes:   []checks.Mode{checks.Ambient},
	Since:   "1.21",
	Istio:   []string{"IST0167"},
	Run: func(p *checks.Pass) {
		sidecars := p.ByKind(views.Networking, "Sidecar")
		if len(sidecars) == 0 {
			return
		}
		selected := selectedBySidecars(p)
		inNamespace := map[string][]*object.Workload{}
		for _, w := range p.Workloads() {
			ns := p.NamespaceOf(w.Object)
			inNamespace[ns] = append(inNamespace[ns], w)
		}
		withSidecar := func(w *object.Workload) bool { return !p.Enrolled(w).Ambient() }
		for _, o := range sidecars {
			ns := p.NamespaceOf(o)
			if ns == p.RootNamespace() {
				continue // it holds for all namespaces, whatever this one is
			}
			if pods := selected[o].pods; len(pods) > 0 {
				if !slices.ContainsFunc(pods, withSidecar) {
					p.Report(sidecarLabels(o), "Sidecar %q selects the pods of %s %q, which are in the ambient mesh: no proxy of theirs reads it",
						o.Name, pods[0].Kind, pods[0].Name)
				}
				continue
			}
			if p.Decide(selected[o].any) || !p.Decide(selectsNamespace(views.AsSidecar(o)).And(inAmbient(p, ns))) || slices.ContainsFunc(inNamespace[ns], withSidecar) {
				continue
			}
			f := p.Report(o.NameField(), "Sidecar %q is in namespace %q, which is in the ambient mesh: Sidecar resources have no effect there", o.Name, ns)
			if namespace := p.Namespace(ns); namespace != nil {
				f.WithRelated(namespace.Label(checks.DataPlaneLabel), "the data plane of the namespace")
			}
		}
	},
}
