package topology

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks/meshgraph"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

func (b *builder) virtualServices() {
	gateways := registry.GatewaysOf(b.p)
	for _, o := range b.p.ByKind(views.Networking, "VirtualService") {
		vs := views.AsVirtualService(o)
		at := b.add(meshgraph.Node{Object: b.ref(o), Lane: meshgraph.RouteLane})
		for _, name := range registry.GatewayNames(b.p, vs) {
			if name.At.Unknown() {
				from := b.unknown("gateway", meshgraph.GatewayLane, at, name.At.Field)
				b.edge(meshgraph.Edge{From: from, To: at, Label: takes, Path: name.At.Path(), Unsure: true})
				continue
			}
			found, there := gateways.Find(name)
			if found != nil && found.Group() != views.Networking {
				found = nil // routes of Istio are not taken by Gateways of the Gateway API
			}
			missing := meshgraph.Ref{APIVersion: o.APIVersion, Kind: "Gateway", Namespace: name.Namespace, Name: name.Name}
			_, open := there.Undecided()
			b.gatewayOf(found, missing, at, name.At.Path(), open)
		}
		for _, d := range vs.Destinations() {
			label := routesTo(d.Port().OK, numbered(d.Port())) + toSubset(d.Subset())
			b.host(at, d.Host(), label, d.Path())
		}
	}
}

// The words of edges.
const (
	selects   = "selects"
	maySelect = "may select"
	takes     = "takes"
	routed    = "routes"
)

func routesTo(is bool, port string) string {
	if !is {
		return routed
	}
	return routed + " :" + port
}

// gatewayOf leads from a Gateway to a route, which says so at a path. Where the input has none, nil, it leads from one that is
// missing; unsure is that the input may have it all the same.
func (b *builder) gatewayOf(o *object.Object, missing, route meshgraph.Ref, path string, unsure bool) {
	from := missing
	if o != nil {
		from = b.ref(o)
	} else {
		b.add(meshgraph.Node{Object: missing, Lane: meshgraph.GatewayLane, Missing: true})
	}
	b.edge(meshgraph.Edge{From: from, To: route, Label: takes, Path: path, Unsure: unsure})
}

// host leads from a route to what has a host.
func (b *builder) host(from meshgraph.Ref, host object.Str, label, path string) {
	if host.Unknown() {
		b.edge(meshgraph.Edge{From: from, To: b.unknown("host", meshgraph.ServiceLane, from, host.Field), Label: label, Path: path, Unsure: true})
		return
	}
	found := b.registry.Lookup(host)
	_, open := found.Known.Undecided()
	for _, e := range found.Entries {
		b.edge(meshgraph.Edge{From: from, To: b.ref(e.Object), Label: label, Path: path, Unsure: open})
	}
	if len(found.Entries) == 0 && host.V != "" {
		to := b.add(meshgraph.Node{Object: meshgraph.Ref{Kind: "Host", Name: host.V}, Lane: meshgraph.ServiceLane, Missing: !found.Known.True()})
		b.edge(meshgraph.Edge{From: from, To: to, Label: label, Path: path, Unsure: open})
	}
}

// routeKinds are those of the Gateway API that have backends. Source: gateway.networking.k8s.io, the kinds that the
// specification of Gateway API v1.6 has.
var routeKinds = []string{"HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute"}

// routes adds the routes of the Gateway API and Ingresses.
func (b *builder) routes() {
	for _, kind := range routeKinds {
		for _, o := range b.p.ByKind(views.GatewayAPI, kind) {
			b.parents(o, b.add(meshgraph.Node{Object: b.ref(o), Lane: meshgraph.RouteLane}))
		}
		b.backends(views.RouteTargets(b.p.Set, kind))
	}
	for _, o := range views.Ingresses(b.p.Set) {
		b.add(meshgraph.Node{Object: b.ref(o), Lane: meshgraph.RouteLane})
		b.backends(views.IngressBackends(o))
	}
}

// parents leads from the Gateways of a route to it.
func (b *builder) parents(route *object.Object, at meshgraph.Ref) {
	gateways := b.p.ByKind(views.GatewayAPI, "Gateway")
	for _, ref := range views.ParentRefs(route) {
		if ref.OfGateway().False() {
			b.meshParent(route, at, ref)
			continue
		}
		name, ns := ref.ParentName(), ref.ParentNamespace()
		found, doubt := b.find(gateways, name, ns, route)
		if open, is := firstUnknown(name, ns, ref.ParentKind()); is && (found == nil || ref.ParentKind().Unknown()) {
			from := b.unknown("gateway", meshgraph.GatewayLane, at, open)
			b.edge(meshgraph.Edge{From: from, To: at, Label: takes, Path: ref.Path(), Unsure: true})
		} else if found != nil || name.V != "" {
			missing := meshgraph.Ref{APIVersion: route.APIVersion, Kind: "Gateway", Namespace: ns.Or(b.p.NamespaceOf(route)), Name: name.V}
			b.gatewayOf(found, missing, at, ref.Path(), doubt)
		}
	}
}

