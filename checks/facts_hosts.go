package checks

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

type domainKey struct{}

// ClusterDomain is the last part of the names of Services: what the values of Istio's charts
// in the input say, else cluster.local. Source: istio/istio
// manifests/charts/istio-control/istio-discovery/values.yaml, global.proxy.clusterDomain.
func (p *Pass) ClusterDomain() string {
	return Once(p, domainKey{}, func() string {
		for _, domain := range p.InjectorValues("global", "proxy", "clusterDomain") {
			if v := domain.Str().V; v != "" {
				return strings.ToLower(v)
			}
		}
		return "cluster.local"
	})
}

// ServiceHost is the name of a Service in the cluster's DNS:
// web.prod.svc.cluster.local.
func (p *Pass) ServiceHost(svc *object.Service) string {
	return svc.Name + "." + p.NamespaceOf(svc.Object) + ".svc." + p.ClusterDomain()
}

// FullHost is a host as Istio reads it in one of its objects: a name without a dot is
// a Service in the object's own namespace, everything else stands for itself.
func (p *Pass) FullHost(host string, in *object.Object) string {
	if strings.ContainsAny(host, ".*") {
		return host
	}
	return host + "." + p.NamespaceOf(in) + ".svc." + p.ClusterDomain()
}

// HostMatches reports whether a host is one of a pattern as Istio writes it: exact, "*",
// or "*" before a suffix.
func HostMatches(pattern, host string) bool {
	pattern = strings.ToLower(pattern)
	return pattern == "*" || pattern == host || strings.HasPrefix(pattern, "*") && strings.HasSuffix(host, pattern[1:])
}

// HostIndex finds what is under host names as Istio writes them: exact, "*", or "*"
// before a suffix. What it finds comes in the order in which it was added.
type HostIndex[T any] struct {
	all     []T
	exact   map[string][]int
	suffix  map[string][]int // the suffix begins with a dot
	unclear []int            // to be compared with every host
}

// Add files something under a host name, or under every name where it is not known.
func (x *HostIndex[T]) Add(of T, patterns ...object.Str) {
	if x.exact == nil {
		x.exact, x.suffix = map[string][]int{}, map[string][]int{}
	}
	at := len(x.all)
	x.all = append(x.all, of)
	for _, pattern := range patterns {
		host := strings.ToLower(pattern.V)
		switch {
		case pattern.Unknown():
			x.unclear = append(x.unclear, at)
		case strings.HasPrefix(host, "*."):
			x.suffix[host[1:]] = append(x.suffix[host[1:]], at)
		case strings.HasPrefix(host, "*"):
			x.unclear = append(x.unclear, at)
		default:
			x.exact[host] = append(x.exact[host], at)
		}
	}
}

// Near returns what may be under a host: all that are, and perhaps more; also are
// the numbers of others to return in their turn.
func (x *HostIndex[T]) Near(host string, also ...int) []T {
	if len(x.all) == 0 {
		return nil
	}
	found := slices.Concat(x.unclear, x.exact[host], also)
	for i := range len(host) {
		if host[i] == '.' {
			found = append(found, x.suffix[host[i:]]...)
		}
	}
	slices.Sort(found)
	found = slices.Compact(found)
	near := make([]T, len(found))
	for i, at := range found {
		near[i] = x.all[at]
	}
	return near
}

// RuleCovers reports whether a DestinationRule is about a Service.
func (p *Pass) RuleCovers(rule *object.Object, svc *object.Service) object.Truth {
	host := p.ServiceHost(svc)
	return views.AsDestinationRule(rule).Host().Matches(func(name string) bool { return HostMatches(p.FullHost(name, rule), host) })
}

type rulesKey struct{}

// DestinationRules returns the DestinationRules of the input that may be about a host, which
// is fully qualified.
func (p *Pass) DestinationRules(host string) []*object.Object {
	return Once(p, rulesKey{}, func() *HostIndex[*object.Object] {
		rules := &HostIndex[*object.Object]{}
		for _, rule := range p.ByKind(views.Networking, "DestinationRule") {
			name := views.AsDestinationRule(rule).Host()
			name.V = p.FullHost(name.V, rule)
			rules.Add(rule, name)
		}
		return rules
	}).Near(strings.ToLower(host))
}

// TrafficPolicies returns the traffic policies of the DestinationRules of the input that
// are certainly about a Service.
func (p *Pass) TrafficPolicies(svc *object.Service) []views.TrafficPolicy {
	var policies []views.TrafficPolicy
	for _, rule := range p.DestinationRules(p.ServiceHost(svc)) {
		if p.RuleCovers(rule, svc).True() {
			policies = append(policies, views.AsDestinationRule(rule).TrafficPolicy())
		}
	}
	return policies
}

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

// SubsetLabels are the labels of the subsets that DestinationRules of the input make of a Service: of those that are certainly
// about it.
func (p *Pass) SubsetLabels(svc *object.Service) []object.Field {
	var all []object.Field
	for _, rule := range p.DestinationRules(p.ServiceHost(svc)) {
		if !p.RuleCovers(rule, svc).True() {
			continue
		}
		for _, subset := range views.AsDestinationRule(rule).Subsets() {
			all = append(all, subset.Labels())
		}
	}
	return all
}
