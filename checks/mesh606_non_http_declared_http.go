package checks

import "fmt"

// nonHTTPDeclaredHTTP finds ports that are declared as HTTP or gRPC and behind which
// a database, a broker or the like speaks a protocol of its own.
var nonHTTPDeclaredHTTP = &Check{
	ID: "MESH606", Name: "non-http-declared-http", Severity: Error,
	Summary: "A port that carries the protocol of a database or broker must not be declared as HTTP or gRPC",
	Advice:  "declare the port as TCP: give it a name that starts with tcp-, or appProtocol: tcp",
	Modes:   []Mode{Sidecar, Ambient},
	Run: func(p *Pass) {
		clientFirst := func(pr *wireProtocol) bool { return !pr.serverFirst() }
		p.declaredHTTP(clientFirst, func(c wireCase) (Severity, bool) {
			// A number alone is a convention, which a probe over HTTP refutes.
			return c.severity(), c.image || p.spokenOn(c.port) == Unsupported
		}, func(c wireCase, declared Protocol) string {
			return fmt.Sprintf("port %s is declared as %s, but carries %s (%s): Envoy rejects its traffic as malformed requests", c.port, declared, c.protocol.name, c.what)
		})
	},
}