// meshParent leads from a Service or a ServiceEntry to the route that callers in the mesh take.
func (b *builder) meshParent(route *object.Object, at meshgraph.Ref, ref views.ParentRef) {
	of := ref.OfMesh()
	if of.False() {
		return
	}
	name, ns, label := ref.ParentName(), ref.ParentNamespace(), takes
	if port := ref.ParentPort(); port.OK {
		label += " :" + numbered(port)
	}
	candidates := slices.Concat(b.services[name.V], b.nameless)
	from := meshgraph.Ref{APIVersion: "v1", Kind: "Service", Namespace: ns.Or(b.p.DisplayNamespace(route)), Name: name.V}
	if kind := ref.ParentKind(); kind.V == "ServiceEntry" {
		candidates = b.p.ByKind(views.Networking, kind.V)
		from.APIVersion, from.Kind = views.Networking+"/v1", kind.V
	}
	found, doubt := b.find(candidates, name, ns, route)
	open, is := firstUnknown(name, ns)
	switch {
	case found != nil:
		from = b.ref(found)
	case is:
		from, doubt = b.unknown("host", meshgraph.ServiceLane, at, open), true
	case name.V == "":
		return
	default:
		b.add(meshgraph.Node{Object: from, Lane: meshgraph.ServiceLane, Missing: true})
	}
	_, unsure := of.Undecided()
	b.edge(meshgraph.Edge{From: from, To: at, Label: label, Path: ref.Path(), Unsure: doubt || unsure})
}

// find returns that of some objects which has a name in a namespace, or in that of another object where none is written; nil for
// none, and then whether one may be it.
func (b *builder) find(objects []*object.Object, name, namespace object.Str, from *object.Object) (found *object.Object, doubt bool) {
	for _, o := range objects {
		in := b.p.SameNamespace(o, from)
		if namespace.Exists() && namespace.Given() != "" || namespace.V != "" {
			in = same(o.NamespaceField().Str(), namespace, b.p.NamespaceOf(o))
		}
		is := in.And(same(o.NameField().Str(), name, o.Name))
		if is.True() {
			return o, false
		}
		_, open := is.Undecided()
		doubt = doubt || open
	}
	return nil, doubt
}

// same reports whether a value is a name that an object has, which shown is where its own field does not say it.
func same(of, name object.Str, shown string) object.Truth {
	switch {
	case of.Unknown() && of.Given() != "" && of.Given() == name.Given():
		return object.Yes()
	case of.Unknown():
		return object.Undecided(of.Field)
	case name.Unknown():
		return object.Undecided(name.Field)
	}
	return object.TruthOf(shown == name.V)
}

// hostKind is of what a route of the Gateway API names by its host alone. Source: istio.io, Kubernetes Gateway API, "Mesh traffic";
// istio/istio pkg/config/schema/gvk Hostname.
const hostKind = "Hostname"

// nameServices files the Services by their names, those apart whose names are not known.
func (b *builder) nameServices() {
	b.services = map[string][]*object.Object{}
	for _, svc := range b.p.Services() {
		if svc.NameField().Unknown() {
			b.nameless = append(b.nameless, svc.Object)
		} else {
			b.services[svc.Name] = append(b.services[svc.Name], svc.Object)
		}
	}
}

// backends lead from routes and Ingresses to Services, and to what else they may name.
func (b *builder) backends(all []views.Backend) {
	for _, to := range all {
		name, ns, kind := to.Service.Str(), to.Namespace.Str(), to.Kind.Str()
		from, port := b.ref(to.From), to.Port.Str()
		label := routesTo(port.Known() && port.V != "", port.V)
		of, at := slices.Concat(b.services[name.V], b.nameless), meshgraph.Ref{APIVersion: "v1", Kind: "Service", Namespace: ns.Or(b.p.DisplayNamespace(to.From)), Name: name.V}
		if to.OfService().False() {
			of, at.APIVersion, at.Kind = b.p.ByKind(to.Group.Str().V, kind.V), to.Group.Str().V, kind.V
		}
		found, doubt := b.find(of, name, ns, to.From)
		open, is := firstUnknown(name, ns, kind)
		switch {
		case found != nil && kind.Known():
			at = b.add(meshgraph.Node{Object: b.ref(found), Lane: meshgraph.ServiceLane})
		case is:
			at, doubt = b.unknown("host", meshgraph.ServiceLane, from, open), true
		case name.V == "":
			continue
		case kind.V == hostKind && to.Group.Str().V == views.Networking:
			b.host(from, name, label, to.Service.Path())
			continue
		default:
			b.add(meshgraph.Node{Object: at, Lane: meshgraph.ServiceLane, Missing: true})
		}
		b.edge(meshgraph.Edge{From: from, To: at, Label: label, Path: to.Service.Path(), Unsure: doubt})
	}
}

// firstUnknown is the first of some values that is not known.
func firstUnknown(values ...object.Str) (object.Field, bool) {
	at := slices.IndexFunc(values, object.Str.Unknown)
	if at < 0 {
		return object.Field{}, false
	}
	return values[at].Field, true
}
