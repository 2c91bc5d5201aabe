package checks

import (
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// Protocol is what Istio takes the traffic of a Service port for.
type Protocol string

// The protocols that Istio knows, spelled as Istio prints them. Source: istio/istio
// pkg/config/protocol/instance.go; Thrift was removed in 1.14.
const (
	HTTP        Protocol = "HTTP"
	HTTP2       Protocol = "HTTP2"
	HTTPProxy   Protocol = "HTTP_PROXY"
	GRPC        Protocol = "GRPC"
	GRPCWeb     Protocol = "GRPC-Web"
	HTTPS       Protocol = "HTTPS"
	TLS         Protocol = "TLS"
	TCP         Protocol = "TCP"
	Mongo       Protocol = "Mongo"
	Redis       Protocol = "Redis"
	MySQL       Protocol = "MySQL"
	Thrift      Protocol = "Thrift"
	UDP         Protocol = "UDP"
	Unsupported Protocol = "UnsupportedProtocol" // none named: Istio detects HTTP or takes TCP
)

// Family is the kind of listener that Envoy builds for a protocol.
type Family string

// The families of protocols.
const (
	FamilyHTTP Family = "HTTP"
	FamilyTLS  Family = "TLS"
	FamilyTCP  Family = "TCP"
	FamilyUDP  Family = "UDP"
	FamilyAuto Family = "auto-detected"
)

// Family returns the family of the protocol.
func (pr Protocol) Family() Family {
	if f, ok := families[pr]; ok {
		return f
	}
	return FamilyAuto
}

// String is the protocol as messages name it.
func (pr Protocol) String() string {
	if pr == Unsupported {
		return "auto-detected"
	}
	return string(pr)
}

// ParseProtocol returns the protocol that a port name declares by itself: its part
// before the first hyphen, in any case. A nil mesh is the newest Istio.
func ParseProtocol(name string, mesh *Mesh) Protocol {
	// Istio compares grpc-web before it cuts at the hyphen, as a bare prefix.
	if len(name) >= len(grpcWebName) && strings.EqualFold(name[:len(grpcWebName)], grpcWebName) {
		return GRPCWeb
	}
	prefix, _, _ := strings.Cut(name, "-")
	known, ok := protocolNames[strings.ToLower(prefix)]
	if !ok || known.gone != "" && (mesh == nil || !mesh.IstioBefore(known.gone)) {
		return Unsupported
	}
	return known.protocol
}

// ParseAppProtocol returns the protocol that the text of an appProtocol declares:
// one of Kubernetes' own values (letter by letter), else as a port name does.
func ParseAppProtocol(text string, mesh *Mesh) Protocol {
	if std, ok := AppProtocols[text]; ok && (mesh == nil || !mesh.IstioBefore(std.Since)) {
		return std.Protocol
	}
	return ParseProtocol(text, mesh)
}

// Protocol returns the protocol that Istio takes a Service port for, as its
// ConvertProtocol does: UDP by the transport, else by appProtocol, else by the name
// of the port, else TCP for a few numbers. The answer is no protocol while the Truth
// is undecided.
func (p *Pass) Protocol(port object.ServicePort) (Protocol, object.Truth) {
	if port.Protocol.Unknown() {
		return Unsupported, object.Undecided(port.Protocol.Field)
	}
	if port.Protocol.V == string(UDP) {
		return UDP, object.Yes()
	}
	var pr Protocol
	switch declared, by := Declaration(port); {
	case declared.Unknown():
		return Unsupported, object.Undecided(declared.Field)
	case by == ByAppProtocol:
		pr = ParseAppProtocol(declared.V, p.Mesh)
	default:
		pr = ParseProtocol(declared.V, p.Mesh)
	}
	if pr == Unsupported {
		if port.Number.Unknown() {
			return Unsupported, object.Undecided(port.Number.Field)
		}
		if TakenForTCP(port.Number.V) {
			pr = TCP
		}
	}
	return pr, object.Yes()
}

// Declarer says which field of a port declares its protocol.
type Declarer uint8

// The fields that declare a protocol.
const (
	byName Declarer = iota
	ByAppProtocol
)

// Declaration is the field that declares the protocol of a port: appProtocol where
// it is set, else the name. An empty appProtocol is set for Istio; in Terraform it
// is how one writes none.
func Declaration(port object.ServicePort) (object.Str, Declarer) {
	app := port.AppProtocol
	if app.Unknown() || app.Exists() && (app.V != "" || port.Object().Address == "") {
		return app, ByAppProtocol
	}
	return port.Name, byName
}

// Declared returns the protocol that a name or appProtocol declares by itself,
// whatever the port's transport and number.
func (p *Pass) Declared(by object.Str) (Protocol, object.Truth) {
	if by.Unknown() {
		return Unsupported, object.Undecided(by.Field)
	}
	return ParseAppProtocol(by.V, p.Mesh), object.Yes()
}

// DeclarationPlace is the field in which the protocol of a port is declared; its
// name where nothing is.
func DeclarationPlace(port object.ServicePort) object.Field {
	if port.AppProtocol.Exists() {
		return port.AppProtocol.Field
	}
	return port.Name.Field
}

// WithoutProtocol cuts the declared protocol off the name of a port; a name that is
// the protocol alone stays.
func WithoutProtocol(name string) string {
	for i := range name {
		if name[i] == '-' && i+1 < len(name) && ParseProtocol(name[:i], nil) != Unsupported {
			return WithoutProtocol(name[i+1:])
		}
	}
	return name
}
