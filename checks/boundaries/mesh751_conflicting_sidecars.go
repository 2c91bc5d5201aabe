package boundaries

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var conflictingSidecars = &checks.Check{
	ID: "MESH751", Name: "conflicting-sidecars", Severity: checks.Error,
	Summary: "Only one Sidecar with a workloadSelector may select a pod",
	Advice:  "merge the Sidecars, or make their workloadSelectors disjoint",
	Modes:   []checks.Mode{checks.Sidecar},
	Istio:   []string{"IST0110"},
	Run: func(p *checks.Pass) {
		if len(p.ByKind(views.Networking, "Sidecar")) < 2 {
			return
		}
		index := p.SelectorsOf(views.Networking, "Sidecar", sidecarLabels)
		reported := map[*object.Object]bool{}
		for _, w := range p.Workloads() {
			near := index.Near(w)
			if len(near) < 2 || p.Gateway(w) || !p.Enrolled(w).Sidecar() {
				continue // a gateway's proxy reads no Sidecar
			}
			var first *object.Object
			for _, o := range near {
				if !p.Decide(p.SameNamespace(o, w.Object).And(object.Selects(sidecarLabels(o), w.Labels()))) {
					continue
				}
				switch {
				case first == nil:
					first = o
				case !reported[o] && p.Decide(rivals(first, o)):
					reported[o] = true
					p.Report(sidecarLabels(o), "Sidecar %q selects the pods of %s %q, and so does Sidecar %q: Istio applies only the older one",
						o.Name, w.Kind, w.Name, first.Name).WithRelated(sidecarLabels(first), "the other Sidecar")
				}
			}
		}
	},
}
