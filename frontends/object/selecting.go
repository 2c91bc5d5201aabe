package object

import (
	"iter"
	"slices"
)

// label is one label of pods in one namespace; the namespace is empty where it does
// not matter.
type label struct{ namespace, key, value string }

// pods counts the workloads that have a label on their pods: of the pairs of a
// selector, the rarest one tells most.
type pods struct {
	here       map[label]int
	everywhere map[label]int
}

func (s *Set) countPods() pods {
	p := pods{here: map[label]int{}, everywhere: map[label]int{}}
	for _, w := range s.workloads {
		ns := s.NamespaceOf(w.Object)
		for _, l := range w.Labels().Entries() {
			if v := l.Str(); v.Known() {
				p.here[label{ns, l.Name(), v.V}]++
				p.everywhere[label{"", l.Name(), v.V}]++
			}
		}
	}
	return p
}

// SelectorIndex answers which of some objects may select the pods of a workload, in time
// that does not grow with their number: each object is filed under one pair of its
// selector, the one that the fewest workloads have, and a workload looks up its
// labels.
type SelectorIndex struct {
	set     *Set
	objects []*Object
	filed   map[label][]int // indexes of objects
	open    []int           // of which the selector or the namespace is not fully known
}

// IndexSelectors makes an index of objects that select pods of their own namespace by the
// labels that selector returns.
func (s *Set) IndexSelectors(objects []*Object, selector func(*Object) Field) *SelectorIndex {
	x := &SelectorIndex{set: s, objects: objects, filed: map[label][]int{}}
	if len(objects) == 0 {
		return x
	}
	count := s.pods()
	for i, o := range objects {
		labels := selector(o)
		pairs, known := s.pairs(o, labels)
		if !known || labels.Partial() {
			x.open = append(x.open, i)
		} else if len(pairs) > 0 {
			rarest := slices.MinFunc(pairs, func(a, b label) int { return count.here[a] - count.here[b] })
			x.filed[rarest] = append(x.filed[rarest], i)
		}
	}
	return x
}

// Candidates returns the objects that may select the pods of a workload, in the order of the
// input: all that do, all that may because something is not known, and a few more.
// Those with an empty selector are not among them.
func (x *SelectorIndex) Candidates(w *Workload) []*Object {
	if len(x.objects) == 0 {
		return nil
	}
	if !x.set.fullyKnown(w) {
		return x.objects
	}
	found := slices.Clone(x.open)
	ns := x.set.NamespaceOf(w.Object)
	for _, l := range w.Labels().Entries() {
		found = append(found, x.filed[label{ns, l.Name(), l.Str().V}]...)
	}
	slices.Sort(found)
	objects := make([]*Object, 0, len(found))
	for _, i := range slices.Compact(found) {
		objects = append(objects, x.objects[i])
	}
	return objects
}

// pairs are the pairs of a selector with the namespace of its object; known is false
// where one of them or the namespace is not known.
func (s *Set) pairs(o *Object, selector Field) (pairs []label, known bool) {
	if selector.Unknown() || o.Get("metadata", "namespace").Unknown() {
		return nil, false
	}
	for _, e := range selector.Entries() {
		v := e.Str()
		if v.Unknown() {
			return nil, false
		}
		pairs = append(pairs, label{s.NamespaceOf(o), e.Name(), v.V})
	}
	return pairs, true
}

// nearMisses is the index of NearServices.
type nearMisses struct {
	all  map[label][]int // Services of any namespace, under their rarest pair
	most map[label][]int // Services of the namespace, under their two rarest pairs
}

// NearMissServices returns, in the order of the input, the Services that select the pods
// of a workload or would but for their namespace, their type or one pair of their
// selector, and others that do not. What is not known is never near.
func (s *Set) NearMissServices(w *Workload) iter.Seq[*Service] {
	x := s.near()
	ns := s.NamespaceOf(w.Object)
	var lists [][]int
	for _, l := range w.Labels().Entries() {
		v := l.Str().V
		lists = append(lists, x.all[label{"", l.Name(), v}], x.most[label{ns, l.Name(), v}])
	}
	return func(yield func(*Service) bool) {
		for i := range merged(lists) {
			if !yield(s.services[i]) {
				return
			}
		}
	}
}

func (s *Set) indexNear() nearMisses {
	x := nearMisses{map[label][]int{}, map[label][]int{}}
	count := s.pods()
	for i, svc := range s.services {
		pairs, known := s.pairs(svc.Object, svc.Selector)
		if !known || len(pairs) == 0 {
			continue
		}
		slices.SortStableFunc(pairs, func(a, b label) int { return count.here[a] - count.here[b] })
		for _, pair := range pairs[:min(2, len(pairs))] {
			x.most[pair] = append(x.most[pair], i)
		}
		for j := range pairs {
			pairs[j].namespace = ""
		}
		rarest := slices.MinFunc(pairs, func(a, b label) int { return count.everywhere[a] - count.everywhere[b] })
		x.all[rarest] = append(x.all[rarest], i)
	}
	return x
}

// merged yields the numbers of sorted lists in their order, each once.
func merged(lists [][]int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for {
			lists = slices.DeleteFunc(lists, func(l []int) bool { return len(l) == 0 })
			if len(lists) == 0 {
				return
			}
			next := lists[0][0]
			for _, l := range lists[1:] {
				next = min(next, l[0])
			}
			for i, l := range lists {
				if l[0] == next {
					lists[i] = l[1:]
				}
			}
			if !yield(next) {
				return
			}
		}
	}
}
