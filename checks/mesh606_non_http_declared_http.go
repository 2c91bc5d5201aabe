package checks

// nonHTTPDeclaredHTTP finds ports that are declared as HTTP or gRPC and behind which
// a database, a broker or the like speaks a protocol of its own.
var nonHTTPDeclaredHTTP = &Check{
	ID: "MESH606", Name: "non-http-declared-http", Severity: Error,
	Summary: "A port that carries the protocol of a database or broker must not be declared as HTTP or gRPC",
	Advice:  "declare the port as TCP: give it a name that starts with tcp-, or appProtocol: tcp",
	Modes:   []Mode{Sidecar, Ambient},
	Run: func(p *Pass) {
		reported := map[string]bool{}
		clientFirst := func(pr *wireProtocol) bool { return !pr.serverFirst() }
		for _, c := range p.wireCases(clientFirst) {
			key := c.port.Service.String() + c.port.Path()
			protocol, known := p.Protocol(c.port)
			if reported[key] || !p.Sure(known) || protocol.Family() != FamilyHTTP {
				continue
			}
			// A number alone is a convention, which a probe over HTTP refutes.
			if !c.image && p.spokenOn(c.port) != Unsupported {
				continue
			}
			severity := Error
			if !c.image {
				severity = Warning
			}
			if c.w != nil && p.Enrolled(c.w).Out() {
				severity = Note // the proxies of clients take it for HTTP all the same
			}
			reported[key] = true
			finding := p.Report(declarationPlace(c.port), "port %s is declared as %s, but carries %s (%s): Envoy rejects its traffic as malformed requests",
				c.port, protocol, c.protocol.name, c.what).At(severity)
			if name := c.port.Name; name.V != "" && !c.port.AppProtocol.Exists() {
				finding.Do("name the port %q or set appProtocol: tcp", "tcp-"+withoutProtocol(name.V))
			}
			finding.Also(c.field, "%s", c.what)
		}
	},
}
