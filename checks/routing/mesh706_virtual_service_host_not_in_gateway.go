package routing

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// virtualServiceHostNotInGateway finds VirtualServices of which a Gateway lets no host in.
var virtualServiceHostNotInGateway = &checks.Check{
	ID: "MESH706", Name: "virtual-service-host-not-in-gateway", Severity: checks.Warning,
	Summary: "At least one host of a VirtualService must match a host of each Gateway it is bound to",
	Advice:  "add the host to a server of the Gateway, or correct the host",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient}, Since: "1.9",
	Istio: []string{"IST0132"},
	Run: func(p *checks.Pass) {
		gateways := registry.GatewaysOf(p)
		for _, o := range p.ByKind(views.Networking, "VirtualService") {
			vs := views.AsVirtualService(o)
			if hosts := vs.Hosts(); hosts.Known() && texts(items(hosts)) == "" && !slices.ContainsFunc(hosts.Items(), object.Field.Unknown) {
				continue // a delegate, or what is not valid
			}
			reported := map[*object.Object]bool{}
			for _, name := range registry.GatewayNames(p, vs) {
				gateway, there := gateways.Find(name)
				if !p.Decide(there) || reported[gateway] {
					continue
				}
				reported[gateway] = true
				if let := letsIn(p, gateway, vs); !p.Decide(let) && let.False() {
					p.Report(items(vs.Hosts())[0], "Gateway %q has none of the hosts of the VirtualService (%s): it never routes their requests",
						gateway.Name, texts(items(vs.Hosts()))).WithRelated(name.At, "the Gateway is named here").
						WithRelated(gateway.NameField(), "the Gateway has %s", texts(views.GatewayHosts(gateway)))
				}
			}
		}
	},
}

// letsIn reports whether a Gateway has a host of a VirtualService, or covers one, or is covered by one.
// Source: istio/istio pkg/config/analysis/analyzers/virtualservice/gateways.go; pkg/config/host Name.Matches (1.32).
func letsIn(p *checks.Pass, gateway *object.Object, vs views.VirtualService) object.Truth {
	lets := object.No()
	for _, server := range views.GatewayHosts(gateway) {
		if server.Unknown() {
			lets = lets.Or(object.Undecided(server.Field))
			continue
		}
		lets = lets.Or(object.AnyItem(vs.Hosts(), func(host object.Str) object.Truth {
			return host.Matches(func(string) bool { return common(p, server.V, gateway, host) })
		}))
	}
	return lets
}

// common reports whether a host of a Gateway's server, perhaps with a namespace before it, and a host of a VirtualService
// have a name in common.
func common(p *checks.Pass, server string, gateway *object.Object, host object.Str) bool {
	ns, name, found := strings.Cut(server, "/")
	if !found {
		ns, name = "*", server
	}
	if ns == "." {
		ns = p.NamespaceOf(gateway)
	}
	name = strings.ToLower(name)
	written := strings.ToLower(host.V)
	full := strings.ToLower(p.FullHost(host.V, host.Object()))
	return (ns == "*" || ns == p.NamespaceOf(host.Object())) &&
		(checks.HostMatches(name, written) || checks.HostMatches(written, name) || checks.HostMatches(name, full))
}

// texts are texts as messages show them.
func texts(all []object.Str) string {
	var quoted []string
	for _, s := range all {
		if s.V != "" {
			quoted = append(quoted, `"`+s.V+`"`)
		}
	}
	if len(quoted) > 5 {
		quoted = append(quoted[:5], "…")
	}
	return strings.Join(quoted, ", ")
}

// items are the elements of a list as texts.
func items(list object.Field) []object.Str {
	var all []object.Str
	for _, f := range list.Items() {
		all = append(all, f.Str())
	}
	return all
}
