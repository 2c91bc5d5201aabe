package services

import "github.com/mesh-check/mesh-check/checks"

var conflictingServiceTargetPorts = &checks.Check{
	ID: "MESH103", Name: "conflicting-service-target-ports", Severity: checks.Note,
	Summary: "Services that target the same container port of a pod must use the same port",
	Advice:  "use one port number for this container port in all Services of these pods",
	Modes:   []checks.Mode{checks.Sidecar},
	Since:   "1.10",
	Istio:   []string{"IST0137"},
	Run: func(p *checks.Pass) {
		for _, w := range p.Workloads() {
			if !p.Enrolled(w).Sidecar() || p.ControlPlane(w.Object) || p.Gateway(w) {
				continue
			}
			for _, group := range grouped(portsOf(p, w), func(sp sharedPort) string { return sp.target }) {
				first, second, found := differing(group)
				if !found {
					continue
				}
				f := p.Report(second.Number, "port %d of Service %q and port %d of Service %q both target container port %s of %s %q: its proxy uses only one of the two",
					second.Number.V, second.Service.Name, first.Number.V, first.Service.Name, second.target, w.Kind, w.Name)
				f.WithRelated(first.Number, "port %d of Service %q targets it too", first.Number.V, first.Service.Name)
			}
		}
	},
}

// differing returns the first two ports of a group that have different numbers and
// are of two Services. Two ports of one Service for one container port are common,
// and work where their protocols are equal (else MESH120).
func differing(group []sharedPort) (first, second sharedPort, found bool) {
	for i, a := range group {
		for _, b := range group[i+1:] {
			if a.Number.V != b.Number.V && a.Service.Object != b.Service.Object {
				return a, b, true
			}
		}
	}
	return first, second, false
}
