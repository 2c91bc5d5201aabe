package search

import (
	"path/filepath"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/release"
)

// placeNamespaces gives the releases the namespaces that exist where they are deployed: that of
// the destination, and that which Helm is given where it is another one.
//
// What a manifest or a parent chart has beside an Application is in the cluster of Argo CD, so it
// counts for what is deployed there.
func (f *finder) placeNamespaces() {
	n := &f.namespaces
	type key struct {
		in            any
		cluster, name string
	}
	managed := map[key]*declared{}
	keyOf := func(d deployment, name string) key { return key{d.at.place(), d.cluster, name} }
	for _, d := range n.deployed {
		if d.managed != nil {
			k := keyOf(d, d.namespace)
			if managed[k] == nil {
				managed[k] = newDeclared()
			}
			managed[k].add(d.managed)
		}
	}
	near := f.nearest()
	type question struct {
		key
		at *scope
	}
	answers := map[question]*agreed{}
	for _, d := range n.deployed {
		for i, r := range d.releases {
			for _, name := range namespacesOf(r, d.namespace) {
				q := question{keyOf(d, name), d.at}
				answer := answers[q]
				if answer == nil {
					answer = &agreed{managed: managed[q.key]}
					if d.own {
						answer.beside = near.beside(d.at, name)
					}
					answers[q] = answer
				}
				if d.managed != nil && name == d.namespace {
					// An Application of several charts makes its namespace once.
					r.Namespaces = append(r.Namespaces, release.Namespace{Object: answer.seenFrom(d.managed), Own: i == 0})
				} else if o := answer.shared(); o != nil {
					r.Namespaces = append(r.Namespaces, release.Namespace{Object: o})
				}
			}
		}
	}
}

// namespacesOf are those that the objects of a release can be in: the destination's, and its own.
func namespacesOf(r *release.Release, destination string) (all []string) {
	for _, name := range []string{destination, r.Namespace} {
		if name != "" && (len(all) == 0 || all[0] != name) {
			all = append(all, name)
		}
	}
	return all
}

// place tells which declarations are in one cluster: those that a chart renders with one set, and
// those in manifests of one directory.
func (s *scope) place() any {
	if s.file == "" {
		return s
	}
	return filepath.Dir(s.file)
}

// beside are the Namespaces of a name that parent charts render; else file is the manifest in
// which the outermost of them is declared.
func (s *scope) beside(name string) (rendered []*object.Object, file string) {
	for ; s != nil; s = s.outer {
		if len(s.rendered[name]) > 0 {
			return s.rendered[name], ""
		}
		if s.file != "" {
			return nil, s.file
		}
	}
	return nil, ""
}

// in is a namespace, and a file or directory.
type in struct{ path, name string }

// nearest are the Namespaces of manifests, by the file or directory for which they count: the
// deepest one that has the Namespace and a declaration that deploys there, in itself or below.
// So clusters/prod/namespaces.yaml does not count for what clusters/test deploys.
type nearest struct {
	counts map[in][]manifestNamespace
	known  map[any]map[string]*declared
	decode func([]manifestNamespace) []*object.Object
}

func (f *finder) nearest() *nearest {
	n := &f.namespaces
	deploys := map[in]bool{}
	for _, d := range n.deployed {
		for _, r := range d.releases {
			for _, name := range namespacesOf(r, d.namespace) {
				if _, file := d.at.beside(name); d.own && file != "" {
					upwards(file, func(path string) bool {
						done := deploys[in{path, name}] // and all above
						deploys[in{path, name}] = true
						return done
					})
				}
			}
		}
	}
	near := &nearest{map[in][]manifestNamespace{}, map[any]map[string]*declared{}, f.decode}
	for _, m := range n.manifests {
		upwards(m.file, func(path string) bool {
			at := in{path, m.name}
			if deploys[at] {
				near.counts[at] = append(near.counts[at], m)
			}
			return deploys[at]
		})
	}
	return near
}

// upwards calls f with a file and the directories that it is in, until f says that it is done.
func upwards(path string, f func(path string) (done bool)) {
	for {
		if f(path) {
			return
		}
		up := filepath.Dir(path)
		if up == path {
			return
		}
		path = up
	}
}

// beside is what Namespaces of a name say that are beside a declaration; nil where there is none.
func (near *nearest) beside(at *scope, name string) *declared {
	rendered, file := at.beside(name)
	key := any(at)
	var listed []manifestNamespace
	if file != "" {
		upwards(file, func(path string) bool {
			listed, key = near.counts[in{path, name}], path
			return len(listed) > 0
		})
	}
	if near.known[key] == nil {
		near.known[key] = map[string]*declared{}
	}
	if d, done := near.known[key][name]; done {
		return d
	}
	if all := append(near.decode(listed), rendered...); len(all) > 0 {
		near.known[key][name] = newDeclared(all...)
	}
	return near.known[key][name]
}
