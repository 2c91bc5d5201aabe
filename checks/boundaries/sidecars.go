package boundaries

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// rivals reports whether two resources of one namespace and kind hold for the same control
// plane and are two: one that is in the input twice is one, and control planes
// read only what has their revision or none. Source: istio/istio pkg/config
// ObjectInRevision.
func rivals(a, b *object.Object) object.Truth {
	if a.Name == b.Name && (a.Namespace == b.Namespace || mayMeet(a, b)) {
		return object.No()
	}
	x, y := a.Label(checks.RevisionLabel), b.Label(checks.RevisionLabel)
	if x.Unknown() && x.Given() != "" && x.Given() == y.Given() {
		return object.Yes()
	}
	return x.NotEmpty().And(y.NotEmpty()).And(x.Is(y.V).Not()).Not()
}

// inAmbient reports whether the pods of a namespace are in the ambient mesh, unless they
// ask for a sidecar: by the labels of the namespace, else by the flag of the data plane. Source: istio/istio
// pkg/config/analysis/analyzers/util NamespaceInAmbientMode.
func inAmbient(p *checks.Pass, ns string) object.Truth {
	byDefault := object.TruthOf(p.Mesh.DataPlane == checks.Ambient)
	o := p.Namespace(ns)
	if o == nil {
		labels, given := p.Mesh.NamespaceLabels[ns]
		if !given {
			return byDefault
		}
		return object.TruthOf(labels[checks.InjectionLabel] != "enabled" && labels[checks.RevisionLabel] == "" && labels[checks.DataPlaneLabel] == checks.AmbientDataPlane)
	}
	injection, revision, plane := o.Label(checks.InjectionLabel), o.Label(checks.RevisionLabel), o.Label(checks.DataPlaneLabel)
	if !injection.Exists() && !revision.Exists() && !plane.Exists() {
		return byDefault
	}
	return injection.Is("enabled").Not().And(revision.NotEmpty().Not()).And(plane.Is(checks.AmbientDataPlane))
}

// sidecarLabels are the labels of the pods that a Sidecar selects.
func sidecarLabels(o *object.Object) object.Field { return views.AsSidecar(o).WorkloadLabels() }
