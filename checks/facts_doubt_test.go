package checks

import (
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// TestEnrolledUnless says that labels of which not all is known are taken as not opting
// out, that the answer says what would, and that a value of the very label decides.
func TestEnrolledUnless(t *testing.T) {
	const turns = "unless var.labels turns injection off"
	for _, c := range []struct {
		name         string
		mesh         Mesh
		text         string
		state        EnrolState
		unless       string
		of           string // the object whose labels are not all known; empty: all of them
		all, overlay bool   // none of them is known, or they lie over those that are written
	}{
		{name: "labels of the pods", text: pod(", labels: {app: a}", ""), state: EnrolSidecar, unless: turns},
		{name: "no label is known", text: pod(", labels: {app: a}", ""), all: true, state: EnrolSidecar, unless: turns},
		{name: "the label is known", text: pod(", labels: {sidecar.istio.io/inject: 'true'}", ""), state: EnrolSidecar},
		{name: "it is false", text: pod(", labels: {sidecar.istio.io/inject: 'false'}", ""), state: EnrolOut},
		{name: "it is laid over", text: pod(", labels: {sidecar.istio.io/inject: 'false'}", ""), overlay: true, state: EnrolSidecar, unless: turns},
		{name: "an annotation says no", text: pod(", labels: {app: a}, annotations: {sidecar.istio.io/inject: 'false'}", ""), state: EnrolOut},
		{name: "the namespace says yes", text: pod(", labels: {app: a}", "") + namespace("istio-injection: enabled"), of: "Pod", state: EnrolSidecar, unless: turns},
		{name: "the namespace says no", text: pod(", labels: {app: a}", "") + namespace("istio-injection: disabled"), of: "Pod", state: EnrolOut},
		{name: "labels of the namespace", text: pod(", labels: {app: a}", "") + namespace("team: shop"), of: "Namespace", state: EnrolSidecar, unless: turns},
		{
			name: "labels of the namespace beside one that is labelled", of: "Namespace", state: EnrolSidecar, unless: turns,
			text: pod(", labels: {app: a}", "") + namespace("team: shop") + "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: other, labels: {istio-injection: enabled}}\n",
		},
		{name: "ambient", mesh: Mesh{DataPlane: Ambient}, text: pod(", labels: {app: a}", ""), state: EnrolAmbient, unless: "unless var.labels keeps the pods out of the mesh"},
		{name: "host network", text: pod(", labels: {app: a}", ", hostNetwork: true"), state: EnrolOut},
	} {
		p := passOf(t, &c.mesh, c.text)
		for _, o := range p.Objects() {
			if c.of == "" || o.Kind == c.of {
				unsettle(o.Get("metadata", "labels").Node(), c.all, c.overlay)
			}
		}
		p = passAgain(p)
		e := p.Enrolled(p.Workloads()[0])
		if e.State != c.state || e.unless != c.unless || len(p.open) > 0 {
			t.Errorf("%s: state %d, %q, %d open questions; want %d, %q, 0", c.name, e.State, e.unless, len(p.open), c.state, c.unless)
		}
	}
}

// unsettle makes a mapping one of which not all is known.
func unsettle(n *object.Node, all, overlay bool) {
	const reason = "var.labels has no value"
	switch {
	case n == nil:
	case all:
		*n = object.Node{Kind: object.Unknown, Text: reason, Ref: n.Ref}
	default:
		n.Partial = reason
		for i := range n.Entries {
			if overlay {
				n.Entries[i].Value = &object.Node{Kind: object.Unknown, Text: reason}
			}
		}
	}
}
