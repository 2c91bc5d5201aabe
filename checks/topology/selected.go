package topology

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
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

// runsGateway reports whether pods may be a gateway: with a proxy of their own, or with one that Istio does not fail to add.
func (b *builder) runsGateway(w *object.Workload) bool {
	own := slices.ContainsFunc(w.Containers(), func(c object.Container) bool { return c.Name == checks.ProxyName && c.Image().V != checks.AutoImage })
	return b.p.MayBeGateway(w) && (own || !b.p.Enrolled(w).Out())
}

// entrySelects leads from a ServiceEntry to the pods and the WorkloadEntries of its namespace that it selects: where its
// endpoints count, which they do not with other resolutions. Source: istio/istio
// pilot/pkg/serviceregistry/serviceentry/conversion.go (1.32).
func (b *builder) entrySelects(from meshgraph.Ref, e views.ServiceEntry) {
	selector, whole := e.WorkloadLabels(), e.WorkloadSelector()
	if !whole.Exists() && whole.Known() {
		return
	}
	byName := e.Resolution().In("DNS", "DNS_ROUND_ROBIN")
	does := e.Resolution().Is("STATIC").Or(byName)
	all := object.TruthOf(selector.Known() && !selector.Partial() && len(selector.Entries()) == 0)
	for _, w := range b.p.Set.Workloads() {
		if is := object.Selects(selector, w.Labels()).Or(all); !is.False() {
			b.selects(from, w.Object, is.And(does).And(b.p.SameNamespace(e.Object, w.Object)).And(b.p.PilotSwitch(selectPods, true)), selector, selects, false)
		}
	}
	b.machines(from, e.Object, selector, func(o *object.Object) object.Truth {
		return does.And(byName.Or(views.MachineHasIP(o))).And(selectsMachine(selector, o).Or(all))
	})
}

// serviceMachines leads from a Service to the WorkloadEntries that are among its endpoints. Those of headless Services are not.
// Source: istio/istio pilot/pkg/serviceregistry/kube/controller/controller.go collectWorkloadInstanceEndpoints (1.32).
func (b *builder) serviceMachines(from meshgraph.Ref, svc *object.Service) {
	does := svc.External().Not().And(svc.Headless().Not()).And(b.p.PilotSwitch(selectMachines, true))
	b.machines(from, svc.Object, svc.Selector, func(o *object.Object) object.Truth {
		return does.And(views.MachineHasIP(o)).And(selectsMachine(svc.Selector, o))
	})
}

// machines leads from a Service or a ServiceEntry to the WorkloadEntries of its namespace that it selects.
func (b *builder) machines(from meshgraph.Ref, by *object.Object, selector object.Field, is func(entry *object.Object) object.Truth) {
	for _, o := range b.p.ByKind(views.Networking, "WorkloadEntry") {
		b.selects(from, o, is(o).And(b.p.SameNamespace(by, o)), selector, selects, false)
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
