package boundaries

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// serverKind is how Istio treats a server of a Gateway beside others on its port.
type serverKind int

// The kinds of servers. Source: istio/istio pilot/pkg/model/gateway.go mergeGateways (1.32).
const (
	plainHTTP   serverKind = iota // all of them share a listener
	opaqueTCP                     // one alone has the listener
	withTLS                       // distinguished by SNI
	kindUnknown                   // a value is not known
)

// kindOf is the kind of a server; undecided says what is not known.
func kindOf(s views.Server) (kind serverKind, undecided object.Field) {
	protocol, tls := s.PortProtocol(), s.TLS()
	switch {
	case protocol.Unknown():
		return kindUnknown, protocol.Field
	case slices.Contains(httpProtocols, strings.ToUpper(protocol.V)):
		return plainHTTP, object.Field{}
	case tls.Unknown():
		return kindUnknown, tls
	case tls.Exists() || strings.EqualFold(protocol.V, "HTTPS") || strings.EqualFold(protocol.V, "TLS"):
		return withTLS, object.Field{}
	}
	return opaqueTCP, object.Field{}
}

// workloadsOfGateway are keys of what a Gateway is for: its selector, and the pods of the input that it selects. Two
// Gateways with a key in common are for one gateway.
func workloadsOfGateway(p *checks.Pass, g views.Gateway) []any {
	pods := podsOfGateway(p, g).pods
	keys := make([]any, 0, len(pods)+1)
	if text, known := canonical(g.Selector()); known {
		keys = append(keys, pair{scopeOf(p, g), text})
	}
	for _, w := range pods {
		keys = append(keys, w)
	}
	return keys
}

// canonical is a text that is the same for equal mappings of labels; known is false where not all of it is known.
func canonical(labels object.Field) (text string, known bool) {
	if labels.Unknown() || labels.Partial() {
		return "", false
	}
	var pairs []string
	for _, l := range labels.Entries() {
		if l.Unknown() {
			return "", false
		}
		pairs = append(pairs, l.Name()+"="+l.Str().V)
	}
	slices.Sort(pairs)
	return strings.Join(pairs, ","), true
}

// serverHosts are the hosts of a server as Istio compares them. Source: istio/istio pilot/pkg/model/gateway.go
// sanitizeServerHostNamespace (1.32).
func serverHosts(p *checks.Pass, s views.Server) []object.Str {
	var hosts []object.Str
	for _, f := range s.Hosts().Items() {
		host := f.Str()
		if ns, name, found := strings.Cut(host.V, "/"); found && ns == "*" {
			host.V = name
		} else if found && ns == "." {
			host.V = p.NamespaceOf(s.Object()) + "/" + name
		}
		hosts = append(hosts, host)
	}
	return hosts
}
