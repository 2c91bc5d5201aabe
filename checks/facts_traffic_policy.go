package checks

import (
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// policiesFor returns the traffic policies of the DestinationRules of the input that are
// certainly about a Service.
func (p *Pass) policiesFor(svc *object.Service) []object.Field {
	fqdn := fqdn(p, svc)
	var policies []object.Field
	for _, rule := range p.Of(networking, "DestinationRule") {
		about := rule.Get("spec", "host").Str().Matches(func(name string) bool { return hostMatches(fullHost(p, name, rule), fqdn) })
		if about.True() {
			policies = append(policies, rule.Get("spec", "trafficPolicy"))
		}
	}
	return policies
}

// keepsClientProtocol says whether a DestinationRule of the input has proxies use the
// client's version of HTTP for a Service. Source: istio/api networking/v1
// ConnectionPoolSettings.HTTPSettings.useClientProtocol.
func (p *Pass) keepsClientProtocol(svc *object.Service) bool {
	for _, policy := range p.policiesFor(svc) {
		keeps := policy.Get("connectionPool", "http", "useClientProtocol").Flag()
		if keeps.V || strings.EqualFold(keeps.Str().V, "true") {
			return true
		}
	}
	return false
}

// upgradesHTTP says whether a DestinationRule of the input has proxies speak HTTP/2 to a
// Service. Source: the same, h2UpgradePolicy.
func (p *Pass) upgradesHTTP(svc *object.Service) bool {
	for _, policy := range p.policiesFor(svc) {
		if policy.Get("connectionPool", "http", "h2UpgradePolicy").Str().V == "UPGRADE" {
			return true
		}
	}
	return false
}
