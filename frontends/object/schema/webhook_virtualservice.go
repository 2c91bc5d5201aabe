package schema

import (
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// virtualService judges a VirtualService. Source: ValidateVirtualService.
func (h *hook) virtualService() {
	hosts, gateways := h.spec.Get("hosts"), h.spec.Get("gateways")
	delegate := filled(hosts).Not()
	for _, name := range []string{"gateways", "tls", "tcp"} {
		f := h.spec.Get(name)
		h.refuse(delegate.And(filled(f)), f, name+" must not be set without hosts: a VirtualService without hosts is a delegate", "add hosts, or remove "+name)
	}
	h.gatewayNames(gateways)
	mesh := filled(gateways).Not().Or(has(gateways, "mesh"))
	h.hosts(hosts, mesh)
	routes := h.spec
	for _, name := range []string{"http", "tcp", "tls"} {
		if empty := h.spec.Get(name); empty.Node() != nil {
			routes = empty
		}
	}
	h.refuse(anyOf(h.spec, "http", "tcp", "tls").Not(), routes, "the VirtualService has no routes", "add http, tls or tcp")
	for _, route := range h.items(h.spec.Get("http")) {
		h.httpRoute(route, delegate)
		for _, match := range h.items(route.Get("match")) {
			for _, name := range []string{"headers", "withoutHeaders"} {
				for _, e := range h.entries(match.Get(name)) {
					h.refuse(mesh.And(object.TruthOf(isClaim(e.Name()))), e.AtKey(), "a route by JWT claims works at gateways only", "set gateways, without mesh")
				}
			}
		}
	}
	for _, route := range h.items(h.spec.Get("tls")) {
		h.tlsRoute(route, hosts, mesh)
	}
	for _, route := range h.items(h.spec.Get("tcp")) {
		h.refuse(filled(route.Get("route")).Not(), route.Get("route"), "the route has no destinations", "add route")
		for _, match := range h.items(route.Get("match")) {
			h.l4Match(match)
		}
		h.destinations(route.Get("route"))
	}
	h.exportTo(h.spec.Get("exportTo"), false)
}

// isClaim is the name of a header that stands for a JWT claim. Source:
// jwt.ToRoutingClaim.
func isClaim(s string) bool {
	const prefix = "@request.auth.claims"
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return false
	}
	rest := s[len(prefix):]
	return len(rest) > 1 && rest[0] == '.' || len(rest) > 2 && rest[0] == '[' && rest[len(rest)-1] == ']'
}

// hosts judges the hosts of a VirtualService; no two may cover the same host.
func (h *hook) hosts(hosts object.Field, mesh object.Truth) {
	items := h.items(hosts)
	valid := true
	for _, host := range items {
		v := host.Str()
		if v.Unknown() {
			h.undecided(host)
			continue
		}
		auto := strings.HasPrefix(v.V, "outbound_.") // the SNI names of a gateway between networks
		good := isWildHost(v.V) || isAddress(v.V) || auto
		valid = valid && good
		h.refuse(object.TruthOf(!good), host, called(host)+" is "+quoted(v.V)+": this is not the name of a host", "write a DNS name or an IP address")
		h.refuse(mesh.And(object.TruthOf(v.V == "*")), host, "the host * is allowed at gateways only", "write the names of hosts, or set gateways, without mesh")
	}
	if !valid || mesh.True() && has(hosts, "*").True() {
		return
	}
	// n hosts have n² pairs, which are too many for a list without an end.
	for i, a := range items[:min(len(items), 1000)] {
		for _, b := range items[:i] {
			if a.Known() && b.Known() && covers(b.Str().V, a.Str().V) {
				h.refuse(object.Yes(), a, quoted(a.Str().V)+" and "+quoted(b.Str().V)+" cover the same host", "remove one of them")
				break
			}
		}
	}
}

