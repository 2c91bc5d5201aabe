// Package topology draws what the objects of a set make of the mesh: which Gateway a route names, which Service it sends
// traffic to, which pods a Service selects, and how Istio takes ports and workloads.
//
// In: a set, and the settings of the mesh. Out: a graph of facts that the checks share; what is not known is unsure.
package topology

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/meshgraph"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// builder is one run of Of.
type builder struct {
	p        *checks.Pass
	registry *registry.Registry
	graph    meshgraph.Graph // of everything; Of bounds it
	nodes    map[meshgraph.Ref]bool
}

// drawn is what the questions of a picture are asked for; they are told to nobody.
var drawn = &checks.Check{ID: "topology"}

// Of draws a set.
func Of(set *object.Set, mesh *checks.Mesh) *meshgraph.Graph {
	p := checks.NewPass(drawn, set, mesh)
	b := &builder{p: p, registry: registry.Of(p), nodes: map[meshgraph.Ref]bool{}}
	b.gateways()
	for _, svc := range set.Services() {
		b.service(svc)
	}
	for _, o := range set.ByKind(views.Networking, "ServiceEntry") {
		b.serviceEntry(o)
	}
	for _, w := range set.Workloads() {
		b.workload(w)
	}
	b.virtualServices()
	b.routes()
	g := &meshgraph.Graph{}
	slices.SortStableFunc(b.graph.Nodes, func(x, y meshgraph.Node) int { return lanes[x.Lane] - lanes[y.Lane] })
	g.Merge(&b.graph)
	return g
}

// lanes are the places of the lanes in their order.
var lanes = map[meshgraph.Lane]int{meshgraph.GatewayLane: 0, meshgraph.RouteLane: 1, meshgraph.ServiceLane: 2, meshgraph.WorkloadLane: 3}

// add adds a node once.
func (b *builder) add(n meshgraph.Node) meshgraph.Ref {
	if !b.nodes[n.Object] {
		b.nodes[n.Object] = true
		b.graph.Nodes = append(b.graph.Nodes, n)
	}
	return n.Object
}

func (b *builder) ref(o *object.Object) meshgraph.Ref { return meshgraph.Ref(b.p.RefOf(o)) }

// unknown adds what an object names by a value that is not known, and why it is not.
func (b *builder) unknown(what string, lane meshgraph.Lane, by meshgraph.Ref, f object.Field) meshgraph.Ref {
	return b.add(meshgraph.Node{
		Object: meshgraph.Ref{Kind: "unknown " + what, Namespace: by.Namespace, Name: cmp.Or(f.Reason(), "a value is not known")}, Lane: lane, Unknown: true,
	})
}

// firstUnknown is the first of some values that is not known.
func firstUnknown(values ...object.Str) (object.Field, bool) {
	for _, v := range values {
		if v.Unknown() {
			return v.Field, true
		}
	}
	return object.Field{}, false
}

func (b *builder) edge(e meshgraph.Edge) { b.graph.Edges = append(b.graph.Edges, e) }

func (b *builder) gateways() {
	for _, o := range b.p.ByKind(views.Networking, "Gateway") {
		n := meshgraph.Node{Object: b.ref(o), Lane: meshgraph.GatewayLane}
		for _, server := range views.AsGateway(o).Servers() {
			n.Ports = append(n.Ports, port(server.PortNumber(), server.PortProtocol()))
		}
		b.add(n)
	}
	for _, o := range b.p.ByKind(views.GatewayAPI, "Gateway") {
		n := meshgraph.Node{Object: b.ref(o), Lane: meshgraph.GatewayLane}
		for _, listener := range views.AsKubeGateway(o).Listeners() {
			n.Ports = append(n.Ports, port(listener.Port(), listener.Protocol()))
		}
		b.add(n)
	}
}

// unknown is what stands for a value that is not known.
const unknown = "unknown"

// port is a port as it is written.
func port(number object.Num, protocol object.Str) meshgraph.Port {
	p := meshgraph.Port{Name: numbered(number), Protocol: protocol.V}
	if protocol.Unknown() {
		p.Protocol = unknown
	}
	return p
}

