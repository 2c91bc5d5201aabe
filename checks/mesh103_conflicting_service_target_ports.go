package checks

var conflictingServiceTargetPorts = &Check{
	ID: "MESH103", Name: "conflicting-service-target-ports", Severity: Warning,
	Summary: "Services that share a pod and lead to one container port must use the same port",
	Advice:  "use one port number for this container port in all Services of these pods",
	Modes:   []Mode{Sidecar},
	Since:   "1.10",
	Istio:   []string{"IST0137"},
	Run: func(p *Pass) {
		for _, w := range p.Workloads() {
			if !p.Enrolled(w).Sidecar() || p.ControlPlane(w.Object) || p.Gateway(w) {
				continue
			}
			for _, group := range grouped(p.portsOf(w), func(sp sharedPort) string { return sp.target }) {
				first, second, severity := differing(group)
				if severity == "" {
					continue
				}
				f := p.Report(second.Number, "port %d of Service %q and port %d of Service %q both lead to container port %s of %s %q: its proxy knows that port by one of them alone",
					second.Number.V, second.Service.Name, first.Number.V, first.Service.Name, second.target, w.Kind, w.Name).At(severity)
				f.Also(first.Number, "port %d of Service %q leads there too", first.Number.V, first.Service.Name)
			}
		}
	},
}

// differing returns two ports of a group with different numbers: of two Services if
// there are such (a warning), else of one (a note, since one Service with two ports
// for one container port is common and works).
func differing(group []sharedPort) (first, second sharedPort, severity Severity) {
	for i, a := range group {
		for _, b := range group[i+1:] {
			switch {
			case a.Number.V == b.Number.V:
			case a.Service.Object != b.Service.Object:
				return a, b, Warning
			case severity == "":
				first, second, severity = a, b, Note
			}
		}
	}
	return first, second, severity
}
