package routing

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
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
				if p.Decide(routedSubsets(p).reaches(strings.ToLower(p.FullHost(host.V, o)), s.SubsetName()).Not()) {
					p.Report(policy, "the traffic policy of subset %q of %q is never used: no VirtualService in the input routes to the subset",
						s.SubsetName().V, host.V)
				}
			}
		}
	},
}
