package boundaries

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var multipleDefaultSidecars = &checks.Check{
	ID: "MESH750", Name: "multiple-default-sidecars", Severity: checks.Error,
	Summary: "A namespace may have only one Sidecar without a workloadSelector",
	Advice:  "merge the Sidecars into one, or give all but one a workloadSelector",
	Modes:   []checks.Mode{checks.Sidecar},
	Istio:   []string{"IST0111"},
	Run: func(p *checks.Pass) {
		defaults := map[string][]*object.Object{} // by namespace
		for _, o := range p.ByKind(views.Networking, "Sidecar") {
			ns := p.NamespaceOf(o)
			if inAmbient(p, ns).True() || !p.Decide(selectsNamespace(views.AsSidecar(o))) {
				continue // MESH753 speaks of the ambient mesh
			}
			for _, other := range defaults[ns] {
				if p.Decide(rivals(other, o)) {
					p.Report(views.AsSidecar(o).WorkloadSelector(), "Sidecar %q has no workloadSelector, nor has Sidecar %q in namespace %q: Istio applies only the older one",
						o.Name, other.Name, ns).WithRelated(views.AsSidecar(other).WorkloadSelector(), "the other Sidecar")
					break
				}
			}
			defaults[ns] = append(defaults[ns], o)
			if where := o.NamespaceField(); where.Unknown() && len(defaults) > 1 {
				p.Undecided(where)
			}
		}
	},
}

// selectsNamespace reports whether a Sidecar is about all pods of its namespace.
func selectsNamespace(s views.Sidecar) object.Truth {
	labels := s.WorkloadLabels()
	if labels.Unknown() || labels.Partial() && len(labels.Entries()) == 0 {
		return object.Undecided(labels)
	}
	return object.TruthOf(len(labels.Entries()) == 0)
}
