package services

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
)

// meantProtocols are common values of appProtocol that Istio does not know, and
// what their authors mean. Source: what protocol.Parse of istio/istio does not know, and ConvertProtocol only with its prefix
// (KEP-3726); RFC 9113 section 3.1 (h2 is over TLS, h2c is not); RFC 6455 section 3 (ws, wss).
var meantProtocols = map[string]string{
	"h2c": "kubernetes.io/h2c (from Istio 1.19) or http2", "h2": "https", "ws": "http", "wss": "https",
	"websocket": "http", "grpcs": "tls", "grpcweb": "grpc-web", "ssl": "tls", "rest": "http",
	"mongodb": "mongo", "postgres": "tcp", "postgresql": "tcp", "kafka": "tcp", "amqp": "tcp",
}

var appProtocolUnrecognized = &checks.Check{
	ID: "MESH106", Name: "app-protocol-unrecognized", Severity: checks.Note,
	Summary: "A Service port's appProtocol must be one that the Istio version in use supports",
	Advice:  "use http, http2, grpc, grpc-web, https, tls, tcp, mongo, redis or mysql",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, svc := range p.MeshServices() {
			for _, port := range svc.Ports() {
				app, by := checks.Declaration(port)
				if by != checks.ByAppProtocol || !p.OverTCP(port.Protocol) || !p.Undetected(port) {
					continue
				}
				f := p.Report(app, "appProtocol %q of port %q of Service %q is unknown to Istio%s, which then detects the protocol",
					app.V, port, svc.Name, forVersion(p))
				if std, ok := checks.AppProtocols[app.V]; ok {
					f.WithAdvice("write appProtocol: %s, because Istio supports %s only since %s", strings.ToLower(string(std.Protocol)), app.V, std.Since)
				} else if meant, ok := meantProtocols[strings.ToLower(app.V)]; ok {
					f.WithAdvice("write appProtocol: %s", meant)
				}
				named := checks.ParseProtocol(port.Name.V, p.Mesh)
				// Another vendor's value is meant for somebody else's eyes.
				vendor := strings.Contains(app.V, "/") && !strings.HasPrefix(app.V, "kubernetes.io/")
				if named != checks.Unsupported && !vendor {
					f.WithSeverity(checks.Warning).WithRelated(port.Name, "the name says %s, but Istio ignores the name if there is an appProtocol", named)
				}
			}
		}
	},
}

// forVersion names the target version in a message about what Istio knows.
func forVersion(p *checks.Pass) string {
	if p.Mesh.Istio == "" {
		return ""
	}
	return " " + p.Mesh.Istio
}
