package traffic

import (
	"fmt"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/wire"
)

// nonHTTPDeclaredHTTP finds ports that are declared as HTTP or gRPC and behind which
// a database, a broker or the like speaks a protocol of its own.
var nonHTTPDeclaredHTTP = &checks.Check{
	ID: "MESH606", Name: "non-http-declared-http", Severity: checks.Error,
	Summary: "A port that carries the protocol of a database or broker must not be declared as HTTP or gRPC",
	Advice:  "declare the port as TCP: give it a name that starts with tcp-, or appProtocol: tcp",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		clientFirst := func(pr *wire.Protocol) bool { return !pr.ServerFirst() }
		declaredHTTP(p, clientFirst, func(c portCase) (checks.Severity, bool) {
			// A number alone is a convention, which a probe over HTTP refutes.
			return c.severity(), c.Image || p.SpokenOn(c.port) == checks.Unsupported
		}, func(c portCase, declared checks.Protocol) string {
			return fmt.Sprintf("port %s is declared as %s, but carries %s (%s): Envoy rejects its traffic as malformed requests", c.port, declared, c.Protocol.Name, c.What)
		})
	},
}
