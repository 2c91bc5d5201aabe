package boundaries

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// listener is an address and a port of a gateway.
type listener struct {
	workload any
	port     int64
	bind     string
}

// listeners are the servers that have listeners already.
type listeners map[listener]*servers

// servers are those on one listener: the first of each kind, and by hosts those with TLS.
type servers struct {
	first [kindUnknown]views.Server
	hosts map[string]views.Server
	open  object.Field // a host of one of them that is not known
}

func (l listeners) add(p *checks.Pass, at listener, server views.Server, kind serverKind) {
	have := l[at]
	if have == nil {
		have = &servers{hosts: map[string]views.Server{}}
		l[at] = have
	}
	if have.first[kind].Object() == nil {
		have.first[kind] = server
	}
	if kind != withTLS {
		return
	}
	for _, host := range serverHosts(p, server) {
		if host.Unknown() {
			have.open = host.Field
		} else if _, known := have.hosts[host.V]; !known {
			have.hosts[host.V] = server
		}
	}
}

// conflict reports that a listener cannot take a server beside those that it has.
func (l listeners) conflict(p *checks.Pass, at listener, server views.Server, kind serverKind) bool {
	have := l[at]
	if have == nil {
		return false
	}
	for other, first := range have.first {
		alone := serverKind(other) == opaqueTCP || kind == opaqueTCP || serverKind(other) != kind
		if first.Object() == nil || !alone || !p.Decide(rivals(first.Object(), server.Object())) {
			continue
		}
		does, severity := "Istio drops the newer server", checks.Error
		if kind == withTLS || serverKind(other) == withTLS {
			does, severity = "Istio drops the server with TLS, unless it is the older one", checks.Warning
		}
		p.Report(server.PortProtocol(), "Gateway %q has %s on port %d, and Gateway %q has %s there for the same gateway pods: %s",
			server.Object().Name, server.PortProtocol().V, at.port, first.Object().Name, first.PortProtocol().V, does).
			WithSeverity(severity).WithRelated(first.PortProtocol(), "the other server")
		return true
	}
	if kind != withTLS {
		return false
	}
	for _, host := range serverHosts(p, server) {
		if other := have.hosts[host.V]; host.Known() && other.Object() != nil && p.Decide(rivals(other.Object(), server.Object())) {
			p.Report(host, "Gateway %q has host %q on port %d, and so does Gateway %q for the same gateway pods: with TLS, Istio drops the newer server",
				server.Object().Name, host.V, at.port, other.Object().Name).WithRelated(other.Hosts(), "the other server")
			return true
		}
		if host.Unknown() && len(have.hosts) > 0 {
			p.Undecided(host)
		}
	}
	if have.open.Object() != nil {
		p.Undecided(have.open)
	}
	return false
}
