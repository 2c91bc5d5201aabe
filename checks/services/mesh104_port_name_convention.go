package services

import "github.com/mesh-check/mesh-check/checks"

var portNameConvention = &checks.Check{
	ID: "MESH104", Name: "port-name-convention", Severity: checks.Note,
	Summary: "A Service port's name should start with its protocol, as in http-web, or Istio has to detect it",
	Advice:  "set appProtocol (http, http2, grpc, https, tls or tcp), or start the name with the protocol: http-web, tcp-data",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0118"},
	Run: func(p *checks.Pass) {
		for _, port := range p.NamedPorts() {
			if port.Name.V == "" || !p.Undetected(port) {
				continue
			}
			f := p.Report(port.Name, "port name %q of Service %q declares no protocol that Istio knows: it detects HTTP and treats the rest as TCP",
				port.Name.V, port.Service.Name)
			adviseProtocol(p, f, port)
		}
	},
}
