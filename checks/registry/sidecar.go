package registry

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// SidecarOf returns the Sidecar resource that applies to a workload: one of its
// namespace that selects it, else the one of the namespace, else the one of Istio's
// namespace.
func (r *Registry) SidecarOf(w *object.Workload) *object.Object {
	p := r.p
	ns, root := p.NamespaceOf(w.Object), p.RootNamespace()
	selector := func(o *object.Object) object.Field { return views.AsSidecar(o).WorkloadLabels() }
	sidecars := p.SelectorsOf(views.Networking, "Sidecar", selector)
	for _, o := range sidecars.Near(w) {
		if labels := selector(o); !selectsAll(labels) && p.Decide(p.SameNamespace(o, w.Object).And(object.Selects(labels, w.Labels()))) {
			return o
		}
	}
	for _, namespace := range []string{ns, root} {
		for _, o := range sidecars.Wide(namespace) {
			if selectsAll(selector(o)) {
				return o
			}
		}
	}
	return nil
}

// selectsAll reports whether a selector of workloads is certainly empty, so that its
// object is about the whole namespace.
func selectsAll(selector object.Field) bool {
	return !selector.Unknown() && !selector.Partial() && len(selector.Entries()) == 0
}

// Imports reports whether the egress listeners of a Sidecar for a port, 0 for any, take a host of a ServiceEntry in. A
// Sidecar without listeners takes in everything.
func (r *Registry) Imports(sidecar, entry *object.Object, number int) object.Truth {
	listeners := views.AsSidecar(sidecar).Egress()
	if listeners.Known() && len(listeners.Items()) == 0 {
		return object.Yes()
	}
	answer := object.No()
	if listeners.Unknown() {
		answer = object.Undecided(listeners)
	}
	for _, listener := range views.AsSidecar(sidecar).EgressListeners() {
		if port := listener.Port(); port.OK && number != 0 && port.V != int64(number) {
			continue
		}
		answer = answer.Or(object.AnyItem(listener.Hosts(), func(host object.Str) object.Truth {
			return host.Matches(func(text string) bool {
				namespace, host, _ := strings.Cut(text, "/")
				if namespace == "." {
					namespace = r.p.NamespaceOf(sidecar)
				}
				return (namespace == "*" || namespace == r.p.NamespaceOf(entry)) && listenerTakes(host, entry)
			})
		}))
	}
	return answer
}

// listenerTakes reports whether the host of an egress listener takes one of an entry's
// hosts in.
func listenerTakes(host string, entry *object.Object) bool {
	return slices.ContainsFunc(views.AsServiceEntry(entry).Hosts().Items(), func(f object.Field) bool {
		return checks.HostMatches(host, strings.ToLower(f.Str().V))
	})
}
