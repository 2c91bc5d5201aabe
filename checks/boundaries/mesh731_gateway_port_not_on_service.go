package boundaries

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var gatewayPortNotOnService = &checks.Check{
	ID: "MESH731", Name: "gateway-port-not-on-service", Severity: checks.Warning,
	Summary: "The ports of a Gateway must be ports of the Service of the gateway's pods",
	Advice:  "add the port to the Service, or use one that it has",
	Modes:   []checks.Mode{checks.Sidecar},
	Istio:   []string{"IST0162", "IST0104"},
	Run: func(p *checks.Pass) {
		for _, o := range p.ByKind(views.Networking, "Gateway") {
			g := views.AsGateway(o)
			selected := podsOfGateway(p, g)
			if len(selected.pods) == 0 || slices.ContainsFunc(selected.pods, func(w *object.Workload) bool { return p.Managed(w) || !p.MayBeGateway(w) }) {
				continue // Istio makes the Services of the gateways that it manages
			}
			front := frontOf(p, g, selected.pods)
			if len(front.services) == 0 {
				continue // they come with another release
			}
			for _, server := range g.Servers() {
				number := server.PortNumber()
				if !p.Decide(number.Written()) || !number.OK || p.Decide(front.open(number.V)) || !front.open(number.V).False() {
					continue
				}
				p.Report(number, "Gateway %q listens on port %d, and %s: the port cannot be reached through a Service",
					o.Name, number.V, front.text()).WithRelated(front.services[0].PortList(), "the ports of the Service")
			}
		}
	},
}
