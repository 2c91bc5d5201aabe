package checks

import (
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

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

// adviseProtocol makes the advice of a finding about an undeclared protocol a
// certain one where a probe gives the protocol away.
func (p *Pass) adviseProtocol(f *Finding, port object.ServicePort) {
	spoken := p.spokenOn(port)
	if spoken == Unsupported {
		return
	}
	name := strings.ToLower(string(spoken))
	if port.Name.V != "" {
		name += "-" + port.Name.V
	}
	f.Do("set appProtocol: %s, as a probe asks this port, or name it %s together with all that refer to it",
		strings.ToLower(string(spoken)), name)
}
