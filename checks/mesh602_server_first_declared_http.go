package checks

// serverFirstDeclaredHTTP finds ports at which the server speaks first and that are
// declared as HTTP, for which Envoy waits for the client.
var serverFirstDeclaredHTTP = &Check{
	ID: "MESH602", Name: "server-first-declared-http", Severity: Error,
	Summary: "A port of a server-first protocol must not be declared as HTTP or gRPC",
	Advice:  "declare the port as TCP: give it a name that starts with tcp-, or appProtocol: tcp",
	Modes:   []Mode{Sidecar, Ambient},
	Run: func(p *Pass) {
		reported := map[string]bool{}
		for _, c := range p.serverFirstCases() {
			key := c.port.Service.String() + c.port.Path()
			// Who writes http on port 8080 or 2525 means it, whatever else the name says:
			// only the image or a port that the registry of ports gives away weighs more.
			if !c.image && c.port.Number.Unknown() {
				p.Open(c.port.Number)
			}
			if reported[key] || !c.image && !systemPort(c.number) {
				continue
			}
			protocol, known := p.Protocol(c.port)
			if !p.Sure(known) || protocol.Family() != FamilyHTTP {
				continue
			}
			severity := Warning
			if c.image {
				severity = Error
			}
			if c.w != nil && p.Enrolled(c.w).Out() {
				severity = Note // the proxies of clients take it for HTTP all the same
			}
			reported[key] = true
			finding := p.Report(declarationPlace(c.port), "port %s is declared as %s, but carries a server-first protocol (%s): Envoy waits for a request that never comes",
				c.port, protocol, c.what).At(severity)
			if name := c.port.Name; name.V != "" && !c.port.AppProtocol.Exists() {
				finding.Do("name the port %q or set appProtocol: tcp", "tcp-"+withoutProtocol(name.V))
			}
			finding.Also(c.field, "%s", c.what)
		}
	},
}

// systemPort says whether a number is of the registry's ports of the system, or one
// of those that Istio takes for TCP by themselves.
func systemPort(number int64) bool {
	_, wellKnown := wellKnownTCP[number]
	return wellKnown || 0 < number && number < 1024
}

// withoutProtocol cuts the declared protocol off the name of a port; a name that is
// the protocol alone stays.
func withoutProtocol(name string) string {
	for i := range name {
		if name[i] == '-' && i+1 < len(name) && ParseProtocol(name[:i], nil) != Unsupported {
			return withoutProtocol(name[i+1:])
		}
	}
	return name
}
