package checks

// serverFirstUndeclared finds ports at which the server speaks first, and of which
// Istio is not told that they are TCP.
var serverFirstUndeclared = &Check{
	ID: "MESH601", Name: "server-first-undeclared", Severity: Warning,
	Summary:  "A port of a server-first protocol must be declared as TCP",
	Advice:   "declare the port as TCP: give it a name that starts with tcp-, or appProtocol: tcp",
	Modes:    []Mode{Sidecar},
	Replaces: []string{"MESH104", "MESH105", "MESH108"},
	Run: func(p *Pass) {
		reported := map[string]bool{}
		for _, c := range p.serverFirstCases() {
			if c.number == dnsPort || reported[c.port.Service.String()+c.port.Path()] {
				continue // Istio lists DNS, but its clients ask first, always
			}
			protocol, known := p.Protocol(c.port)
			if !p.Sure(known) || protocol != Unsupported {
				continue
			}
			severity := Warning
			if c.protocol.first != serverSpeaks {
				severity = Note
			}
			if c.w != nil {
				enrolment := p.Enrolled(c.w)
				if enrolment.Ambient() {
					continue
				}
				mode, _ := p.MTLS(c.w, c.containerPort())
				if mode == MTLSUndecided {
					continue
				}
				// Without a sidecar at the server, or without a choice of it between plain
				// text and TLS, clients alone wait for bytes to detect the protocol.
				if enrolment.Out() || mode != MTLSPermissive {
					severity = Note
				}
			} else if mode := p.Mesh.MTLSMode; mode != "" && mode != string(MTLSPermissive) {
				severity = Note
			}
			reported[c.port.Service.String()+c.port.Path()] = true
			finding := undeclared(p, c).At(severity)
			if name := c.port.Name; name.V != "" && !c.port.AppProtocol.Exists() {
				finding.Do("name the port %q or set appProtocol: tcp", "tcp-"+name.V)
			}
			finding.Also(c.field, "%s", c.what)
		}
	},
}

const dnsPort = 53

// undeclared says what it means that Istio has to detect the protocol of a port.
func undeclared(p *Pass, c wireCase) *Finding {
	at := declarationPlace(c.port)
	switch {
	case c.protocol.first == serverSpeaks:
		return p.Report(at, "port %s carries a server-first protocol (%s), but Istio waits for first bytes of the client to detect the protocol: connections may hang", c.port, c.what)
	case c.protocol.listed:
		return p.Report(at, "port %s carries %s (%s), which Istio's documentation lists as server first, but its protocol is not declared", c.port, c.protocol.name, c.what)
	}
	return p.Report(at, "port %s carries %s (%s), in which both sides speak at once, but its protocol is not declared: Istio waits for the client's bytes to detect it", c.port, c.protocol.name, c.what)
}
