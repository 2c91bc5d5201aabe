package services

import "github.com/mesh-check/mesh-check/checks"

var udpProtocolMismatch = &checks.Check{
	ID: "MESH109", Name: "udp-protocol-mismatch", Severity: checks.Warning,
	Summary: "UDP is declared only in the protocol of a Service port; Istio never proxies it",
	Advice:  "set protocol: UDP, or remove udp from the port's name and appProtocol",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, svc := range p.MeshServices() {
			for _, port := range svc.Ports() {
				declared, _ := checks.Declaration(port)
				transport := port.L4()
				pr, truth := p.Protocol(port)
				if transport == "UDP" || transport == "SCTP" {
					pr, truth = p.Declared(declared)
				}
				if !p.Decide(truth) {
					continue
				}
				switch {
				case transport == "TCP" && pr == checks.UDP:
					p.Report(port.Protocol, "port %q of Service %q is a TCP port that %q declares as UDP: Istio creates no listener for it",
						port, svc.Name, declared.V).
						WithRelated(declared, "UDP is declared here")
				case transport == "UDP" && pr != checks.UDP && pr != checks.Unsupported,
					transport == "SCTP" && pr != checks.Unsupported:
					p.Report(declared, "port %q of Service %q has protocol %s, but %q declares %s: Istio does not proxy %s and ignores the declaration",
						port, svc.Name, transport, declared.V, pr, transport).WithSeverity(checks.Note).
						WithAdvice("remove the protocol from the name and appProtocol, or correct protocol: %s", transport)
				}
			}
		}
	},
}
