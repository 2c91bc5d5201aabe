package services

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// headlessOrExternalServiceWithoutPorts finds Services without ports, of the types of which
// Kubernetes asks for none.
var headlessOrExternalServiceWithoutPorts = &checks.Check{
	ID: "MESH112", Name: "headless-or-external-service-without-ports", Severity: checks.Warning,
	Summary: "A headless Service must declare the ports that clients use",
	Advice:  "declare the ports that clients use",
	Modes:   []checks.Mode{checks.Sidecar},
	Absence: true,
	Run: func(p *checks.Pass) {
		for _, svc := range p.MeshServices() {
			if list := svc.PortList(); list.Unknown() || len(list.Items()) > 0 {
				continue // of a list that is not known, an element is likely
			}
			switch external := svc.External(); {
			case external.True() && !aliases(p):
				p.Report(svc.PortList(), "ExternalName Service %q declares no port: up to 1.20, Istio does not know it then, and handles connections to it as those to unknown hosts", svc.Name)
			case external.False() && p.Decide(svc.Headless()) && !p.OnlyOutsideMesh(svc):
				withoutPorts(p, svc)
			}
		}
	},
}

// withoutPorts reports a headless Service without ports; that is worth a warning where its
// pods have ports that no other Service declares. Source: istio.io "Headless Services";
// istio/istio pilot/pkg/networking/core listener.go (a listener for each port of a Service).
func withoutPorts(p *checks.Pass, svc *object.Service) {
	open := openPorts(p, svc)
	if len(open) == 0 {
		p.Report(svc.PortList(), "headless Service %q declares no port: sidecars forward connections to its pods as is, with no mutual TLS, routing or telemetry", svc.Name).
			WithSeverity(checks.Note)
		return
	}
	p.Report(svc.PortList(), "headless Service %q declares no port, and its pods have %s %s: sidecars forward connections there as is, with no mutual TLS, and they fail under STRICT",
		svc.Name, checks.Plural(len(open), "port"), listed(open)).
		WithAdvice("declare %s %s in the Service", checks.Plural(len(open), "port"), listed(open))
}

// openPorts are the TCP ports of the pods of a Service without ports, where no other Service declares them.
func openPorts(p *checks.Pass, svc *object.Service) []int64 {
	var open []int64
	for _, w := range p.WorkloadsOf(svc).Sure {
		if !p.Enrolled(w).Sidecar() {
			continue
		}
		for _, c := range w.Containers() {
			for _, port := range c.Ports() {
				if c.LongRunning() && port.Number.OK && port.L4() == "TCP" && !slices.Contains(open, port.Number.V) {
					open = append(open, port.Number.V)
				}
			}
		}
		for _, other := range p.ServicesOf(w).Sure {
			if len(other.Ports()) > 0 {
				open = nil
				break
			}
		}
	}
	return open
}