// covers reports whether two hosts with or without * can be the same. Source:
// host.Name.Matches.
func covers(a, b string) bool {
	wildA, wildB := strings.HasPrefix(a, "*"), strings.HasPrefix(b, "*")
	switch {
	case wildA && wildB:
		return strings.HasSuffix(a[1:], b[1:]) || strings.HasSuffix(b[1:], a[1:])
	case wildA:
		return strings.HasSuffix(b, a[1:])
	case wildB:
		return strings.HasSuffix(a, b[1:])
	}
	return a == b
}

// within reports whether all that a host covers is covered by another one. Source:
// host.Name.SubsetOf.
func within(a, b string) bool {
	switch {
	case !strings.HasPrefix(b, "*"):
		return a == b
	case strings.HasPrefix(a, "*"):
		return len(a) >= len(b) && strings.HasSuffix(a[1:], b[1:])
	}
	return strings.HasSuffix(a, b[1:])
}

// tlsRoute judges a route by SNI names. Source: validateTLSRoute, validateTLSMatch,
// validateSniHost.
func (h *hook) tlsRoute(route, hosts object.Field, mesh object.Truth) {
	matches := route.Get("match")
	h.refuse(filled(matches).Not(), matches, "the route has no match", "add match with sniHosts")
	h.refuse(filled(route.Get("route")).Not(), route.Get("route"), "the route has no destinations", "add route")
	for _, match := range h.items(matches) {
		names := match.Get("sniHosts")
		h.refuse(filled(names).Not(), names, "the match has no sniHosts", "add sniHosts")
		for _, name := range h.items(names) {
			h.sniHost(name, hosts, mesh)
		}
		h.l4Match(match)
	}
	h.destinations(route.Get("route"))
}

func (h *hook) sniHost(name, hosts object.Field, mesh object.Truth) {
	v := name.Str()
	if v.Unknown() {
		h.undecided(name)
		return
	}
	if isAddress(v.V) && !isWildHost(v.V) || !mesh.True() && strings.HasPrefix(v.V, "outbound_") {
		return
	}
	if !isWildHost(v.V) {
		h.refuse(object.Yes(), name, called(name)+" is "+quoted(v.V)+": this is not the name of a host", "write a DNS name")
		return
	}
	inside := object.No()
	if hosts.Unknown() {
		inside = object.Undecided(hosts)
	}
	for _, host := range hosts.Items() {
		inside = inside.Or(host.Str().Matches(func(s string) bool { return within(v.V, s) }))
	}
	h.refuse(inside.Not(), name, quoted(v.V)+" is none of the hosts of the VirtualService", "add it to hosts")
}

// l4Match judges what matches of TLS and TCP have in common. Source: validateTCPMatch.
func (h *hook) l4Match(match object.Field) {
	h.texts(match.Get("destinationSubnets"), isSubnet, "this is neither an IP address nor a range of them", "write an address such as 10.1.2.3 or 10.1.0.0/16")
	h.port(match.Get("port"))
	h.labels(match.Get("sourceLabels"))
	h.gatewayNames(match.Get("gateways"))
}

// destinations judges where a route leads to. Source: validateRouteDestinations,
// validateHTTPRouteDestinations.
func (h *hook) destinations(all object.Field) {
	items := h.items(all)
	some := object.No()
	for _, d := range items {
		h.refuse(d.Get("destination").Written().Not(), d.Get("destination"), "the route has no destination", "set destination")
		h.destination(d.Get("destination"))
		weight := d.Get("weight")
		h.notNegative(weight)
		some = some.Or(filled(weight))
	}
	h.refuse(object.TruthOf(len(items) > 1).And(some.Not()), all, "the weights of all destinations are 0", "set weight")
}

// destination judges a host with a subset and port. Source: validateDestination.
func (h *hook) destination(d object.Field) {
	h.text(d.Get("host"), func(s string) bool { return s != "*" && isWildHost(s) }, "this is not the name of a host", "write the name of a Service or a DNS name")
	h.text(d.Get("subset"), func(s string) bool { return s == "" || isLabel(s) }, "this is not a name of a subset", "write letters, digits and hyphens")
	if port := d.Get("port"); port.Exists() {
		number := port.Get("number")
		h.port(number)
		h.refuse(filled(number).Not(), number, "the port has no number", "set number")
	}
}
