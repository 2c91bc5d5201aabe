package object

import (
	"sync"

	"github.com/mesh-check/mesh-check/render/source"
)

// Set is all objects of one root, analyzed as one cluster, with the indexes that
// checks ask for. A Set is not changed after NewSet.
type Set struct {
	objects    []*Object
	byKind     map[groupKind][]*Object
	workloads  []*Workload
	services   []*Service
	namespaces map[string]*Object
	namespace  string // where objects without a namespace lie
	unread     *source.Error
	broken     []Broken

	servicesOf  map[*Workload]Matches[*Service]
	workloadsOf map[*Object]Matches[*Workload]

	pods func() pods // made when first asked for, as is near
	near func() nearMisses
}

type groupKind struct{ group, kind string }

// Matches is the answer of a selection: what certainly matches, and what may match
// because a value is not known.
type Matches[T any] struct {
	Sure  []T
	Maybe []Match[T]
}

// Match is one match that depends on an unknown field.
type Match[T any] struct {
	Value   T
	Because Field
}

// NewSet indexes objects; namespace is where objects lie that name none. The order
// of objects is kept.
func NewSet(namespace string, objects []*Object) *Set {
	s := &Set{
		objects: objects, namespace: namespace,
		byKind:      map[groupKind][]*Object{},
		namespaces:  map[string]*Object{},
		servicesOf:  map[*Workload]Matches[*Service]{},
		workloadsOf: map[*Object]Matches[*Workload]{},
	}
	for _, o := range objects {
		gk := groupKind{o.Group(), o.Kind}
		s.byKind[gk] = append(s.byKind[gk], o)
		s.workloads = append(s.workloads, WorkloadsIn(o)...)
		if svc, ok := AsService(o); ok {
			s.services = append(s.services, svc)
		}
		if o.Is("", "Namespace") && s.namespaces[o.Name] == nil {
			s.namespaces[o.Name] = o
		}
	}
	s.pods = sync.OnceValue(s.countPods)
	s.near = sync.OnceValue(s.indexNear)
	s.associate()
	return s
}

// Objects returns all objects in the order of the input.
func (s *Set) Objects() []*Object { return s.objects }

// ByKind returns the objects of a group and kind, in any version.
func (s *Set) ByKind(group, kind string) []*Object { return s.byKind[groupKind{group, kind}] }

// Workloads returns the views of all objects that make pods.
func (s *Set) Workloads() []*Workload { return s.workloads }

// Services returns the views of all Services.
func (s *Set) Services() []*Service { return s.services }

// NamespaceOf is the namespace in which an object will lie: its own, else that of
// the release.
func (s *Set) NamespaceOf(o *Object) string {
	if o.Namespace == "" {
		return s.namespace
	}
	return o.Namespace
}

// DisplayNamespace is the namespace that outputs name an object by: that of NamespaceOf,
// and none for an object that is in no namespace.
func (s *Set) DisplayNamespace(o *Object) string {
	if o.ClusterWide() {
		return ""
	}
	return s.NamespaceOf(o)
}

// Namespace returns the Namespace object of a name; nil where the input has none.
func (s *Set) Namespace(name string) *Object { return s.namespaces[name] }

// SameNamespace reports whether two objects are in one namespace. Namespaces that are not
// known are one where one expression gives them.
func (s *Set) SameNamespace(a, b *Object) Truth {
	same := s.NamespaceOf(a) == s.NamespaceOf(b)
	for _, o := range []*Object{a, b} {
		if ns := o.Get("metadata", "namespace"); ns.Unknown() && (!same || o.Namespace == "") {
			return Undecided(ns)
		}
	}
	return TruthOf(same)
}

// ServicesOf returns the Services that select the pods of a workload: of the same
// namespace, not ExternalName, with a selector that is not empty and is a subset of
// the pods' labels.
func (s *Set) ServicesOf(w *Workload) Matches[*Service] { return s.servicesOf[w] }

// WorkloadsOf returns the workloads whose pods a Service selects.
func (s *Set) WorkloadsOf(svc *Service) Matches[*Workload] { return s.workloadsOf[svc.Object] }

// Selects reports whether a mapping of labels (a Service's selector, matchLabels) is a
// subset of the labels of a workload's pods. An empty or missing selector selects
// nothing.
func Selects(selector Field, labels Field) Truth {
	if selector.Unknown() {
		return Undecided(selector)
	}
	entries := selector.Entries()
	all := Yes()
	switch {
	case selector.Partial(): // what it asks for besides is not known
		all = Undecided(selector)
	case len(entries) == 0:
		return No()
	}
	for _, want := range entries {
		all = all.And(sameText(want.Str(), labels.Get(want.Name()).Str()))
	}
	return all
}

// sameText compares two labels that are written; Kubernetes reads null as empty text, and
// what one expression gives is the same, known or not.
func sameText(a, b Str) Truth {
	switch {
	case a.Unknown() && b.Unknown() && a.Given() != "" && a.Given() == b.Given():
		return Yes()
	case a.Unknown():
		return Undecided(a.Field)
	case b.Unknown():
		return Undecided(b.Field)
	}
	return TruthOf(a.Node() != nil && b.Node() != nil && a.V == b.V)
}

// associate joins Services and workloads.
func (s *Set) associate() {
	services := make([]*Object, len(s.services))
	views := make(map[*Object]*Service, len(s.services))
	for i, svc := range s.services {
		services[i], views[svc.Object] = svc.Object, svc
	}
	selecting := s.IndexSelectors(services, serviceSelector)
	for _, w := range s.workloads {
		for _, svc := range selecting.Candidates(w) {
			s.join(views[svc], w)
		}
	}
}

func (s *Set) join(svc *Service, w *Workload) {
	t := svc.External().Not().And(s.SameNamespace(svc.Object, w.Object)).And(Selects(svc.Selector, w.Labels()))
	of, on := s.servicesOf[w], s.workloadsOf[svc.Object]
	if because, is := t.Undecided(); is {
		of.Maybe = append(of.Maybe, Match[*Service]{svc, because})
		on.Maybe = append(on.Maybe, Match[*Workload]{w, because})
	} else if t.True() {
		of.Sure = append(of.Sure, svc)
		on.Sure = append(on.Sure, w)
	} else {
		return
	}
	s.servicesOf[w], s.workloadsOf[svc.Object] = of, on
}

func (s *Set) fullyKnown(w *Workload) bool {
	if w.Labels().Unknown() || w.Labels().Partial() || w.Get("metadata", "namespace").Unknown() {
		return false
	}
	for _, l := range w.Labels().Entries() {
		if l.Unknown() {
			return false
		}
	}
	return true
}

// WithUnread tells a new Set that a part of its input was not read, and why: what the Set
// does not have may be there. nil says that all of it was read.
func (s *Set) WithUnread(why *source.Error) *Set {
	s.unread = why
	return s
}

// Unread is why a part of the input was not read; nil where all of it was.
func (s *Set) Unread() *source.Error { return s.unread }
