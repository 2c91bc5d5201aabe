package boundaries

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// selection is what a selector selects.
type selection struct {
	pods []*object.Workload // certainly
	any  object.Truth       // whether there are any
}

type selectedKey struct{}

// selectedBySidecars are the workloads of their namespaces that Sidecars select.
func selectedBySidecars(p *checks.Pass) map[*object.Object]selection {
	return checks.Once(p, selectedKey{}, func() map[*object.Object]selection {
		index := p.SelectorsOf(views.Networking, "Sidecar", sidecarLabels)
		selected := map[*object.Object]selection{}
		for _, w := range p.Workloads() {
			for _, o := range index.Near(w) {
				selects := p.SameNamespace(o, w.Object).And(object.Selects(sidecarLabels(o), w.Labels()))
				s := selected[o]
				s.any = s.any.Or(selects)
				if selects.True() {
					s.pods = append(s.pods, w)
				}
				selected[o] = s
			}
		}
		return selected
	})
}

// pair is a label with its value.
type pair struct{ key, value string }

// podIndex finds workloads of any namespace by the labels of their pods.
type podIndex struct {
	by map[pair][]*object.Workload
	// open are those whose labels are not all known.
	open []*object.Workload
}

type podIndexKey struct{}

func podsByLabel(p *checks.Pass) podIndex {
	return checks.Once(p, podIndexKey{}, func() podIndex {
		x := podIndex{by: map[pair][]*object.Workload{}}
		for _, w := range p.Workloads() {
			labels := w.Labels()
			if labels.Unknown() || labels.Partial() || slices.ContainsFunc(labels.Entries(), object.Field.Unknown) {
				x.open = append(x.open, w)
				continue
			}
			for _, l := range labels.Entries() {
				at := pair{l.Name(), l.Str().V}
				x.by[at] = append(x.by[at], w)
			}
		}
		return x
	})
}

// selected are the workloads of any namespace that a mapping of labels selects.
func (x podIndex) selected(selector object.Field) selection {
	if selector.Unknown() {
		return selection{any: object.Undecided(selector)}
	}
	var near []*object.Workload
	narrowed := false
	for _, want := range selector.Entries() {
		if want.Unknown() {
			continue
		}
		if some := x.by[pair{want.Name(), want.Str().V}]; !narrowed || len(some) < len(near) {
			near, narrowed = some, true
		}
	}
	s := selection{}
	if !narrowed && len(selector.Entries()) > 0 {
		s.any = object.Undecided(selector.Entries()[0])
	}
	for _, w := range slices.Concat(near, x.open) {
		selects := object.Selects(selector, w.Labels())
		s.any = s.any.Or(selects)
		if selects.True() {
			s.pods = append(s.pods, w)
		}
	}
	return s
}

// mayMeet reports whether two objects may be in one namespace although the input has them in two: where one of them names
// none, it goes where it is installed.
func mayMeet(a, b *object.Object) bool { return (a.Namespace == "") != (b.Namespace == "") }
