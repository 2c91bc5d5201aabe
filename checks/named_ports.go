package checks

import "github.com/mesh-check/mesh-check/frontends/object"

// NamedPorts returns the ports of which Istio reads the name: those of Services of
// the mesh with pods in it, over TCP, without an appProtocol. ExternalName Services
// are no matter of names (their protocol is that of the outside).
func (p *Pass) NamedPorts() []object.ServicePort {
	var ports []object.ServicePort
	for _, svc := range p.MeshServices() {
		if p.OnlyOutsideMesh(svc) || p.Decide(svc.External()) {
			continue
		}
		for _, port := range svc.Ports() {
			declared, by := Declaration(port)
			switch {
			case !p.OverTCP(port.Protocol):
			case declared.Unknown():
				p.Undecided(declared)
			case by == byName:
				ports = append(ports, port)
			}
		}
	}
	return ports
}

// OverTCP reports whether the transport of a port is certainly TCP.
func (p *Pass) OverTCP(protocol object.Str) bool {
	return p.Decide(protocol.In("UDP", "SCTP").Not()) && (protocol.V == "" || protocol.V == "TCP")
}

// Undetected reports whether Istio certainly takes a port for no protocol, so that it
// has to detect it.
func (p *Pass) Undetected(port object.ServicePort) bool {
	pr, truth := p.Protocol(port)
	return p.Decide(truth) && pr == Unsupported
}
