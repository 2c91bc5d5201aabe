package routing

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var internalGatewayReference = &checks.Check{
	ID: "MESH711", Name: "internal-gateway-reference", Severity: checks.Warning,
	Summary: "A VirtualService must not name a Gateway that Istio generates from one of the Gateway API",
	Advice:  "route with an HTTPRoute that has the Gateway as parent, or bind the VirtualService to a Gateway of Istio",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0165"},
	Run: func(p *checks.Pass) {
		for _, o := range p.ByKind(views.Networking, "VirtualService") {
			for _, name := range registry.GatewayNames(p, views.AsVirtualService(o)) {
				if name.At.Unknown() {
					p.Undecided(name.At)
				} else if generated(name) {
					p.Report(name.At, "VirtualService %q names the Gateway %q, which Istio generates from one of the Gateway API: such names are internal and change between releases of Istio",
						o.Name, name.At.V)
				}
			}
		}
	},
}
