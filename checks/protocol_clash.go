package checks

// Listener is the kind of inbound listener that a sidecar has for a protocol. It has
// one for a container port, whatever number of Service ports lead there.
type Listener uint8

// The kinds of inbound listeners.
const (
	ListenerTCP Listener = iota
	ListenerHTTP1
	ListenerHTTP2
	listenerGRPCWeb
	ListenerAuto
)

// Listeners are the inbound listeners of the protocols; all others are TCP. Source:
// istio/istio pilot/pkg/networking/networking.go ModelProtocolToListenerProtocol
// (HTTPS, TLS, Mongo, Redis and MySQL are TCP to an inbound listener);
// pilot/pkg/networking/core/cluster_builder.go setUpstreamProtocol (what HTTP/1 and
// HTTP/2 differ in), listener_inbound.go (the filter of gRPC-Web).
var Listeners = map[Protocol]Listener{
	HTTP: ListenerHTTP1, HTTPProxy: ListenerHTTP1, HTTP2: ListenerHTTP2, GRPC: ListenerHTTP2,
	GRPCWeb: listenerGRPCWeb, Unsupported: ListenerAuto,
}

// Clash says how badly it goes where Istio takes a container port for one protocol
// while some of its clients speak another one; empty where it goes well. The order
// does not matter: of two Services the older one wins, which no manifest tells.
func (pr Protocol) Clash(other Protocol) Severity {
	a, b := Listeners[pr], Listeners[other]
	switch {
	case pr == other, pr.Family() == FamilyTLS && other.Family() == FamilyTLS:
		return ""
	case a == ListenerAuto || b == ListenerAuto:
		return Note // detection serves either
	case a == b:
		return Note // one listener, of which telemetry alone differs
	case a == listenerGRPCWeb && b != ListenerTCP, b == listenerGRPCWeb && a != ListenerTCP:
		return Warning
	}
	return Error
}
