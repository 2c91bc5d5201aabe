package labels

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// lacks reports whether the pods of a workload certainly have no label of an identity.
func lacks(p *checks.Pass, w *object.Workload, id identity) bool {
	return p.Decide(id.has(w.Labels(), p.Mesh).Not())
}

// onObjectAlone returns the label of an identity that the workload itself has while
// its pods lack every one.
func onObjectAlone(p *checks.Pass, w *object.Workload, id identity) (object.Str, bool) {
	if !w.Templated() {
		return object.Str{}, false
	}
	label, has := id.in(w.OwnLabels(), p.Mesh)
	return label, has.True() && !slices.Contains(scaffoldNames, label.V) && lacks(p, w, id)
}

// reportMissing reports a workload whose pods lack an identity, unless the label
// is on the workload itself, which is the fault of another check.
func reportMissing(p *checks.Pass, w *object.Workload, id identity, loss string) {
	if !lacks(p, w, id) {
		return
	}
	if _, away := onObjectAlone(p, w, id); away {
		return
	}
	if empty, is := id.empty(w.Labels(), p.Mesh); is {
		p.Report(empty, "label %s of the pods of %s %q is empty: %s", empty.Name(), w.Kind, w.Name, loss)
		return
	}
	p.Report(w.PodLabel(id.old), "the pods of %s %q have no label %s: %s",
		w.Kind, w.Name, alternatives(id.labels(p.Mesh)), loss)
}

// alternatives lists labels, the usual one first.
func alternatives(keys []string) string {
	usual := append([]string(nil), keys...)
	for i, j := 0, len(usual)-1; i < j; i, j = i+1, j-1 {
		usual[i], usual[j] = usual[j], usual[i]
	}
	if len(usual) == 1 {
		return usual[0]
	}
	last := len(usual) - 1
	return strings.Join(usual[:last], ", ") + " or " + usual[last]
}

// lasting returns the applications whose pods stay and have the labels that are written.
func lasting(p *checks.Pass) []*object.Workload {
	return slices.DeleteFunc(p.Applications(), func(w *object.Workload) bool { return w.Transient() || w.LabelledByOthers() })
}
