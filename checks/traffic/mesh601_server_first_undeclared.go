package traffic

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/wire"
)

// serverFirstUndeclared finds ports at which the server speaks first, and of which
// Istio is not told that they are TCP.
var serverFirstUndeclared = &checks.Check{
	ID: "MESH601", Name: "server-first-undeclared", Severity: checks.Warning,
	Summary:  "A port of a server-first protocol must be declared as TCP",
	Advice:   "declare the port as TCP: give it a name that starts with tcp-, or appProtocol: tcp",
	Modes:    []checks.Mode{checks.Sidecar},
	Replaces: []string{"MESH104", "MESH105", "MESH108"},
	Run: func(p *checks.Pass) {
		reported := map[string]bool{}
		for _, c := range serverFirstCases(p) {
			if c.Number == dnsPort || reported[c.port.Service.String()+c.port.Path()] {
				continue // Istio lists DNS, but its clients ask first, always
			}
			protocol, known := p.Protocol(c.port)
			if !p.Decide(known) || protocol != checks.Unsupported {
				continue
			}
			severity := checks.Warning
			if c.Protocol.First != wire.ServerSpeaks {
				severity = checks.Note
			}
			if c.w != nil {
				enrolment := p.Enrolled(c.w)
				if enrolment.Ambient() {
					continue
				}
				mode, _ := p.MTLS(c.w, c.containerPort())
				if mode == checks.MTLSUndecided {
					continue
				}
				// Without a sidecar at the server, or without a choice of it between plain
				// text and TLS, clients alone wait for bytes to detect the protocol.
				if enrolment.Out() || mode != checks.MTLSPermissive {
					severity = checks.Note
				}
			} else if mode := p.Mesh.MTLSMode; mode != "" && mode != string(checks.MTLSPermissive) {
				severity = checks.Note
			}
			reported[c.port.Service.String()+c.port.Path()] = true
			finding := undeclared(p, c).WithSeverity(severity)
			if name := c.port.Name; name.V != "" && !c.port.AppProtocol.Exists() {
				finding.WithAdvice("name the port %q or set appProtocol: tcp", "tcp-"+name.V)
			}
			finding.WithRelated(c.Field, "%s", c.What)
		}
	},
}

const dnsPort = 53

// undeclared says what it means that Istio has to detect the protocol of a port.
func undeclared(p *checks.Pass, c portCase) *checks.Finding {
	at := checks.DeclarationPlace(c.port)
	switch {
	case c.Protocol.First == wire.ServerSpeaks:
		return p.Report(at, "port %s carries a server-first protocol (%s), but Istio waits for the client's first bytes to detect the protocol: connections may hang", c.port, c.What)
	case c.Protocol.Listed:
		return p.Report(at, "port %s carries %s (%s), which Istio's documentation lists as server first, but its protocol is not declared", c.port, c.Protocol.Name, c.What)
	}
	return p.Report(at, "port %s carries %s (%s), in which both sides send at once, but its protocol is not declared: Istio waits for the client's first bytes to detect it", c.port, c.Protocol.Name, c.What)
}
