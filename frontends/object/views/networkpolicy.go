package views

import (
	"slices"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// NetworkPolicyPort is a port of a NetworkPolicy.
type NetworkPolicyPort struct {
	object.Field
	Direction string // ingress or egress
}

// Protocol is the transport protocol; missing means TCP.
func (p NetworkPolicyPort) Protocol() object.Str { return p.Get("protocol").Str() }

// NetworkPolicyPorts are the ports that the NetworkPolicies of a set name.
func NetworkPolicyPorts(set *object.Set) []NetworkPolicyPort {
	var all []NetworkPolicyPort
	for _, policy := range set.ByKind(Kubernetes, "NetworkPolicy") {
		for _, direction := range []string{"ingress", "egress"} {
			for _, ports := range each(policy.Get("spec", direction), "ports") {
				for _, port := range ports.Items() {
					all = append(all, NetworkPolicyPort{port, direction})
				}
			}
		}
	}
	return slices.Clip(all)
}
