package checks

import "github.com/mesh-check/mesh-check/frontends/object"

// Selectors finds the objects of one kind that select the pods of a workload, or that
// hold for a whole namespace: without it every workload would be compared with every
// object.
type Selectors struct {
	selecting *object.SelectorIndex
	wide      map[string][]*object.Object
}

// Near returns the objects that may select the pods of a workload, in the order of the
// input; whether one does is for object.Selects to say.
func (x *Selectors) Near(w *object.Workload) []*object.Object { return x.selecting.Candidates(w) }

// Wide returns the objects of a namespace whose selector is empty, or not known.
func (x *Selectors) Wide(namespace string) []*object.Object { return x.wide[namespace] }

type selectorsKey struct{ group, kind string }

// SelectorsOf is the index of a group and kind whose objects select pods by the labels that
// selector returns.
func (p *Pass) SelectorsOf(group, kind string, selector func(*object.Object) object.Field) *Selectors {
	return Once(p, selectorsKey{group, kind}, func() *Selectors {
		objects := p.ByKind(group, kind)
		x := &Selectors{selecting: p.IndexSelectors(objects, selector), wide: map[string][]*object.Object{}}
		for _, o := range objects {
			if len(selector(o).Entries()) == 0 {
				ns := p.NamespaceOf(o)
				x.wide[ns] = append(x.wide[ns], o)
			}
		}
		return x
	})
}
