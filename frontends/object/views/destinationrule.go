package views

import "github.com/mesh-check/mesh-check/frontends/object"

// DestinationRule is the view of networking.istio.io DestinationRule.
type DestinationRule struct{ *object.Object }

// AsDestinationRule returns the view of a DestinationRule.
func AsDestinationRule(o *object.Object) DestinationRule { return DestinationRule{o} }

// Host is spec.host: the host whose clients the rule is about.
func (r DestinationRule) Host() object.Str { return r.Get("spec", "host").Str() }

// TrafficPolicy is spec.trafficPolicy.
func (r DestinationRule) TrafficPolicy() TrafficPolicy {
	return TrafficPolicy{r.Get("spec", "trafficPolicy")}
}

// TrafficPolicy is how clients speak to a host, or to one port of it.
type TrafficPolicy struct{ object.Field }

// TLSMode is tls.mode: DISABLE, SIMPLE, MUTUAL or ISTIO_MUTUAL.
func (t TrafficPolicy) TLSMode() object.Str { return t.Get("tls", "mode").Str() }

// Ports are the policies of single ports, which inherit nothing.
func (t TrafficPolicy) Ports() []TrafficPolicy {
	var all []TrafficPolicy
	for _, f := range t.Get("portLevelSettings").Items() {
		all = append(all, TrafficPolicy{f})
	}
	return all
}

// Port is the number of the port that the policy of a port is about.
func (t TrafficPolicy) Port() object.Num { return t.Get("port", "number").Num() }

// UseClientProtocol is connectionPool.http.useClientProtocol: proxies keep the client's version of HTTP.
func (t TrafficPolicy) UseClientProtocol() object.Flag {
	return t.Get("connectionPool", "http", "useClientProtocol").Flag()
}

// H2UpgradePolicy is connectionPool.http.h2UpgradePolicy: DEFAULT, DO_NOT_UPGRADE or UPGRADE.
func (t TrafficPolicy) H2UpgradePolicy() object.Str {
	return t.Get("connectionPool", "http", "h2UpgradePolicy").Str()
}
