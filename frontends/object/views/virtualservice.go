package views

import "github.com/mesh-check/mesh-check/frontends/object"

// VirtualService is the view of networking.istio.io VirtualService.
type VirtualService struct{ *object.Object }

// AsVirtualService returns the view of a VirtualService.
func AsVirtualService(o *object.Object) VirtualService { return VirtualService{o} }

// Hosts is spec.hosts: the hosts whose traffic it routes; missing for a delegate.
func (v VirtualService) Hosts() object.Field { return v.Get("spec", "hosts") }

// Gateways is spec.gateways: names of Gateways, and mesh for all sidecars; missing means mesh.
func (v VirtualService) Gateways() object.Field { return v.Get("spec", "gateways") }

// ExportTo is spec.exportTo: the namespaces that see it.
func (v VirtualService) ExportTo() object.Field { return v.Get("spec", "exportTo") }

// HTTPList is spec.http, a list.
func (v VirtualService) HTTPList() object.Field { return v.Get("spec", "http") }

// TCPList is spec.tcp, a list.
func (v VirtualService) TCPList() object.Field { return v.Get("spec", "tcp") }

// HTTP are the elements of spec.http, in the order in which Istio tries them.
func (v VirtualService) HTTP() []Route { return v.routes("http") }

// TLS are the elements of spec.tls.
func (v VirtualService) TLS() []Route { return v.routes("tls") }

// TCP are the elements of spec.tcp.
func (v VirtualService) TCP() []Route { return v.routes("tcp") }

// Routes are those of HTTP, TLS and TCP.
func (v VirtualService) Routes() []Route {
	return append(append(v.HTTP(), v.TLS()...), v.TCP()...)
}

func (v VirtualService) routes(protocol string) []Route {
	var all []Route
	for _, f := range v.Get("spec", protocol).Items() {
		all = append(all, Route{f})
	}
	return all
}

// Destinations are those of all routes and mirrors.
func (v VirtualService) Destinations() []Destination {
	var all []Destination
	for _, route := range v.Routes() {
		all = append(all, route.Destinations()...)
		all = append(all, route.Mirrors()...)
	}
	return all
}

// Route is one rule of a VirtualService.
type Route struct{ object.Field }

// RouteName is name, which logs show.
func (r Route) RouteName() object.Str { return r.Get("name").Str() }

// MatchList is match, a list; missing or empty matches everything.
func (r Route) MatchList() object.Field { return r.Get("match") }

// Matches are the elements of MatchList.
func (r Route) Matches() []RouteMatch {
	var all []RouteMatch
	for _, f := range r.MatchList().Items() {
		all = append(all, RouteMatch{f})
	}
	return all
}

// Destinations are those of route, each as weighted.
func (r Route) Destinations() []Destination {
	var all []Destination
	for _, f := range each(r.Get("route"), "destination") {
		all = append(all, Destination{f})
	}
	return all
}

// Mirrors are mirror and the destinations of mirrors.
func (r Route) Mirrors() []Destination {
	var all []Destination
	if mirror := r.Get("mirror"); mirror.Exists() {
		all = append(all, Destination{mirror})
	}
	for _, f := range each(r.Get("mirrors"), "destination") {
		all = append(all, Destination{f})
	}
	return all
}

// Redirect is redirect: an answer instead of a destination.
func (r Route) Redirect() object.Field { return r.Get("redirect") }

// DirectResponse is directResponse: an answer instead of a destination.
func (r Route) DirectResponse() object.Field { return r.Get("directResponse") }

// Delegate is delegate: the VirtualService that routes on.
func (r Route) Delegate() object.Field { return r.Get("delegate") }

// RouteMatch is one condition of a rule; all of its parts must hold.
type RouteMatch struct{ object.Field }

// Gateways is gateways, which takes the place of the VirtualService's.
func (m RouteMatch) Gateways() object.Field { return m.Get("gateways") }

// Headers is headers, a mapping of names to conditions.
func (m RouteMatch) Headers() object.Field { return m.Get("headers") }

// WithoutHeaders is withoutHeaders, a mapping of names to conditions that must not hold.
func (m RouteMatch) WithoutHeaders() object.Field { return m.Get("withoutHeaders") }

// Port is port: the port of the listener.
func (m RouteMatch) Port() object.Num { return m.Get("port").Num() }

// SNIHosts is sniHosts of a TLS match.
func (m RouteMatch) SNIHosts() object.Field { return m.Get("sniHosts") }

// Destination is where a rule sends traffic.
type Destination struct{ object.Field }

// Host is host: a name of the registry.
func (d Destination) Host() object.Str { return d.Get("host").Str() }

// Subset is subset: a subset of the host's DestinationRules.
func (d Destination) Subset() object.Str { return d.Get("subset").Str() }

// Port is port.number.
func (d Destination) Port() object.Num { return d.Get("port", "number").Num() }
