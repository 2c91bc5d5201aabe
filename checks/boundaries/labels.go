package boundaries

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object/nearest"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// textOf is a mapping of labels as messages name it: app=web,tier=front.
func textOf(labels object.Field) string {
	var pairs []string
	for _, l := range labels.Entries() {
		pairs = append(pairs, l.Name()+"="+l.Str().V)
	}
	return strings.Join(pairs, ",")
}

type inhabitedKey struct{}

// missed is what a selector that selects no pods of a namespace, or of any for the empty one, should say: the label to
// edit, which is the selector itself where nobody knows which, and the label that was probably meant; empty where none is
// near.
func missed(p *checks.Pass, selector object.Field, namespace string) (edit object.Field, meant string) {
	for _, want := range selector.Entries() {
		v := want.Str()
		if near := nearest.Name(v.V, registry.LabelValues(p, namespace, want.Name())); v.Known() && near != "" && near != v.V {
			return want, want.Name() + "=" + near
		}
	}
	if pairs := selector.Entries(); len(pairs) == 1 {
		return pairs[0], ""
	}
	return selector, ""
}

// inhabited are the namespaces in which the input has pods.
func inhabited(p *checks.Pass) map[string]bool {
	return checks.Once(p, inhabitedKey{}, func() map[string]bool {
		namespaces := map[string]bool{}
		for _, w := range p.Workloads() {
			namespaces[p.NamespaceOf(w.Object)] = true
		}
		return namespaces
	})
}

// machineSelected reports whether a Sidecar selects the proxy of a machine outside of pods in its namespace.
func machineSelected(p *checks.Pass, sidecar *object.Object) object.Truth {
	some := object.No()
	for _, m := range views.Machines(p.Set) {
		for _, labels := range m.Labels {
			some = some.Or(p.SameNamespace(m.Object, sidecar).And(object.Selects(sidecarLabels(sidecar), labels)))
		}
	}
	return some
}
