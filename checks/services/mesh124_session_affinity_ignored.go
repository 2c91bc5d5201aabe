package services

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// sessionAffinityIgnored finds Services that ask for the affinity of clients, of which Istio
// knows nothing.
var sessionAffinityIgnored = &checks.Check{
	ID: "MESH124", Name: "session-affinity-ignored", Severity: checks.Note,
	Summary: "sessionAffinity of a Service has no effect on clients in the mesh",
	Advice:  "add a DestinationRule for the Service with trafficPolicy.loadBalancer.consistentHash.useSourceIp: true",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, svc := range p.MeshServices() {
			affinity := svc.SessionAffinity()
			if affinity.V != "ClientIP" && affinity.Known() || !svc.External().False() || !svc.Headless().False() {
				continue
			}
			if p.OnlyOutsideMesh(svc) || p.GatewayService(svc) || hashes(p, svc) || !p.Decide(affinity.Is("ClientIP")) {
				continue
			}
			p.Report(affinity, "Service %q has sessionAffinity: ClientIP, which Istio does not read: proxies send the requests of one client to any of its pods", svc.Name)
		}
	},
}

// persistent are the labels by which Istio keeps sessions in its own way. Source:
// istio/istio pilot/pkg/features PILOT_PERSISTENT_SESSION_LABEL.
var persistent = []string{"istio.io/persistent-session", "istio.io/persistent-session-header"}

// hashes reports whether the input has Istio keep the clients of a Service in its own way.
func hashes(p *checks.Pass, svc *object.Service) bool {
	for _, label := range persistent {
		if svc.Label(label).Exists() {
			return true
		}
	}
	for _, policy := range p.TrafficPolicies(svc) {
		all := policy.Ports()
		for _, t := range append(all, policy) {
			if t.ConsistentHash().Exists() || t.LoadBalancer().Unknown() {
				return true
			}
		}
	}
	return false
}
