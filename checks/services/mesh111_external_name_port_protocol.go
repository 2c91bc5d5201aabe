package services

import "github.com/mesh-check/mesh-check/checks"

// externalNamePortProtocol finds ports of ExternalName Services that are TCP for Istio, which
// has no address to tell their connections by.
var externalNamePortProtocol = &checks.Check{
	ID: "MESH111", Name: "external-name-port-protocol", Severity: checks.Warning,
	Summary: "A port of an ExternalName Service must be declared as HTTP or TLS",
	Advice:  "declare the port as what it carries, http or tls, in its name or appProtocol, or leave out the ports, which Istio 1.21 and newer do not need",
	Modes:   []checks.Mode{checks.Sidecar},
	Since:   "1.13",
	Istio:   []string{"IST0150"},
	Run: func(p *checks.Pass) {
		for _, svc := range p.MeshServices() {
			if !p.Decide(svc.External()) {
				continue
			}
			for _, port := range svc.Ports() {
				protocol, known := p.Protocol(port)
				if port.L4() != "TCP" || !p.Decide(known) || !isTCP(protocol) {
					continue
				}
				f := p.Report(checks.DeclarationPlace(port), "port %s of ExternalName Service %q is %s: up to 1.20, Istio treats traffic it cannot recognize as HTTP or TLS as TCP, and sends every connection to port %d to %q",
					port, svc.Name, protocol, port.Number.V, svc.ExternalName().V)
				if aliases(p) {
					f.WithSeverity(checks.Note)
				}
			}
		}
	},
}

// isTCP reports whether a port of a protocol may have a listener for all addresses.
func isTCP(protocol checks.Protocol) bool {
	return protocol == checks.Unsupported || protocol.Family() == checks.FamilyTCP
}

// aliases reports whether ExternalName Services are certainly aliases.
func aliases(p *checks.Pass) bool {
	for _, on := range p.InjectorValues("pilot", "env", "ENABLE_EXTERNAL_NAME_ALIAS") {
		if on.Unknown() || on.Str().V == "false" {
			return false
		}
	}
	return p.Mesh.IstioFrom(checks.AliasesSince)
}
