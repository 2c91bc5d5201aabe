package views

import (
	"slices"
	"strings"

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

// NetworkPolicy is the view of networking.k8s.io NetworkPolicy.
type NetworkPolicy struct{ *object.Object }

// AsNetworkPolicy returns the view of a NetworkPolicy.
func AsNetworkPolicy(o *object.Object) NetworkPolicy { return NetworkPolicy{o} }

// PodSelector is spec.podSelector; an empty one selects all pods of the namespace.
func (n NetworkPolicy) PodSelector() object.Field { return n.Get("spec", "podSelector") }

// MatchLabels are the labels that the selector asks for.
func (n NetworkPolicy) MatchLabels() object.Field { return n.PodSelector().Get("matchLabels") }

// Restricts reports whether the policy is about a direction, ingress or egress. Without policyTypes it is about
// ingress, and about egress where that is written.
func (n NetworkPolicy) Restricts(direction string) object.Truth {
	types := n.Get("spec", "policyTypes")
	if types.Known() && len(types.Items()) == 0 {
		if direction == "ingress" {
			return object.Yes()
		}
		return n.RuleList(direction).Written()
	}
	return object.AnyItem(types, func(s object.Str) object.Truth {
		return s.Matches(func(v string) bool { return strings.EqualFold(v, direction) })
	})
}

// RuleList is spec.ingress or spec.egress.
func (n NetworkPolicy) RuleList(direction string) object.Field { return n.Get("spec", direction) }

// Rules are the rules for a direction; each of them allows something.
func (n NetworkPolicy) Rules(direction string) []NetworkRule {
	var all []NetworkRule
	for _, f := range n.RuleList(direction).Items() {
		all = append(all, NetworkRule{f, direction})
	}
	return all
}

// NetworkRule is what a NetworkPolicy allows: some ports to or from some peers.
type NetworkRule struct {
	object.Field
	direction string
}

// PortList is ports; all ports where it is missing or empty.
func (r NetworkRule) PortList() object.Field { return r.Get("ports") }

// Allows reports whether the rule is about a port of TCP that may have a name.
func (r NetworkRule) Allows(port int64, names ...string) object.Truth {
	list := r.PortList()
	if list.Known() && len(list.Items()) == 0 {
		return object.Yes()
	}
	if list.Unknown() {
		return object.Undecided(list)
	}
	answer := object.No()
	for _, f := range list.Items() {
		answer = answer.Or(NetworkPolicyPort{f, r.direction}.is(port, names))
	}
	return answer
}

// is reports whether a port of a NetworkPolicy is, or has in its range, one of TCP.
func (p NetworkPolicyPort) is(port int64, names []string) object.Truth {
	tcp := p.Protocol().Is("TCP")
	if !p.Protocol().Exists() {
		tcp = object.Yes()
	}
	at, end := p.Get("port"), p.Get("endPort").Num()
	switch from := at.Num(); {
	case at.Unknown():
		return tcp.And(object.Undecided(at))
	case !at.Exists():
		return tcp
	case from.OK && end.Exists():
		return tcp.And(object.TruthOf(from.V <= port && port <= end.V))
	case from.OK:
		return tcp.And(object.TruthOf(from.V == port))
	}
	return tcp.And(object.TruthOf(slices.Contains(names, at.Str().V)))
}

// Peers are the elements of from or to; everybody where there are none.
func (r NetworkRule) Peers() []NetworkPeer {
	var all []NetworkPeer
	for _, f := range r.PeerList().Items() {
		all = append(all, NetworkPeer{f})
	}
	return all
}

// PeerList is from or to.
func (r NetworkRule) PeerList() object.Field {
	if r.direction == "egress" {
		return r.Get("to")
	}
	return r.Get("from")
}

// NetworkPeer is whom a rule allows.
type NetworkPeer struct{ object.Field }

// CIDR is ipBlock.cidr; missing for pods.
func (p NetworkPeer) CIDR() object.Str { return p.Get("ipBlock", "cidr").Str() }

// Namespaces is namespaceSelector; missing for the policy's own namespace.
func (p NetworkPeer) Namespaces() object.Field { return p.Get("namespaceSelector") }

// PolicyTarget is a port of a NetworkPolicy with the pods at which the connections that it allows end.
type PolicyTarget struct {
	From *object.Object
	Port NetworkPolicyPort
	// Pods are the selectors of these pods, in the namespace of the policy.
	Pods []object.Field
}

// Name is the port where it is a name; missing for a number.
func (t PolicyTarget) Name() object.Str { return t.Port.Get("port").Str() }

// PolicyTargets are the ports of the NetworkPolicies of a set that lead to pods of the policy's own namespace and to
// nothing else.
func PolicyTargets(set *object.Set) []PolicyTarget {
	var all []PolicyTarget
	for _, policy := range set.ByKind(Kubernetes, "NetworkPolicy") {
		for _, rule := range policy.Get("spec", "ingress").Items() {
			for _, port := range rule.Get("ports").Items() {
				all = append(all, PolicyTarget{policy, NetworkPolicyPort{port, "ingress"}, []object.Field{policy.Get("spec", "podSelector")}})
			}
		}
		for _, rule := range policy.Get("spec", "egress").Items() {
			pods, only := podPeers(rule.Get("to"))
			for _, port := range rule.Get("ports").Items() {
				if only {
					all = append(all, PolicyTarget{policy, NetworkPolicyPort{port, "egress"}, pods})
				}
			}
		}
	}
	return all
}

// podPeers are the selectors of the peers of a rule; only reports whether all of them are pods of one namespace.
func podPeers(peers object.Field) (pods []object.Field, only bool) {
	for _, peer := range peers.Items() {
		selector := peer.Get("podSelector")
		if !selector.Exists() || peer.Get("namespaceSelector").Exists() || peer.Get("ipBlock").Exists() {
			return nil, false
		}
		pods = append(pods, selector)
	}
	return pods, len(pods) > 0
}