func numbered(n object.Num) string {
	if !n.OK {
		return "?"
	}
	return strconv.FormatInt(n.V, 10)
}

// service adds a Service, with what it selects.
func (b *builder) service(svc *object.Service) {
	n := meshgraph.Node{Object: b.ref(svc.Object), Lane: meshgraph.ServiceLane}
	for _, at := range svc.Ports() {
		protocol, decided := b.p.Protocol(at)
		one := meshgraph.Port{Name: numbered(at.Number), Protocol: string(protocol)}
		switch _, open := decided.Undecided(); {
		case open:
			one.Protocol = unknown
		case protocol == checks.Unsupported:
			one.Protocol = "auto"
		}
		if at.Name.Known() && at.Name.V != "" {
			one.Name = at.Name.V + ":" + one.Name
		}
		n.Ports = append(n.Ports, one)
	}
	from := b.add(n)
	selected := b.p.WorkloadsOf(svc)
	for _, w := range selected.Sure {
		b.edge(meshgraph.Edge{From: from, To: b.ref(w.Object), Label: "selects", Path: svc.Selector.Path()})
	}
	for _, m := range selected.Maybe {
		b.edge(meshgraph.Edge{From: from, To: b.ref(m.Value.Object), Label: "may select", Path: svc.Selector.Path(), Unsure: true})
	}
}

func (b *builder) serviceEntry(o *object.Object) {
	n := meshgraph.Node{Object: b.ref(o), Lane: meshgraph.ServiceLane}
	for _, at := range views.AsServiceEntry(o).EntryPorts() {
		n.Ports = append(n.Ports, port(at.Number(), at.Protocol()))
	}
	b.add(n)
}

// meshWords name the data planes.
var meshWords = map[checks.EnrolState]string{
	checks.EnrolOut: "out", checks.EnrolSidecar: "sidecar", checks.EnrolAmbient: "ambient", checks.EnrolUnknown: unknown,
}

func (b *builder) workload(w *object.Workload) {
	n := meshgraph.Node{Object: b.ref(w.Object), Lane: meshgraph.WorkloadLane}
	in := b.p.Enrolled(w)
	n.Mesh = meshWords[in.State]
	if !in.Out() {
		mode, _ := b.p.MTLS(w, 0) // of its ports alike: no port is 0
		n.MTLS = string(mode)
	}
	b.add(n)
}

func (b *builder) virtualServices() {
	for _, o := range b.p.ByKind(views.Networking, "VirtualService") {
		vs := views.AsVirtualService(o)
		at := b.add(meshgraph.Node{Object: b.ref(o), Lane: meshgraph.RouteLane})
		for _, f := range vs.Gateways().Items() {
			name := f.Str()
			if name.Unknown() {
				b.edge(meshgraph.Edge{From: b.unknown("gateway", meshgraph.GatewayLane, at, f), To: at, Label: "takes", Path: f.Path(), Unsure: true})
				continue
			}
			if name.V == "" || name.V == "mesh" {
				continue
			}
			ns, short, full := strings.Cut(name.V, "/")
			if !full {
				ns, short = b.p.NamespaceOf(o), name.V
			}
			b.gatewayOf(meshgraph.Ref{APIVersion: o.APIVersion, Kind: "Gateway", Namespace: ns, Name: short}, views.Networking, at, f.Path())
		}
		for _, d := range vs.Destinations() {
			b.destination(at, d)
		}
	}
}

// gatewayOf leads from a Gateway, of which the input may know nothing, to a route. The route says so at a path.
func (b *builder) gatewayOf(gateway meshgraph.Ref, group string, route meshgraph.Ref, path string) {
	for _, o := range b.p.ByKind(group, "Gateway") {
		if ref := b.ref(o); ref.Namespace == gateway.Namespace && ref.Name == gateway.Name {
			b.edge(meshgraph.Edge{From: ref, To: route, Label: "takes", Path: path})
			return
		}
	}
	b.add(meshgraph.Node{Object: gateway, Lane: meshgraph.GatewayLane, Missing: true})
	b.edge(meshgraph.Edge{From: gateway, To: route, Label: "takes", Path: path})
}

