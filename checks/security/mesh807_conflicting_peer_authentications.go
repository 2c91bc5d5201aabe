package security

import (
	"github.com/mesh-check/mesh-check/checks"
)

var conflictingPeerAuthentications = &checks.Check{
	ID: "MESH807", Name: "conflicting-peer-authentications", Severity: checks.Warning,
	Summary: "A namespace must have one PeerAuthentication without a selector, and a workload one with a selector",
	Advice:  "merge the two PeerAuthentications into one",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, wide := range wideOnes(p, peerAuthentications) {
			first := wide[0]
			for _, o := range others(p, wide) {
				of := "namespace"
				if p.NamespaceOf(o) == p.RootNamespace() {
					of = "mesh"
				}
				p.Report(o.NameField(), "PeerAuthentications %q and %q are both for the whole %s, in namespace %q: Istio uses the older one and ignores the other",
					first.Name, o.Name, of, p.NamespaceOf(o)).WithRelated(first.NameField(), "the other one")
			}
		}
		for _, c := range clashes(p, peerAuthentications) {
			if p.NamespaceOf(c.second) == p.RootNamespace() {
				continue // it is ignored anyway: MESH812
			}
			p.Report(matchLabels(c.second), "PeerAuthentications %q and %q both select the pods of %s %q: Istio uses the older one and ignores the other",
				c.first.Name, c.second.Name, c.w.Kind, c.w.Name).
				WithRelated(matchLabels(c.first), "the selector of the other one").WithRelated(c.w.Labels(), "the labels of the pods")
		}
	},
}
