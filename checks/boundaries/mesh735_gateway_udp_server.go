package boundaries

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var gatewayUDPServer = &checks.Check{
	ID: "MESH735", Name: "gateway-udp-server", Severity: checks.Warning,
	Summary: "Gateways do not forward UDP",
	Advice:  "use TCP, or expose the UDP port with a Service of its own, outside the gateway",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, o := range p.ByKind(views.Networking, "Gateway") {
			for _, server := range views.AsGateway(o).Servers() {
				protocol := server.PortProtocol()
				if p.Decide(protocol.Matches(func(v string) bool { return strings.EqualFold(v, "UDP") })) {
					p.Report(protocol, "Gateway %q declares port %d as UDP: Istio's gateways do not forward UDP", o.Name, server.PortNumber().V)
				}
			}
		}
	},
}
