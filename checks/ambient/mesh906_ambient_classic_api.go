package ambient

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var ambientClassicAPI = &checks.Check{
	ID: "MESH906", Name: "ambient-classic-api", Severity: checks.Warning,
	Summary:  "In ambient mode, routes and policies for HTTP are read by waypoints alone, best from the Gateway API",
	Advice:   "use routes of the Gateway API, and policies with targetRefs",
	Modes:    []checks.Mode{checks.Ambient},
	Since:    ztunnelSince,
	Replaces: []string{"MESH808"}, // what it says of tokens needs somebody who reads them
	Istio:    []string{"IST0167"},
	Run: func(p *checks.Pass) {
		for _, k := range []struct{ group, kind, what string }{
			{views.Security, "RequestAuthentication", "no token is checked"},
			{"extensions.istio.io", "WasmPlugin", "the plugin is loaded nowhere"},
			{views.Networking, "EnvoyFilter", "there is no Envoy that it could change"},
		} {
			reach := selected(p, k.group, k.kind)
			for _, o := range p.ByKind(k.group, k.kind) {
				policy := views.AsPolicy(o)
				if reach[o].only() && !forGateways(p, o) && p.Decide(policy.Targeted().Not()) {
					f := p.Report(policy.Selector(), "%s %q selects ambient pods by their labels, which ztunnel and waypoints do not read: %s", k.kind, o.Name, k.what).
						WithAdvice("attach it to a Service, or to the waypoint, with targetRefs")
					if k.kind == "RequestAuthentication" {
						f.WithRelated(views.AsRequestAuthentication(o).RuleList(), "the rules that are not applied")
					}
				}
			}
		}
		for _, o := range p.ByKind(views.Networking, "DestinationRule") {
			rule := views.AsDestinationRule(o)
			if len(rule.SubsetList().Items()) == 0 || !ambientHost(p, rule.Host()) {
				continue
			}
			p.Report(rule.SubsetList(), "the subsets of DestinationRule %q apply to an ambient Service: only a VirtualService at a waypoint uses them, and its support is alpha", o.Name).
				WithAdvice("make a Service for each version, and divide the traffic with an HTTPRoute")
		}
		reportVirtualServices(p)
	},
}

// forGateways reports whether a policy may be meant for gateways: one without labels in a namespace that has some, or
// in Istio's own.
func forGateways(p *checks.Pass, o *object.Object) bool {
	if len(views.AsPolicy(o).MatchLabels().Entries()) > 0 {
		return false
	}
	ns := p.NamespaceOf(o)
	return ns == p.RootNamespace() || checks.Once(p, gatewaySpacesKey{}, func() map[string]bool {
		spaces := map[string]bool{}
		for _, g := range p.ByKind(views.GatewayAPI, "Gateway") {
			if !isWaypoint(p, g).True() {
				spaces[p.NamespaceOf(g)] = true
			}
		}
		for _, w := range p.Workloads() {
			if p.Gateway(w) {
				spaces[p.NamespaceOf(w.Object)] = true
			}
		}
		return spaces
	})[ns]
}

type gatewaySpacesKey struct{}

// ambientHost reports whether a host is a Service of the input all of whose pods are in ambient mode.
func ambientHost(p *checks.Pass, host object.Str) bool {
	pods := planes{}
	for _, entry := range registry.Of(p).Lookup(host).Entries {
		if entry.Service == nil {
			continue
		}
		for _, w := range p.WorkloadsOf(entry.Service).Sure {
			pods = pods.plus(planeOf(p, w))
		}
	}
	return pods.only()
}

// reportVirtualServices reports VirtualServices for traffic between pods. Those of a gateway are read by it.
func reportVirtualServices(p *checks.Pass) {
	routed := routedServices(p)
	for _, o := range p.ByKind(views.Networking, "VirtualService") {
		service := views.AsVirtualService(o)
		if bound := service.Gateways(); bound.Unknown() || bound.Exists() && !object.AnyItem(bound, func(s object.Str) object.Truth { return s.Is("mesh") }).True() {
			continue
		}
		for _, f := range service.Hosts().Items() {
			host := f.Str()
			if !host.Known() || !ambientHost(p, host) {
				continue
			}
			if route := routed[p.FullHost(host.V, o)]; route.Object() != nil {
				p.Report(host, "%q has a VirtualService and an HTTPRoute: in ambient mode, what the two do together is not defined", host.V).
					WithAdvice("keep one of them, best the HTTPRoute").WithRelated(route, "the HTTPRoute")
				break
			}
			p.Report(host, "%q is an ambient Service: only a waypoint reads its VirtualService, and the support is alpha", host.V).WithSeverity(checks.Note).
				WithAdvice("use an HTTPRoute with the Service as its parent")
			break
		}
	}
}

// routedServices are the hosts of the Services that an HTTPRoute has as its parents, and where it says so.
func routedServices(p *checks.Pass) map[string]object.Field {
	routed := map[string]object.Field{}
	for _, o := range p.ByKind(views.GatewayAPI, "HTTPRoute") {
		for _, parent := range views.ParentRefs(o) {
			if parent.ParentKind().V == "Service" && parent.ParentName().Known() {
				host := parent.ParentName().V + "." + parent.ParentNamespace().Or(p.NamespaceOf(o)) + ".svc." + p.ClusterDomain()
				routed[host] = parent.ParentName().Field
			}
		}
	}
	return routed
}
