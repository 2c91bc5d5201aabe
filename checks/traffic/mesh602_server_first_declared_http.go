package traffic

import (
	"fmt"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/wire"
)

// serverFirstDeclaredHTTP finds ports at which the server speaks first and that are
// declared as HTTP, for which Envoy waits for the client.
var serverFirstDeclaredHTTP = &checks.Check{
	ID: "MESH602", Name: "server-first-declared-http", Severity: checks.Error,
	Summary: "A port of a server-first protocol must not be declared as HTTP or gRPC",
	Advice:  "declare the port as TCP: give it a name that starts with tcp-, or appProtocol: tcp",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		declaredHTTP(p, (*wire.Protocol).ServerFirst, func(c portCase) (checks.Severity, bool) {
			// Who writes http on port 8080 or 2525 means it, whatever else the name says:
			// only the image or a port that the registry of ports gives away weighs more.
			if !c.Image && c.port.Number.Unknown() {
				p.Undecided(c.port.Number)
			}
			return c.severity(), c.Image || systemPort(c.Number)
		}, func(c portCase, declared checks.Protocol) string {
			return fmt.Sprintf("port %s is declared as %s, but carries a server-first protocol (%s): Envoy waits for a request that never comes", c.port, declared, c.What)
		})
	},
}

// systemPort reports whether a number is of the registry's ports of the system, or one
// of those that Istio takes for TCP by themselves.
func systemPort(number int64) bool {
	return checks.TakenForTCP(number) || 0 < number && number < 1024
}
