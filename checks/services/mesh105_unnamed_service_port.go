package services

import "github.com/mesh-check/mesh-check/checks"

var unnamedServicePort = &checks.Check{
	ID: "MESH105", Name: "unnamed-service-port", Severity: checks.Note,
	Summary: "A Service port should have a name or an appProtocol that declares its protocol",
	Advice:  "set appProtocol (http, http2, grpc, https, tls or tcp), or name the port after its protocol: http, tcp-data",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0118"},
	Run: func(p *checks.Pass) {
		for _, port := range p.NamedPorts() {
			if port.Name.V != "" || !p.Undetected(port) || !port.Number.OK {
				continue
			}
			f := p.Report(port.Name, "port %d of Service %q has neither a name nor an appProtocol: Istio detects HTTP and treats the rest as TCP",
				port.Number.V, port.Service.Name)
			adviseProtocol(p, f, port)
		}
	},
}
