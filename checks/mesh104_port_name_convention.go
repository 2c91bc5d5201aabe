package checks

var portNameConvention = &Check{
	ID: "MESH104", Name: "port-name-convention", Severity: Note,
	Summary: "A Service port's name should start with its protocol, as in http-web, or Istio has to detect it",
	Advice:  "set appProtocol (http, http2, grpc, https, tls or tcp), or put the protocol in front of the name: http-web, tcp-data",
	Modes:   []Mode{Sidecar, Ambient},
	Istio:   []string{"IST0118"},
	Run: func(p *Pass) {
		for _, port := range p.namedPorts() {
			if port.Name.V == "" || !p.undetected(port) {
				continue
			}
			f := p.Report(port.Name, "port name %q of Service %q names no protocol that Istio knows: it detects HTTP, and takes the rest for TCP",
				port.Name.V, port.Service.Name)
			p.adviseProtocol(f, port)
		}
	},
}
