package boundaries

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var gatewaySelectorNoWorkload = &checks.Check{
	ID: "MESH730", Name: "gateway-selector-no-workload", Severity: checks.Note,
	Summary: "The selector of a Gateway must match the pods of a gateway",
	Advice:  "use labels that the pods of the gateway have, such as istio: ingressgateway",
	Modes:   []checks.Mode{checks.Sidecar},
	Istio:   []string{"IST0101"},
	Absence: true,
	Run: func(p *checks.Pass) {
		brings := slices.ContainsFunc(p.Workloads(), p.Gateway)
		for _, o := range p.ByKind(views.Networking, "Gateway") {
			g := views.AsGateway(o)
			selected := podsOfGateway(p, g)
			if len(selected.pods) > 0 && !slices.ContainsFunc(selected.pods, func(w *object.Workload) bool { return p.MayBeGateway(w) }) {
				w := selected.pods[0]
				p.Report(g.Selector(), "Gateway %q selects the pods of %s %q, which are not gateways: sidecars do not read Gateways", o.Name, w.Kind, w.Name).
					WithSeverity(checks.Warning).WithRelated(w.Labels(), "the labels of the pods")
				continue
			}
			if some := selected.any.Or(selectsInstalled(p, g)); p.Decide(some) || !some.False() {
				continue
			}
			where, namespace := "no pods of the input have", ""
			if scoped(p) {
				namespace = p.NamespaceOf(o)
				where = "no pods of its namespace have"
			}
			edit, meant := missed(p, g.Selector(), namespace)
			f := p.Report(edit, "Gateway %q selects %s, which %s: no gateway serves it%s",
				o.Name, textOf(g.Selector()), where, registry.DidYouMean(meant))
			if brings {
				f.WithSeverity(checks.Warning) // what comes with a gateway is likely meant for it
			}
		}
	},
}
