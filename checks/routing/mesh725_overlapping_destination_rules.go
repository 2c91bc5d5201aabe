package routing

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var overlappingDestinationRules = &checks.Check{
	ID: "MESH725", Name: "overlapping-destination-rules", Severity: checks.Warning,
	Summary: "DestinationRules for one host must not set the same things",
	Advice:  "put both into one DestinationRule",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		inNamespace := map[string]int{}
		for _, o := range p.ByKind(views.Networking, "DestinationRule") {
			inNamespace[p.NamespaceOf(o)]++
		}
		policies, subsets := map[mergedInto]views.TrafficPolicy{}, map[mergedInto]views.Subset{}
		for _, o := range p.ByKind(views.Networking, "DestinationRule") {
			rule := views.AsDestinationRule(o)
			if inNamespace[p.NamespaceOf(o)] < 2 {
				continue // there is nothing to merge it with
			}
			into, known := mergesInto(p, rule)
			if !known {
				continue
			}
			if policy := rule.TrafficPolicy(); policy.Exists() {
				first, has := policies[into]
				switch {
				case !has:
					policies[into] = policy
				case overlaps(first.Field, policy.Field):
					p.Report(policy, "DestinationRules %q and %q both have a trafficPolicy for host %q: Istio uses only that of the older one",
						first.Object().Name, o.Name, rule.Host().V).WithRelated(first, "the other trafficPolicy")
				}
			}
			for _, s := range rule.Subsets() {
				into := into
				if into.subset = s.SubsetName().V; into.subset == "" {
					continue
				}
				first, has := subsets[into]
				switch {
				case !has:
					subsets[into] = s
				case overlaps(first.Field, s.Field):
					p.Report(s.SubsetName(), "DestinationRules %q and %q both have a subset %q of host %q: Istio uses only that of the older one",
						first.Object().Name, o.Name, into.subset, rule.Host().V).WithRelated(first.SubsetName(), "the other subset")
				}
			}
		}
	},
}

// overlaps reports whether two parts of rules differ and belong to different rules. The same object twice is one.
func overlaps(a, b object.Field) bool {
	return a.Object().Name != b.Object().Name && !sameTree(a.Node(), b.Node())
}

// mergedInto is what DestinationRules have in common that Istio makes one of. Source: istio/istio
// pilot/pkg/model/destination_rule.go mergeDestinationRule (workloadSelector from 1.14, exportTo from 1.25).
type mergedInto struct{ namespace, host, clients, scopes, subset string }

// mergesInto is what a rule is merged into; known is false where that is not known.
func mergesInto(p *checks.Pass, rule views.DestinationRule) (into mergedInto, known bool) {
	host, clients := rule.Host(), rule.WorkloadLabels()
	if host.Unknown() {
		p.Undecided(host)
	}
	scopes, known := registry.Of(p).Scopes(rule.Object)
	if !known || host.V == "" || clients.Unknown() || clients.Partial() {
		return mergedInto{}, false
	}
	var pairs []string
	for _, f := range clients.Entries() {
		if f.Unknown() {
			return mergedInto{}, false
		}
		pairs = append(pairs, f.Name()+"="+f.Str().V)
	}
	slices.Sort(pairs)
	slices.Sort(scopes)
	return mergedInto{
		p.NamespaceOf(rule.Object), strings.ToLower(p.FullHost(host.V, rule.Object)), strings.Join(pairs, ","), strings.Join(scopes, ","), "",
	}, true
}
