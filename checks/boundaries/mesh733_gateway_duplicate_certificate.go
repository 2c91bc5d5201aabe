package boundaries

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var gatewayDuplicateCertificate = &checks.Check{
	ID: "MESH733", Name: "gateway-duplicate-certificate", Severity: checks.Warning,
	Summary: "Gateways for the same pods must not share a certificate for different hosts",
	Advice:  "put the hosts into one Gateway, or give each Gateway a certificate for its own hosts",
	Modes:   []checks.Mode{checks.Sidecar},
	Istio:   []string{"IST0138"},
	Run: func(p *checks.Pass) {
		gateways := p.ByKind(views.Networking, "Gateway")
		if len(gateways) < 2 {
			return
		}
		using := map[certificate][]views.Server{}
		for _, o := range gateways {
			reported := map[certificate]bool{}
			for _, server := range views.AsGateway(o).Servers() {
				if !strings.EqualFold(server.PortProtocol().V, "HTTPS") {
					continue // connections are shared by HTTP/2 alone
				}
				cert, at := certificateOf(p, server)
				if cert == (certificate{}) {
					continue
				}
				for _, other := range using[cert] {
					if !reported[cert] && p.Decide(sharesCertificate(p, other, server)) {
						reported[cert] = true
						p.Report(at, "Gateway %q uses certificate %q, and so does Gateway %q for other hosts: browsers that reuse an HTTP/2 connection get 404",
							o.Name, at.V, other.Object().Name).WithRelated(other.TLS(), "the other server")
					}
				}
				using[cert] = append(using[cert], server)
			}
		}
	},
}

// certificate is what a server has for a certificate: a Secret, or two files.
type certificate struct{ secret, file, key string }

// certificateOf is the certificate of a server and the field that names it; the zero one where it has none, or it is not known.
func certificateOf(p *checks.Pass, s views.Server) (certificate, object.Str) {
	name, file, key := s.CredentialName(), s.ServerCertificate(), s.PrivateKey()
	if name.Exists() {
		if !p.Decide(name.Written()) {
			return certificate{}, name
		}
		return certificate{secret: name.V}, name
	}
	if file.V == "" || key.V == "" {
		return certificate{}, file
	}
	return certificate{file: file.V, key: key.V}, file
}

// sharesCertificate reports whether two servers of different Gateways with one certificate are for the same pods and port, and for
// different hosts. The same host is a conflict of another kind.
func sharesCertificate(p *checks.Pass, a, b views.Server) object.Truth {
	x, y := views.AsGateway(a.Object()), views.AsGateway(b.Object())
	port := b.PortNumber()
	if a.Object() == b.Object() || slices.ContainsFunc(serverHosts(p, a), func(host object.Str) bool {
		return slices.ContainsFunc(serverHosts(p, b), func(other object.Str) bool { return host.V == other.V })
	}) {
		return object.No()
	}
	samePort := a.PortNumber().Is(port.V)
	if port.Unknown() {
		samePort = object.Undecided(port.Field)
	}
	same := samePort.And(subset(x.Selector(), y.Selector()).Or(subset(y.Selector(), x.Selector())))
	if scoped(p) {
		same = same.And(p.SameNamespace(a.Object(), b.Object()))
	}
	return same.And(rivals(a.Object(), b.Object()))
}

// subset reports whether whatever has all labels of one selector has all of another: an empty one asks for none.
func subset(a, b object.Field) object.Truth {
	if a.Known() && !a.Partial() && len(a.Entries()) == 0 {
		return object.Yes()
	}
	return object.Selects(a, b)
}
