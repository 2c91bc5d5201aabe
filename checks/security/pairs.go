package security

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// wideOnes are the policies of a kind that hold for a whole namespace, namespace by namespace
// in the order of the input: without labels and not attached by reference. What is not
// known leaves one out.
func wideOnes(p *checks.Pass, kind policyKind) [][]*object.Object {
	at := map[string]int{}
	var all [][]*object.Object
	for _, o := range p.ByKind(kind.group, kind.kind) {
		labels := matchLabels(o)
		if labels.Unknown() || labels.Partial() {
			p.Undecided(labels)
			continue
		}
		if len(labels.Entries()) > 0 || !byLabels(p, o) {
			continue
		}
		ns := p.NamespaceOf(o)
		if _, known := at[ns]; !known {
			at[ns] = len(all)
			all = append(all, nil)
		}
		all[at[ns]] = append(all[at[ns]], o)
	}
	return all
}

// clash are two policies that select the pods of one workload.
type clash struct {
	first, second *object.Object
	w             *object.Workload
}

// clashes are, for each policy with labels that is not the first of its kind for some
// workload, the first such workload.
func clashes(p *checks.Pass, kind policyKind) []clash {
	firsts := map[*object.Workload]*object.Object{}
	var all []clash
	for _, o := range p.ByKind(kind.group, kind.kind) {
		if len(matchLabels(o).Entries()) == 0 || !byLabels(p, o) {
			continue
		}
		if because := selectionOf(p, kind, o).because; because.Object() != nil {
			p.Undecided(because)
		}
		found := false
		for _, w := range selectionOf(p, kind, o).sure {
			first := firsts[w]
			if first == nil {
				firsts[w] = o
			} else if !found && !sameObject(p, first, o) && !p.Enrolled(w).Out() {
				all = append(all, clash{first, o, w})
				found = true
			}
		}
	}
	return all
}

// sameObject reports whether two objects are one in the cluster: that of values sets or
// overlays that the input has side by side.
func sameObject(p *checks.Pass, a, b *object.Object) bool {
	return a.Name == b.Name && p.NamespaceOf(a) == p.NamespaceOf(b)
}

// others are the objects of a list that are not the first one in the cluster, too.
func others(p *checks.Pass, list []*object.Object) []*object.Object {
	return slices.DeleteFunc(slices.Clone(list[1:]), func(o *object.Object) bool { return sameObject(p, list[0], o) })
}