// destination leads from a VirtualService to what has the host of a destination.
func (b *builder) destination(from meshgraph.Ref, d views.Destination) {
	label := "routes"
	if d.Port().OK {
		label += " :" + numbered(d.Port())
	}
	if d.Host().Unknown() {
		b.edge(meshgraph.Edge{From: from, To: b.unknown("host", meshgraph.ServiceLane, from, d.Host().Field), Label: label, Path: d.Path(), Unsure: true})
		return
	}
	found := b.registry.Lookup(d.Host())
	_, open := found.Known.Undecided()
	for _, e := range found.Entries {
		b.edge(meshgraph.Edge{From: from, To: b.ref(e.Object), Label: label, Path: d.Path(), Unsure: open})
	}
	if len(found.Entries) == 0 && d.Host().Known() && d.Host().V != "" {
		host := b.add(meshgraph.Node{Object: meshgraph.Ref{Kind: "Host", Name: d.Host().V}, Lane: meshgraph.ServiceLane, Missing: found.Known.False()})
		b.edge(meshgraph.Edge{From: from, To: host, Label: label, Path: d.Path(), Unsure: open})
	}
}

// routeKinds are those of the Gateway API that have backends. Source: gateway.networking.k8s.io, the kinds that the
// specification of Gateway API v1.6 has.
var routeKinds = []string{"HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute"}

// routes adds the routes of the Gateway API and Ingresses.
func (b *builder) routes() {
	for _, kind := range routeKinds {
		for _, o := range b.p.ByKind(views.GatewayAPI, kind) {
			at := b.add(meshgraph.Node{Object: b.ref(o), Lane: meshgraph.RouteLane})
			for _, ref := range views.ParentRefs(o) {
				if !ref.ParentKind().In("", "Gateway").True() {
					continue
				}
				if open, is := firstUnknown(ref.ParentName(), ref.ParentNamespace()); is {
					b.edge(meshgraph.Edge{From: b.unknown("gateway", meshgraph.GatewayLane, at, open), To: at, Label: "takes", Path: ref.Path(), Unsure: true})
					continue
				}
				if ref.ParentName().V == "" {
					continue
				}
				ns := ref.ParentNamespace().Or(b.p.NamespaceOf(o))
				b.gatewayOf(meshgraph.Ref{APIVersion: o.APIVersion, Kind: "Gateway", Namespace: ns, Name: ref.ParentName().V}, views.GatewayAPI, at, ref.Path())
			}
		}
		b.backends(views.RouteBackends(b.p.Set, kind))
	}
	for _, o := range views.Ingresses(b.p.Set) {
		b.add(meshgraph.Node{Object: b.ref(o), Lane: meshgraph.RouteLane})
		b.backends(views.IngressBackends(o))
	}
}

func (b *builder) backends(all []views.Backend) {
	for _, to := range all {
		name, ns := to.Service.Str(), to.Namespace.Str()
		from, label := b.ref(to.From), "routes"
		if port := to.Port.Str(); port.Known() && port.V != "" {
			label += " :" + port.V
		}
		if open, is := firstUnknown(name, ns); is {
			b.edge(meshgraph.Edge{From: from, To: b.unknown("host", meshgraph.ServiceLane, from, open), Label: label, Path: to.Service.Path(), Unsure: true})
			continue
		}
		if name.V == "" {
			continue
		}
		ref := meshgraph.Ref{APIVersion: "v1", Kind: "Service", Namespace: ns.Or(b.p.DisplayNamespace(to.From)), Name: name.V}
		if !b.nodes[ref] {
			b.add(meshgraph.Node{Object: ref, Lane: meshgraph.ServiceLane, Missing: true})
		}
		b.edge(meshgraph.Edge{From: from, To: ref, Label: label, Path: to.Service.Path()})
	}
}
