package search

import (
	"cmp"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// maxLabels is how many labels or annotations of a Namespace are compared, far above what one has.
const maxLabels = 1000

// Why not all labels or annotations of a namespace are known.
const (
	theyDiffer = "the declarations of the namespace differ"
	tooMany    = "there are too many labels or annotations"
)

// declared is what some Namespaces of one name say.
type declared struct {
	objects             []*object.Object
	labels, annotations tally
}

func newDeclared(objects ...*object.Object) *declared {
	d := &declared{labels: tally{values: map[string]*tallied{}}, annotations: tally{values: map[string]*tallied{}}}
	for _, o := range objects {
		d.add(o)
	}
	return d
}

func (d *declared) add(o *object.Object) {
	d.objects = append(d.objects, o)
	d.labels.add(o.OwnLabels().Node())
	d.annotations.add(o.OwnAnnotations().Node())
}

// tally counts the entries of mappings.
type tally struct {
	mappings int
	first    []object.Entry // of the first mapping
	values   map[string]*tallied
	open     string // why there may be others
}

type tallied struct {
	value  string
	times  int
	differ bool
}

func (t *tally) add(n *object.Node) {
	t.mappings++
	switch {
	case n == nil || n.Kind == object.Null:
		return
	case n.Kind == object.Unknown:
		t.open = n.Text
		return
	case len(n.Entries) > maxLabels:
		t.open = tooMany
		return
	}
	t.open = cmp.Or(t.open, n.Partial)
	if t.mappings == 1 {
		t.first = n.Entries
	}
	for _, e := range n.Entries {
		v := t.values[e.Key]
		if v == nil {
			v = &tallied{value: textOf(e.Value)}
			t.values[e.Key] = v
		}
		v.times++
		v.differ = v.differ || e.Value != nil && e.Value.Kind == object.Unknown || v.value != textOf(e.Value)
	}
}

// textOf is a value as it is compared: null is the empty text to Kubernetes.
func textOf(n *object.Node) string {
	if n == nil {
		return ""
	}
	return n.Text
}

// all reports whether all mappings have an entry, with one value.
func (t *tally) all(key string) bool {
	v := t.values[key]
	return v != nil && v.times == t.mappings && !v.differ
}

// may reports whether an entry is compatible with what the mappings say.
func (t *tally) may(e object.Entry) bool {
	v := t.values[e.Key]
	return v == nil || !v.differ && v.value == textOf(e.Value)
}

// agreed are the declarations of one namespace of a cluster: what Applications make of it, and
// the Namespaces beside them; each may be nil.
//
// Argo CD puts the labels of an Application over those that the namespace has, and takes away those
// that it has put there before. So of what several Applications say, a part holds that depends on
// which of them was synchronized last; and where a Namespace beside them says something else, each
// undoes what the other has done.
type agreed struct {
	managed, beside *declared
	object          *object.Object
}

// shared is the namespace for releases whose Application says nothing of it; nil where nobody does.
func (a *agreed) shared() *object.Object {
	if a.object == nil {
		for _, d := range []*declared{a.managed, a.beside} {
			if d != nil {
				a.object = a.seenFrom(d.objects[0])
				break
			}
		}
	}
	return a.object
}

// seenFrom is the namespace with its places in one of its declarations where that says something
// that holds, a managed one where there is one.
func (a *agreed) seenFrom(o *object.Object) *object.Object {
	var labels, annotations []*tally
	declarations := 0
	for _, d := range []*declared{a.managed, a.beside} {
		if d != nil {
			labels, annotations = append(labels, &d.labels), append(annotations, &d.annotations)
			declarations += len(d.objects)
		}
	}
	if declarations == 1 {
		return o
	}
	return withMetadata(o, together(o, "labels", labels), together(o, "annotations", annotations))
}

// together is a mapping of a Namespace of the first of some tallies with what holds of all.
func together(o *object.Object, key string, tallies []*tally) object.Entry {
	whole := entryOf(entryOf(o.Tree, "metadata").Value, key)
	n := &object.Node{Kind: object.Map}
	var own []object.Entry
	if whole.Value != nil {
		n.Ref, own = whole.Value.Ref, whole.Value.Entries
	}
	for i, t := range tallies {
		entries := t.first
		if i == 0 {
			entries = own
		}
		n.Partial = cmp.Or(n.Partial, t.open)
		holds := 0
		for _, e := range entries {
			if !t.all(e.Key) {
				continue
			}
			holds++
			other := tallies[len(tallies)-1-i]
			switch {
			case !other.may(e):
				n.Partial = theyDiffer
			case i == 0 || !tallies[0].all(e.Key):
				n.Entries = append(n.Entries, e)
			}
		}
		if holds < len(t.values) {
			n.Partial = theyDiffer
		}
	}
	if whole.Value == nil && len(n.Entries) == 0 && n.Partial == "" {
		return whole
	}
	whole.Value = n
	return whole
}
