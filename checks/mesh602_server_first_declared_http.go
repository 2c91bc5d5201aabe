package checks

import "fmt"

// serverFirstDeclaredHTTP finds ports at which the server speaks first and that are
// declared as HTTP, for which Envoy waits for the client.
var serverFirstDeclaredHTTP = &Check{
	ID: "MESH602", Name: "server-first-declared-http", Severity: Error,
	Summary: "A port of a server-first protocol must not be declared as HTTP or gRPC",
	Advice:  "declare the port as TCP: give it a name that starts with tcp-, or appProtocol: tcp",
	Modes:   []Mode{Sidecar, Ambient},
	Run: func(p *Pass) {
		p.declaredHTTP((*wireProtocol).serverFirst, func(c wireCase) (Severity, bool) {
			// Who writes http on port 8080 or 2525 means it, whatever else the name says:
			// only the image or a port that the registry of ports gives away weighs more.
			if !c.image && c.port.Number.Unknown() {
				p.Open(c.port.Number)
			}
			return c.severity(), c.image || systemPort(c.number)
		}, func(c wireCase, declared Protocol) string {
			return fmt.Sprintf("port %s is declared as %s, but carries a server-first protocol (%s): Envoy waits for a request that never comes", c.port, declared, c.what)
		})
	},
}

// systemPort says whether a number is of the registry's ports of the system, or one
// of those that Istio takes for TCP by themselves.
func systemPort(number int64) bool {
	return TakenForTCP(number) || 0 < number && number < 1024
}
