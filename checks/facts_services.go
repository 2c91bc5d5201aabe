package checks

import (
	"slices"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// MeshServices returns the Services whose port protocols Istio reads for the mesh:
// none of Istio's own installation, none that Istio manages for a gateway or
// waypoint, and none of the cluster's own namespaces.
func (p *Pass) MeshServices() []*object.Service {
	var services []*object.Service
	for _, svc := range p.Services() {
		system := slices.Contains(ignoredNamespaces, p.NamespaceOf(svc.Object))
		if !system && !p.ControlPlane(svc.Object) && !surely(svc.Label(managedLabel)) {
			services = append(services, svc)
		}
	}
	return services
}

// Leaves says whether a Service selects pods in the input and all of them are
// certainly outside the mesh, so that nobody depends on how its ports are called.
func (p *Pass) Leaves(svc *object.Service) bool {
	selected := p.WorkloadsOf(svc)
	for _, w := range selected.Sure {
		if p.Enrolled(w).State != EnrolOut {
			return false
		}
	}
	return len(selected.Sure) > 0 && len(selected.Maybe) == 0
}

// namedPorts returns the ports of which Istio reads the name: those of Services of
// the mesh with pods in it, over TCP, without an appProtocol. ExternalName Services
// are no matter of names (their protocol is that of the outside).
func (p *Pass) namedPorts() []object.ServicePort {
	var ports []object.ServicePort
	for _, svc := range p.MeshServices() {
		if p.Leaves(svc) || p.Sure(svc.External()) {
			continue
		}
		for _, port := range svc.Ports() {
			declared, by := declaration(port)
			switch {
			case !p.overTCP(port.Protocol):
			case declared.Unknown():
				p.Open(declared)
			case by == byName:
				ports = append(ports, port)
			}
		}
	}
	return ports
}

// overTCP says whether the transport of a port is certainly TCP.
func (p *Pass) overTCP(protocol object.Str) bool {
	return p.Sure(protocol.In("UDP", "SCTP").Not()) && (protocol.V == "" || protocol.V == "TCP")
}

// undetected says whether Istio certainly takes a port for no protocol, so that it
// has to detect it.
func (p *Pass) undetected(port object.ServicePort) bool {
	pr, truth := p.Protocol(port)
	return p.Sure(truth) && pr == Unsupported
}

// spokenOn returns the protocol that the containers behind a Service port give away
// by their probes: HTTP or GRPC, else Unsupported.
func (p *Pass) spokenOn(port object.ServicePort) Protocol {
	for _, w := range p.WorkloadsOf(port.Service).Sure {
		number, _, ok := port.Resolve(w)
		if !ok {
			continue
		}
		for _, c := range w.Containers() {
			for _, probe := range c.Probes() {
				if !probes(c, probe.Port(), number) {
					continue
				}
				switch {
				case probe.Get("grpc").Exists():
					return GRPC
				case probe.Get("httpGet", "scheme").Str().V == "HTTPS":
					return HTTPS
				case probe.Get("httpGet").Exists():
					return HTTP
				}
			}
		}
	}
	return Unsupported
}

// probes says whether the port of a probe is a container port's number, or a name
// that stands for it.
func probes(c object.Container, asked object.Str, number int64) bool {
	if n := asked.Num(); n.OK {
		return n.V == number
	}
	for _, port := range c.Ports() {
		if asked.V != "" && port.Name.V == asked.V {
			return port.Number.V == number
		}
	}
	return false
}
