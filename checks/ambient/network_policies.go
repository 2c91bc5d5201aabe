package ambient

import (
	"net/netip"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

const (
	ingress = "ingress"
	egress  = "egress"
)

// policiesOn are the NetworkPolicies of the input that restrict a direction of a workload's pods: what any of them
// allows is allowed. doubt is undecided where others may do so too.
func policiesOn(p *checks.Pass, w *object.Workload, direction string) (policies []views.NetworkPolicy, doubt object.Truth) {
	index := p.SelectorsOf(views.Kubernetes, "NetworkPolicy", func(o *object.Object) object.Field { return views.AsNetworkPolicy(o).MatchLabels() })
	near := index.Near(w)
	whole := wholeNamespace(p, p.NamespaceOf(w.Object), direction)
	policies = append(policies, whole.sure...)
	for _, o := range append(near[:len(near):len(near)], whole.others...) {
		policy := views.AsNetworkPolicy(o)
		selects := restricts(p, policy, direction).And(p.SameNamespace(o, w.Object)).And(views.SelectsLabels(policy.PodSelector(), w.Labels()))
		if _, open := selects.Undecided(); open {
			doubt = selects
		}
		if selects.True() && !emptySelector(policy) {
			policies = append(policies, policy)
		}
	}
	return policies, doubt
}

// emptySelector reports whether a policy certainly is about all pods of its namespace.
func emptySelector(policy views.NetworkPolicy) bool {
	selector := policy.PodSelector()
	return selector.Known() && !selector.Partial() && len(selector.Entries()) == 0 && policy.NamespaceField().Known()
}

type (
	wholeKey     struct{ namespace, direction string }
	restrictsKey struct {
		policy    *object.Object
		direction string
	}
	allowedKey struct {
		policy   *object.Object
		question string
	}
)

// whole are the policies of a namespace without labels: those that are surely about all of its pods, and the others.
type whole struct {
	sure   []views.NetworkPolicy
	others []*object.Object
}

func wholeNamespace(p *checks.Pass, namespace, direction string) whole {
	return checks.Once(p, wholeKey{namespace, direction}, func() whole {
		index := p.SelectorsOf(views.Kubernetes, "NetworkPolicy", func(o *object.Object) object.Field { return views.AsNetworkPolicy(o).MatchLabels() })
		var all whole
		for _, o := range index.Wide(namespace) {
			policy := views.AsNetworkPolicy(o)
			switch restricts := restricts(p, policy, direction); {
			case !emptySelector(policy) || !restricts.True() && !restricts.False():
				all.others = append(all.others, o)
			case restricts.True():
				all.sure = append(all.sure, policy)
			}
		}
		return all
	})
}

func restricts(p *checks.Pass, policy views.NetworkPolicy, direction string) object.Truth {
	return checks.Once(p, restrictsKey{policy.Object, direction}, func() object.Truth { return policy.Restricts(direction) })
}

// allowed reports whether one of the rules of some policies answers a question with yes. The question has a name, by
// which the answer of each policy is found again.
func allowed(p *checks.Pass, policies []views.NetworkPolicy, direction, question string, ask func(views.NetworkRule) object.Truth) object.Truth {
	answer := object.No()
	for _, policy := range policies {
		answer = answer.Or(checks.Once(p, allowedKey{policy.Object, question}, func() object.Truth {
			if list := policy.RuleList(direction); list.Unknown() {
				return object.Undecided(list)
			}
			of := object.No()
			for _, r := range policy.Rules(direction) {
				of = of.Or(ask(r))
			}
			return of
		}))
	}
	return answer
}

// firstRule is the first rule of some policies; ok is false where they have none.
func firstRule(policies []views.NetworkPolicy, direction string) (rule views.NetworkRule, ok bool) {
	for _, policy := range policies {
		if rules := policy.Rules(direction); len(rules) > 0 {
			return rules[0], true
		}
	}
	return views.NetworkRule{}, false
}

// hasAddress reports whether a rule lets an address in by its ipBlock, or everybody.
func hasAddress(r views.NetworkRule, address string) object.Truth {
	list := r.PeerList()
	if list.Unknown() {
		return object.Undecided(list)
	}
	addr := netip.MustParseAddr(address)
	answer := object.TruthOf(len(list.Items()) == 0)
	for _, peer := range r.Peers() {
		answer = answer.Or(peer.CIDR().Matches(func(v string) bool {
			prefix, err := netip.ParsePrefix(v)
			return err == nil && prefix.Contains(addr)
		}))
	}
	return answer
}
