package meshcheck

import (
	"cmp"
	"fmt"

	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// analyzeTogether runs the suite over the objects of all inputs as one cluster. What it
// finds and what it must leave open goes to the input whose object it is at.
func (a *analyzer) analyzeTogether(verdicts []*inputResult) {
	var all []*object.Object
	home := map[*object.Object]*setOutcome{}
	kept := a.deduped(verdicts)
	for _, v := range verdicts {
		for i := range v.parts {
			p := &v.parts[i]
			for _, o := range p.objects {
				if kept[o] {
					home[o] = p
					all = append(all, o)
				}
			}
		}
	}
	outcome := a.check(all, unreadOf(verdicts))
	for i, v := range verdicts {
		own := v.bug
		for _, b := range outcome.Bugs {
			v.fail("", b.Fault(v.input.Path))
		}
		v.ended(outcome)
		if v.close(); i > 0 {
			v.bug = own // one bug is reported once
		}
	}
	for _, f := range outcome.Findings {
		p := home[f.Field.Object()]
		p.outcome.Findings = append(p.outcome.Findings, f)
	}
	for _, o := range outcome.Questions {
		p := home[o.Field.Object()]
		p.outcome.Questions = append(p.outcome.Questions, o)
	}
}

// deduped picks the objects to judge where several inputs have the same one, as a chart
// and the helm_release that installs it have: a cluster has each object once. That of
// Terraform says with which values, so it is taken, unless it is but a patch of the
// other one.
func (a *analyzer) deduped(verdicts []*inputResult) map[*object.Object]bool {
	type id struct{ group, kind, namespace, name string }
	type holder struct {
		object *object.Object
		input  *inputResult
	}
	kept, taken := map[*object.Object]bool{}, map[id]holder{}
	twice := map[*inputResult]int{}
	for _, v := range verdicts {
		for _, p := range v.parts {
			for _, o := range p.objects {
				key := id{o.Group(), o.Kind, cmp.Or(o.Namespace, a.helm.Namespace), o.Name}
				first, has := taken[key]
				switch {
				case !named(o) || has && first.input == v:
					kept[o] = true // what one input has twice is its own affair
				case !has:
					kept[o], taken[key] = true, holder{o, v}
				case better(o, first.object):
					delete(kept, first.object)
					twice[first.input]++
					kept[o], taken[key] = true, holder{o, v}
				default:
					twice[v]++
				}
			}
		}
	}
	for v, n := range twice {
		v.notes = append(v.notes, fmt.Sprintf("%d of its objects are also in another input and are checked there", n))
	}
	return kept
}

// named reports whether an object is known by its own name and namespace, and not by its
// address or an expression, which other inputs have too.
func named(o *object.Object) bool {
	return o.Name != "" && o.Name != o.Address && !o.Get("metadata", "name").Unknown() && !o.Get("metadata", "namespace").Unknown()
}

// better reports whether an object is to be analyzed in the place of another one of the
// same name.
func better(o, first *object.Object) bool {
	if (o.Address == "") != (first.Address == "") {
		mine, other := size(o.Tree), size(first.Tree)
		return o.Address != "" && 2*mine >= other || o.Address == "" && mine > 2*other
	}
	return false
}

// size is the number of nodes of a tree.
func size(n *object.Node) int {
	if n == nil {
		return 0
	}
	total := 1
	for _, e := range n.Entries {
		total += size(e.Value)
	}
	for _, item := range n.Items {
		total += size(item)
	}
	return total
}

// settle writes the namespace of an input into its objects that have none: those of other
// inputs, which are analyzed beside them, lie elsewhere.
func (v *inputResult) settle(o input.Own) {
	for _, p := range v.parts {
		for _, obj := range p.objects {
			if obj.Namespace == "" && o.Namespace != "" {
				obj.Namespace = o.Namespace
			}
		}
	}
}
