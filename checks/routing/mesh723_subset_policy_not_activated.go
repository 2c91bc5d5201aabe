package routing

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var subsetPolicyNotActivated = &checks.Check{
	ID: "MESH723", Name: "subset-policy-not-activated", Severity: checks.Note,
	Summary: "The traffic policy of a subset needs a route that names the subset",
	Advice:  "route to the subset in a VirtualService, or move the policy to the whole host",
	Modes:   []checks.Mode{checks.Sidecar},
	Absence: true,
	Run: func(p *checks.Pass) {
		for _, o := range p.ByKind(views.Networking, "DestinationRule") {
			rule := views.AsDestinationRule(o)
			host := rule.Host()
			for _, s := range rule.Subsets() {
				policy := s.TrafficPolicy()
				if !policy.Exists() || policy.Known() && len(policy.Entries()) == 0 {
					continue
				}
				if host.Unknown() {
					p.Undecided(host)
					break
				}
				if p.Decide(reaches(p, rule, s).Not()) && !selectsNone(p, rule, s) {
					p.Report(policy, "the traffic policy of subset %q of %q is never used: no VirtualService in the input routes to the subset",
						s.SubsetName().V, host.V)
				}
			}
		}
	},
}

// reaches reports whether a route of the input goes to a subset.
func reaches(p *checks.Pass, rule views.DestinationRule, s views.Subset) object.Truth {
	host := rule.Host()
	if host.Unknown() {
		return object.Undecided(host.Field)
	}
	return routedSubsets(p).reaches(strings.ToLower(p.FullHost(host.V, rule.Object)), s.SubsetName())
}

// selectsNone reports whether a subset certainly selects no pods, which MESH721 reports together with the missing route.
func selectsNone(p *checks.Pass, rule views.DestinationRule, s views.Subset) bool {
	if strings.Contains(rule.Host().V, "*") {
		return false
	}
	services, known := servicesOf(p, rule.Host())
	if !known {
		return false
	}
	selected, _ := selects(p, services, s.Labels())
	return selected.False()
}
