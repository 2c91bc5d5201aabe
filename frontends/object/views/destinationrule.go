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

// ExportTo is spec.exportTo: the namespaces that see the rule.
func (r DestinationRule) ExportTo() object.Field { return r.Get("spec", "exportTo") }

// WorkloadLabels is spec.workloadSelector.matchLabels: the clients that follow the rule; empty for all.
func (r DestinationRule) WorkloadLabels() object.Field {
	return r.Get("spec", "workloadSelector", "matchLabels")
}

// SubsetList is spec.subsets, a list.
func (r DestinationRule) SubsetList() object.Field { return r.Get("spec", "subsets") }

// Subsets are the elements of SubsetList.
func (r DestinationRule) Subsets() []Subset {
	var all []Subset
	for _, f := range r.SubsetList().Items() {
		all = append(all, Subset{f})
	}
	return all
}

// Subset is a named part of a host's endpoints.
type Subset struct{ object.Field }

// SubsetName is name, by which routes choose the subset.
func (s Subset) SubsetName() object.Str { return s.Get("name").Str() }

// Labels is labels: those that an endpoint of the subset has.
func (s Subset) Labels() object.Field { return s.Get("labels") }

// TrafficPolicy is trafficPolicy, which takes the place of the host's, setting by setting.
func (s Subset) TrafficPolicy() TrafficPolicy { return TrafficPolicy{s.Get("trafficPolicy")} }

// TrafficPolicy is how clients speak to a host, or to one port of it.
type TrafficPolicy struct{ object.Field }

// TLSMode is tls.mode: DISABLE, SIMPLE, MUTUAL or ISTIO_MUTUAL.
func (t TrafficPolicy) TLSMode() object.Str { return t.Get("tls", "mode").Str() }

// TLS is tls: how clients encrypt.
func (t TrafficPolicy) TLS() object.Field { return t.Get("tls") }

// CACertificates is tls.caCertificates: the file with which clients verify the server.
func (t TrafficPolicy) CACertificates() object.Str { return t.Get("tls", "caCertificates").Str() }

// CredentialName is tls.credentialName: the Secret with the client's certificates.
func (t TrafficPolicy) CredentialName() object.Str { return t.Get("tls", "credentialName").Str() }

// InsecureSkipVerify is tls.insecureSkipVerify: clients do not verify the server.
func (t TrafficPolicy) InsecureSkipVerify() object.Flag {
	return t.Get("tls", "insecureSkipVerify").Flag()
}

// LoadBalancer is loadBalancer.
func (t TrafficPolicy) LoadBalancer() object.Field { return t.Get("loadBalancer") }

// SimpleBalancer is loadBalancer.simple: the name of the algorithm.
func (t TrafficPolicy) SimpleBalancer() object.Str { return t.Get("loadBalancer", "simple").Str() }

// ConsistentHash is loadBalancer.consistentHash: what keeps the requests of one client together.
func (t TrafficPolicy) ConsistentHash() object.Field { return t.Get("loadBalancer", "consistentHash") }

// OutlierDetection is outlierDetection.
func (t TrafficPolicy) OutlierDetection() object.Field { return t.Get("outlierDetection") }

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
