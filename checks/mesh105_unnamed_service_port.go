package checks

var unnamedServicePort = &Check{
	ID: "MESH105", Name: "unnamed-service-port", Severity: Note,
	Summary: "A Service port should have a name or an appProtocol that tells Istio its protocol",
	Advice:  "set appProtocol (http, http2, grpc, https, tls or tcp), or name the port after its protocol: http, tcp-data",
	Modes:   []Mode{Sidecar, Ambient},
	Istio:   []string{"IST0118"},
	Run: func(p *Pass) {
		for _, port := range p.namedPorts() {
			if port.Name.V != "" || !p.undetected(port) {
				continue
			}
			f := p.Report(port.Name, "port %d of Service %q has neither name nor appProtocol: Istio detects HTTP, and takes the rest for TCP",
				port.Number.V, port.Service.Name)
			p.adviseProtocol(f, port)
		}
	},
}
