// Package topology draws what the objects of a set make of the mesh: which Gateway a route names, which Service it sends
// traffic to, which pods a Service selects, and how Istio takes ports and workloads.
//
// In: a set, and the settings of the mesh. Out: a graph of facts that the checks share; what is not known is unsure.
package topology

import (
	"cmp"
	"slices"
	"strconv"

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
	// modePorts are the container ports that may have an mTLS mode of their own.
	modePorts []int64
	// labelled are the workloads whose pods a controller gives labels that nobody wrote.
	labelled []*object.Workload
	services map[string][]*object.Object // by name
	nameless []*object.Object            // Services whose names are not known
	graph    meshgraph.Graph             // of everything; Of bounds it
	nodes    map[meshgraph.Ref]bool
}

// drawn is what the questions of a picture are asked for; they are told to nobody.
var drawn = &checks.Check{ID: "topology"}

// Of draws a set.
func Of(set *object.Set, mesh *checks.Mesh) *meshgraph.Graph {
	p := checks.NewPass(drawn, set, mesh)
	b := &builder{p: p, registry: registry.Of(p), modePorts: modePorts(p), nodes: map[meshgraph.Ref]bool{}}
	b.labelled = slices.DeleteFunc(slices.Clone(set.Workloads()), func(w *object.Workload) bool { return !w.LabelledByOthers() })
	b.nameServices()
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
	for _, o := range set.ByKind(views.Networking, "WorkloadEntry") {
		b.add(meshgraph.Node{Object: b.ref(o), Lane: meshgraph.WorkloadLane})
	}
	b.virtualServices()
	b.routes()
	slices.SortStableFunc(b.graph.Nodes, func(x, y meshgraph.Node) int { return lanes[x.Lane] - lanes[y.Lane] })
	return b.graph.Within()
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

func (b *builder) edge(e meshgraph.Edge) { b.graph.Edges = append(b.graph.Edges, e) }

func (b *builder) gateways() {
	pods := slices.DeleteFunc(slices.Clone(b.p.Set.Workloads()), func(w *object.Workload) bool { return !b.runsGateway(w) })
	for _, o := range b.p.ByKind(views.Networking, "Gateway") {
		n := meshgraph.Node{Object: b.ref(o), Lane: meshgraph.GatewayLane}
		for _, server := range views.AsGateway(o).Servers() {
			n.Ports = append(n.Ports, port(server.PortNumber(), server.PortProtocol()))
		}
		b.gatewayPods(b.add(n), views.AsGateway(o), pods)
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
	selected := b.p.WorkloadsOf(svc)
	for _, at := range svc.Ports() {
		protocol, decided := b.p.Protocol(at)
		one := meshgraph.Port{Name: numbered(at.Number), Protocol: string(protocol), MTLS: b.portMode(at, selected.Sure)}
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
	subsets := b.subsetsOf(svc)
	for _, w := range selected.Sure {
		b.edge(meshgraph.Edge{From: from, To: b.ref(w.Object), Label: selects + subsetWords(subsets, w), Path: svc.Selector.Path()})
	}
	b.serviceMachines(from, svc)
	for _, m := range selected.Maybe {
		b.edge(meshgraph.Edge{From: from, To: b.ref(m.Value.Object), Label: maySelect, Path: svc.Selector.Path(), Unsure: true})
	}
	for _, w := range b.labelled {
		if b.named(svc, w) {
			b.edge(meshgraph.Edge{From: from, To: b.ref(w.Object), Label: maySelect, Path: svc.Selector.Path(), Unsure: true})
		}
	}
}

// named reports whether a Service asks for labels that a controller may give the pods of a workload and nobody wrote: one of
// them has the name of the workload, as controllers label their pods.
func (b *builder) named(svc *object.Service, w *object.Workload) bool {
	if !b.p.SameNamespace(svc.Object, w.Object).True() || w.Name == "" {
		return false
	}
	name := false
	for _, want := range svc.Selector.Entries() {
		label := w.Labels().Get(want.Name()).Str()
		if want.Unknown() || label.Unknown() || label.Exists() && label.V != want.Str().V {
			return false
		}
		name = name || !label.Exists() && want.Str().V == w.Name
	}
	return name
}

func (b *builder) serviceEntry(o *object.Object) {
	n := meshgraph.Node{Object: b.ref(o), Lane: meshgraph.ServiceLane}
	for _, at := range views.AsServiceEntry(o).EntryPorts() {
		n.Ports = append(n.Ports, port(at.Number(), at.Protocol()))
	}
	b.entrySelects(b.add(n), views.AsServiceEntry(o))
}

// meshWords name the data planes.
var meshWords = map[checks.EnrolState]string{
	checks.EnrolOut: "out", checks.EnrolSidecar: "sidecar", checks.EnrolAmbient: "ambient", checks.EnrolUnknown: unknown,
}

func (b *builder) workload(w *object.Workload) {
	n := meshgraph.Node{Object: b.ref(w.Object), Lane: meshgraph.WorkloadLane}
	in := b.p.Enrolled(w)
	n.Mesh = meshWords[in.State]
	if b.hasModes(w) {
		n.MTLS, n.Ports = b.modes(w)
	}
	b.add(n)
}
