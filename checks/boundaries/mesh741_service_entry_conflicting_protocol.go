package boundaries

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var serviceEntryConflictingProtocol = &checks.Check{
	ID: "MESH741", Name: "service-entry-conflicting-protocol", Severity: checks.Warning,
	Summary: "ServiceEntries must agree on the protocol of a port of a host",
	Advice:  "declare the same protocol in all ServiceEntries for the host, or keep one of them",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0177"},
	Run: func(p *checks.Pass) {
		type hostPort struct {
			host string
			port int64
		}
		declared := map[hostPort][]views.EntryPort{}
		entries := p.ByKind(views.Networking, "ServiceEntry")
		if len(entries) < 2 {
			return
		}
		for _, o := range entries {
			entry := views.AsServiceEntry(o)
			for _, port := range entry.EntryPorts() {
				reported := false
				for _, host := range entry.Hosts().Items() {
					if known := host.Str().Written().And(port.Number().Written()); !p.Decide(known) {
						continue
					}
					at := hostPort{strings.ToLower(host.Str().V), port.Number().V}
					if other, found := disagreeing(p, port, declared[at]); found && !reported {
						reported = true
						reportProtocols(p, host.Str().V, port, other)
					}
					declared[at] = append(declared[at], port)
				}
			}
		}
	},
}

// disagreeing finds a port of another ServiceEntry that gives the same port of the same host another protocol.
func disagreeing(p *checks.Pass, port views.EntryPort, others []views.EntryPort) (views.EntryPort, bool) {
	for _, other := range others {
		a, b := port.Object(), other.Object()
		differ := differentProtocols(port.Protocol(), other.Protocol()).And(rivals(b, a))
		if a != b && !differ.False() && p.Decide(differ.And(meet(p, a, b))) {
			return other, true
		}
	}
	return views.EntryPort{}, false
}

// differentProtocols reports whether proxies treat traffic of two protocols differently: HTTPS is TLS that
// nobody terminates, and gRPC is HTTP/2.
func differentProtocols(a, b object.Str) object.Truth {
	switch {
	case a.Unknown() && a.Given() != "" && a.Given() == b.Given():
		return object.No()
	case a.Unknown():
		return object.Undecided(a.Field)
	case b.Unknown():
		return object.Undecided(b.Field)
	}
	return object.TruthOf(alike(a.V) != alike(b.V))
}

func alike(protocol string) string {
	switch protocol = strings.ToUpper(protocol); protocol {
	case "HTTPS":
		return "TLS"
	case "GRPC":
		return "HTTP2"
	}
	return protocol
}

func reportProtocols(p *checks.Pass, host string, port, other views.EntryPort) {
	at := port.Field
	if protocol := port.Protocol(); protocol.Exists() {
		at = protocol.Field
	}
	p.Report(at, "ServiceEntry %q declares %s for port %d of %q, and ServiceEntry %q declares %s: Istio uses only one of them",
		port.Object().Name, named(port.Protocol()), port.Number().V, host, other.Object().Name, named(other.Protocol())).
		WithRelated(other.Protocol(), "the other protocol")
}

// named is a protocol as messages name it.
func named(protocol object.Str) string {
	if protocol.V == "" {
		return "no protocol"
	}
	return protocol.V
}
