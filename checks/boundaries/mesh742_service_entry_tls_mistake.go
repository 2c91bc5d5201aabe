package boundaries

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var serviceEntryTLSMistake = &checks.Check{
	ID: "MESH742", Name: "service-entry-tls-mistake", Severity: checks.Warning,
	Summary: "TLS to a ServiceEntry must be started once, by the client or by a DestinationRule, and the port's protocol must say which",
	Advice:  "declare HTTPS where clients start TLS; where a DestinationRule does, declare HTTP, on port 80 with targetPort 443",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		for _, o := range p.ByKind(views.Networking, "ServiceEntry") {
			entry := views.AsServiceEntry(o)
			if !p.Decide(entry.Location().Is("MESH_INTERNAL").Not()) {
				continue // workloads of the mesh have mutual TLS
			}
			for _, port := range entry.EntryPorts() {
				for _, host := range entry.Hosts().Items() {
					if found := plainOnTLSPort(p, entry, port, host.Str()) || twiceTLS(p, port, host.Str()); found {
						break
					}
				}
			}
		}
	},
}

// httpProtocols are those in which a proxy reads requests. Source: istio/istio pkg/config/protocol/instance.go (1.32).
var httpProtocols = []string{"HTTP", "HTTP2", "HTTP_PROXY", "GRPC", "GRPC-WEB"}

// httpsPort is the port on which servers expect TLS.
const httpsPort = 443

// plainOnTLSPort reports a port for TLS that is declared to be plain HTTP, while nothing starts TLS.
func plainOnTLSPort(p *checks.Pass, entry views.ServiceEntry, port views.EntryPort, host object.Str) bool {
	plain := port.Protocol().Matches(func(v string) bool { return slices.Contains(httpProtocols, strings.ToUpper(v)) })
	target := port.TargetPort()
	same := object.TruthOf(!target.Exists() && !slices.ContainsFunc(entry.EndpointPorts(), object.Field.Exists)).Or(target.Is(httpsPort))
	if !p.Decide(port.Number().Is(httpsPort).And(plain).And(same).And(startsTLS(p, host, port.Number()).Not())) {
		return false
	}
	p.Report(port.Protocol(), "ServiceEntry %q declares %s for port 443 of %q, and no DestinationRule starts TLS: proxies cannot read what clients encrypt, and send plain text on",
		entry.Name, port.Protocol().V, host.V)
	return true
}

// twiceTLS reports a DestinationRule that starts TLS for a port on which clients do already.
func twiceTLS(p *checks.Pass, port views.EntryPort, host object.Str) bool {
	encrypted := port.Protocol().Matches(func(v string) bool { return strings.EqualFold(v, "HTTPS") || strings.EqualFold(v, "TLS") })
	if encrypted.False() || startsTLS(p, host, port.Number()).False() || !p.Decide(encrypted.And(routedPlain(p, host, port.Number()).Not())) {
		return false
	}
	for _, rule := range p.DestinationRules(host.V) {
		mode := tlsMode(views.AsDestinationRule(rule).TrafficPolicy(), port.Number())
		if !p.Decide(covers(p, rule, host).And(mode.In(originating...))) {
			continue
		}
		p.Report(mode, "DestinationRule %q starts TLS to %q, whose port %d is declared %s: what clients encrypt is encrypted twice",
			rule.Name, host.V, port.Number().V, port.Protocol().V).WithRelated(port.Protocol(), "the protocol of the port")
		return true
	}
	return false
}
