package ambient

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// ztunnelSince is the first release whose ambient mode is meant for production. Source: istio.io "Istio 1.22".
const ztunnelSince = "1.22"

// planes are pods of the input by their data planes, without those of gateways and of the control plane.
type planes struct{ ambient, sidecar int }

func (a planes) plus(b planes) planes { return planes{a.ambient + b.ambient, a.sidecar + b.sidecar} }

// only reports whether all of the pods are ambient ones, and there are some.
func (a planes) only() bool { return a.ambient > 0 && a.sidecar == 0 }

// planeOf is the plane of the pods of one workload. What is not known of it is an open question.
func planeOf(p *checks.Pass, w *object.Workload) planes {
	if p.Gateway(w) || p.ControlPlane(w.Object) {
		return planes{}
	}
	switch e := p.Enrolled(w); {
	case e.Ambient():
		return planes{ambient: 1}
	case e.Sidecar():
		return planes{sidecar: 1}
	}
	return planes{}
}

// selected are the pods that each policy of a kind is about by labels: those of its namespace that it selects, and
// those of all namespaces for one of Istio's own namespace without labels.
func selected(p *checks.Pass, group, kind string) map[*object.Object]planes {
	labels := func(o *object.Object) object.Field { return views.AsPolicy(o).MatchLabels() }
	index := p.SelectorsOf(group, kind, labels)
	of, spaces, all := map[*object.Object]planes{}, map[string]planes{}, planes{}
	if len(p.ByKind(group, kind)) == 0 {
		return of
	}
	for _, w := range p.Workloads() {
		plane := planeOf(p, w)
		ns := p.NamespaceOf(w.Object)
		spaces[ns] = spaces[ns].plus(plane)
		all = all.plus(plane)
		for _, o := range index.Near(w) {
			if len(labels(o).Entries()) > 0 && plane != (planes{}) && p.Decide(p.SameNamespace(o, w.Object).And(object.Selects(labels(o), w.Labels()))) {
				of[o] = of[o].plus(plane)
			}
		}
	}
	for _, o := range p.ByKind(group, kind) {
		if l := labels(o); l.Unknown() || l.Partial() || len(l.Entries()) > 0 {
			continue
		}
		ns := p.NamespaceOf(o)
		of[o] = spaces[ns]
		if ns == p.RootNamespace() {
			of[o] = all
		} else if spaces[ns] == (planes{}) && ambientNamespace(p, ns) {
			of[o] = planes{ambient: 1}
		}
	}
	return of
}

// ambientNamespace reports whether a namespace is certainly in ambient mode, by its label in the input or on the
// command line.
func ambientNamespace(p *checks.Pass, name string) bool {
	if o := p.Namespace(name); o != nil {
		return o.Label(checks.DataPlaneLabel).V == checks.AmbientDataPlane && o.Label(checks.InjectionLabel).V != "enabled" &&
			o.Label(checks.RevisionLabel).V == ""
	}
	return p.Mesh.NamespaceLabels[name][checks.DataPlaneLabel] == checks.AmbientDataPlane
}
