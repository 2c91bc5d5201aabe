package topology

import (
	"github.com/mesh-check/mesh-check/checks/meshgraph"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// Variables of istiod. Source: istio/istio pilot/pkg/features (1.32).
const (
	// scopeGateways has Gateways select pods of their own namespace alone; off unless it is set.
	scopeGateways = "PILOT_SCOPE_GATEWAY_TO_NAMESPACE"
	// selectMachines has Services select WorkloadEntries, and selectPods has ServiceEntries select pods; on unless they are set.
	selectMachines = "PILOT_ENABLE_K8S_SELECT_WORKLOAD_ENTRIES"
	selectPods     = "PILOT_ENABLE_SERVICEENTRY_SELECT_PODS"
)

// runsOn is the word of edges from Gateways to the pods that serve them.
const runsOn = "runs on"

// gatewayPods leads from one of Istio's Gateways to those of some workloads, which may be gateways, that serve it: of any namespace
// unless Istio is set up otherwise. A selector without labels selects all gateways.
func (b *builder) gatewayPods(from meshgraph.Ref, g views.Gateway, pods []*object.Workload) {
	selector := g.Selector()
	for _, w := range pods {
		is := object.Selects(selector, w.Labels())
		if selector.Known() && !selector.Partial() && len(selector.Entries()) == 0 {
			is = object.TruthOf(b.p.Gateway(w))
		}
		if !is.False() {
			is = is.And(b.p.SameNamespace(g.Object, w.Object).Or(b.p.PilotSwitch(scopeGateways, false).Not()))
		}
		b.selects(from, w.Object, is, selector, runsOn, !b.p.Gateway(w))
	}
}

// selects leads from an object to what it selects, unless it does not; doubt is that it may not although its labels say so.
func (b *builder) selects(from meshgraph.Ref, to *object.Object, is object.Truth, selector object.Field, label string, doubt bool) {
	if is.False() {
		return
	}
	if _, open := is.Undecided(); open || doubt {
		label, doubt = "perhaps "+label, true
		if label == "perhaps "+selects {
			label = maySelect
		}
	}
	b.edge(meshgraph.Edge{From: from, To: b.ref(to), Label: label, Path: selector.Path(), Unsure: doubt})
}

// entrySelects leads from a ServiceEntry to the pods and the WorkloadEntries of its namespace that it selects.
func (b *builder) entrySelects(from meshgraph.Ref, e views.ServiceEntry) {
	selector := e.WorkloadLabels()
	if !selector.Exists() && selector.Known() {
		return
	}
	for _, w := range b.p.Set.Workloads() {
		if is := object.Selects(selector, w.Labels()); !is.False() {
			b.selects(from, w.Object, is.And(b.p.SameNamespace(e.Object, w.Object)).And(b.p.PilotSwitch(selectPods, true)), selector, selects, false)
		}
	}
	b.machines(from, e.Object, selector, object.Yes())
}

// machines leads from a Service or a ServiceEntry to the WorkloadEntries of its namespace that a selector has, if it does so at all.
func (b *builder) machines(from meshgraph.Ref, by *object.Object, selector object.Field, does object.Truth) {
	for _, o := range b.p.ByKind(views.Networking, "WorkloadEntry") {
		is := does.And(b.p.SameNamespace(by, o)).And(selectsMachine(selector, o))
		b.selects(from, o, is, selector, selects, false)
	}
}

// selectsMachine reports whether a WorkloadEntry has the labels of a selector; one without labels selects nothing.
func selectsMachine(selector object.Field, entry *object.Object) object.Truth {
	if selector.Unknown() {
		return object.Undecided(selector)
	}
	all := object.TruthOf(len(selector.Entries()) > 0)
	if selector.Partial() {
		all = object.Undecided(selector)
	}
	for _, pair := range selector.Entries() {
		want, have := pair.Str(), views.MachineLabel(entry, pair.Name())
		switch {
		case want.Unknown():
			all = all.And(object.Undecided(want.Field))
		case have.Unknown():
			all = all.And(object.Undecided(have.Field))
		default:
			all = all.And(object.TruthOf(have.Exists() && have.V == want.V))
		}
	}
	return all
}
