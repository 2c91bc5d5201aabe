package labels

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// pair are the two labels of an identity that people write, the old and the recommended one.
type pair struct {
	old, recommended object.Str
	// differ says that both are there with different values, and none that comes before.
	differ bool
}

// pairOf reads an identity of a workload's pods.
func pairOf(p *checks.Pass, w *object.Workload, id identity) pair {
	canonical, recommended, old := w.PodLabel(id.keys[0]), w.PodLabel(id.keys[1]), w.PodLabel(id.old)
	differ := canonical.NotEmpty().Not().And(recommended.NotEmpty()).And(old.NotEmpty()).And(same(old, recommended).Not())
	return pair{old, recommended, p.Decide(differ)}
}

// named is the name of an application in metrics, in a namespace.
type named struct{ namespace, name string }

func nameOf(p *checks.Pass, w *object.Workload) named {
	return named{p.NamespaceOf(w.Object), w.PodLabel(appIdentity.keys[1]).V}
}

// mergedNames are the names that several applications have in metrics because of the recommended label, though their labels app
// tell them apart, each with the first of them.
func mergedNames(p *checks.Pass) map[named]*object.Workload {
	first, merged := map[named]*object.Workload{}, map[named]*object.Workload{}
	for _, w := range lasting(p) {
		key := nameOf(p, w)
		if key.name == "" || w.Owned() {
			continue
		}
		before := first[key]
		if before == nil {
			first[key] = w
			continue
		}
		if before.PodLabel(appIdentity.old).V != w.PodLabel(appIdentity.old).V {
			merged[key] = before
		}
	}
	return merged
}
