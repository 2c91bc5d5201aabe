package checks

import (
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// ServiceHost is the name of a Service in the cluster's DNS:
// web.prod.svc.cluster.local.
func (p *Pass) ServiceHost(svc *object.Service) string {
	return svc.Name + "." + p.NamespaceOf(svc.Object) + ".svc.cluster.local"
}

// FullHost is a host as Istio reads it in one of its objects: a name without a dot is
// a Service in the object's own namespace, everything else stands for itself.
func (p *Pass) FullHost(host string, in *object.Object) string {
	if strings.ContainsAny(host, ".*") {
		return host
	}
	return host + "." + p.NamespaceOf(in) + ".svc.cluster.local"
}

// HostMatches reports whether a host is one of a pattern as Istio writes it: exact, "*",
// or "*" before a suffix.
func HostMatches(pattern, host string) bool {
	pattern = strings.ToLower(pattern)
	return pattern == "*" || pattern == host || strings.HasPrefix(pattern, "*") && strings.HasSuffix(host, pattern[1:])
}

// RuleCovers reports whether a DestinationRule is about a Service.
func (p *Pass) RuleCovers(rule *object.Object, svc *object.Service) object.Truth {
	host := p.ServiceHost(svc)
	return views.AsDestinationRule(rule).Host().Matches(func(name string) bool { return HostMatches(p.FullHost(name, rule), host) })
}

// TrafficPolicies returns the traffic policies of the DestinationRules of the input that
// are certainly about a Service.
func (p *Pass) TrafficPolicies(svc *object.Service) []views.TrafficPolicy {
	var policies []views.TrafficPolicy
	for _, rule := range p.ByKind(views.Networking, "DestinationRule") {
		if p.RuleCovers(rule, svc).True() {
			policies = append(policies, views.AsDestinationRule(rule).TrafficPolicy())
		}
	}
	return policies
}
