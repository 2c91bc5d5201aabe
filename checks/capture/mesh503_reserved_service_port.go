package capture

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

var reservedServicePort = &checks.Check{
	ID: "MESH503", Name: "reserved-service-port", Severity: checks.Warning,
	Summary: "An HTTP port of a Service must not have the number of a sidecar listener",
	Advice:  "give the Service another port, and keep the targetPort",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		for _, svc := range p.MeshServices() {
			if p.GatewayService(svc) {
				continue
			}
			for _, port := range svc.Ports() {
				if !p.Decide(isOneOf(port.Number, reservedHTTPPorts)) {
					continue
				}
				if pr, truth := p.Protocol(port); p.Decide(truth) && pr.Family() == checks.FamilyHTTP {
					p.Report(port.Number, "port %d of Service %q is %s, and sidecars themselves listen on it: Istio creates no outbound listener for it",
						port.Number.V, svc.Name, pr)
				}
			}
		}
	},
}

// isOneOf compares a number with some.
func isOneOf(n object.Num, wants []int64) object.Truth {
	if n.Unknown() {
		return object.Undecided(n.Field)
	}
	return object.TruthOf(n.OK && slices.Contains(wants, n.V))
}
