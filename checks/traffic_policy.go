package checks

import (
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// KeepsClientProtocol reports whether a DestinationRule of the input has proxies use the
// client's version of HTTP for a Service. Source: istio/api networking/v1
// ConnectionPoolSettings.HTTPSettings.useClientProtocol.
func (p *Pass) KeepsClientProtocol(svc *object.Service) bool {
	for _, policy := range p.TrafficPolicies(svc) {
		keeps := policy.UseClientProtocol()
		if keeps.V || strings.EqualFold(keeps.Str().V, "true") {
			return true
		}
	}
	return false
}

// UpgradesHTTP reports whether a DestinationRule of the input has proxies speak HTTP/2 to a
// Service. Source: the same, h2UpgradePolicy.
func (p *Pass) UpgradesHTTP(svc *object.Service) bool {
	for _, policy := range p.TrafficPolicies(svc) {
		if policy.H2UpgradePolicy().V == "UPGRADE" {
			return true
		}
	}
	return false
}
