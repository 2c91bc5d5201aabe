package ambient

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var networkPolicyBlocksMesh = &checks.Check{
	ID: "MESH905", Name: "network-policy-blocks-mesh", Severity: checks.Warning,
	Summary: "NetworkPolicies of ambient pods must let port 15008 in, on which all traffic of the mesh arrives",
	Advice:  "add a rule for port 15008 (TCP) from the same peers",
	Modes:   []checks.Mode{checks.Ambient},
	Since:   ztunnelSince,
	Run: func(p *checks.Pass) {
		reported := map[*object.Object]bool{}
		if len(p.ByKind(views.Kubernetes, "NetworkPolicy")) == 0 {
			return
		}
		for _, w := range p.Workloads() {
			if planeOf(p, w).ambient == 0 {
				continue
			}
			policies, doubt := policiesOn(p, w, ingress)
			if len(policies) == 0 || reported[policies[0].Object] {
				continue
			}
			hbone := allowed(p, policies, ingress, "HBONE", func(r views.NetworkRule) object.Truth { return r.Allows(hbonePort) }).Or(doubt)
			rule, some := firstRule(policies, ingress)
			switch { // pods that nobody may reach are none of the mesh's
			case some && p.Decide(hbone.Not()):
				reported[policies[0].Object] = true
				p.Report(rule.PortList(), "NetworkPolicy %q lets ports into the ambient pods of %s %q, but not 15008, on which traffic of the mesh arrives: it is blocked",
					rule.Object().Name, w.Kind, w.Name)
			case probed(w) && p.Decide(allowed(p, policies, ingress, "probes", probesAllowed).Or(doubt).Not()):
				reported[policies[0].Object] = true
				p.Report(policies[0].RuleList(ingress), "NetworkPolicy %q lets no probes into the ambient pods of %s %q: in ambient mode they come from %s, and not from the node",
					policies[0].Name, w.Kind, w.Name, probeSource).WithSeverity(checks.Note).
					WithAdvice("allow ingress from ipBlock %s/32 to the probes' ports", probeSource)
			}
		}
	},
}

// probeSource is the address that probes of ambient pods come from. Source: istio.io "Ambient and Kubernetes
// NetworkPolicy"; istio/istio cni/pkg/config/config.go (1.31).
const probeSource = "169.254.7.127"

func probesAllowed(r views.NetworkRule) object.Truth { return hasAddress(r, probeSource) }

// probed reports whether the kubelet probes a workload's pods over the network.
func probed(w *object.Workload) bool {
	for _, c := range w.Containers() {
		for _, probe := range c.Probes() {
			if probe.Kind != "postStart" && probe.Kind != "preStop" && probe.Port().Exists() {
				return true
			}
		}
	}
	return false
}
