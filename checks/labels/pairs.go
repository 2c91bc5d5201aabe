package labels

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// pair are the two labels of an identity that people write, the old and the recommended one.
type pair struct {
	old, recommended object.Str
	// differ says that both are there with different values, and none that comes before.
	differ object.Truth
}

// pairOf reads an identity of a workload's pods.
func pairOf(w *object.Workload, id identity) pair {
	canonical, recommended, old := w.PodLabel(id.keys[0]), w.PodLabel(id.keys[1]), w.PodLabel(id.old)
	differ := canonical.NotEmpty().Not().And(recommended.NotEmpty()).And(old.NotEmpty()).And(same(old, recommended).Not())
	return pair{old, recommended, differ}
}

// called reports whether Istio's metrics have a name for a workload, and by which label, where that is known.
func called(w *object.Workload, name object.Str) (by object.Str, is object.Truth) {
	earlier := object.No()
	for _, key := range appIdentity.keys {
		label := w.PodLabel(key)
		if by.Node() == nil && label.V == name.V {
			by = label
		}
		is = is.Or(earlier.Not().And(same(label, name)))
		earlier = earlier.Or(label.NotEmpty())
	}
	return by, is
}

// merged is a workload that shares its name in metrics with others, though the labels app tell them apart.
type merged struct {
	*object.Workload
	pair
	others []namesake
}

// namesake is another workload of the name, and the label that gives it.
type namesake struct {
	*object.Workload
	label object.Str
}

// mergedNames are the names that several applications have in metrics because of the recommended label, though their labels app
// tell them apart: each with the first workload whose own two labels differ. Such a workload alone does no harm.
func mergedNames(p *checks.Pass) []merged {
	type name struct{ namespace, name string }
	all := slices.DeleteFunc(lasting(p), func(w *object.Workload) bool { return w.Kind == "PodTemplate" || w.Owned() })
	known := map[name]bool{}
	var names []merged
	for _, w := range all {
		app := pairOf(w, appIdentity)
		key := name{p.NamespaceOf(w.Object), app.recommended.V}
		if app.differ.False() || known[key] {
			continue
		}
		first, shared := merged{Workload: w, pair: app}, object.No()
		for _, other := range all {
			if other.String() == w.String() || p.NamespaceOf(other.Object) != key.namespace {
				continue
			}
			label, is := called(other, app.recommended)
			is = is.And(same(other.PodLabel(appIdentity.old), app.old).Not())
			if shared = shared.Or(is); is.True() {
				first.others = append(first.others, namesake{other, label})
			}
		}
		if p.Decide(app.differ.And(shared)) {
			known[key] = true
			names = append(names, first)
		}
	}
	return names
}
