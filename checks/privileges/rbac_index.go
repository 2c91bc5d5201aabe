package privileges

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// subject is who a binding of roles names: the keys of its index.
type subject struct{ kind, namespace, name string }

// bindings finds the bindings that name an account, in the order of the input: those
// of namespaces first.
type bindings struct {
	all   []*object.Object
	named map[subject][]int
	open  []int // which of them depend on a value that is not known
}

type (
	bindingsKey struct{}
	rolesKey    struct{ kind string }
)

// bindingsOf returns the bindings that may name an account, its user or one of its
// groups.
func bindingsOf(p *checks.Pass, sa serviceAccount) []*object.Object {
	b := checks.Once(p, bindingsKey{}, func() *bindings { return indexBindings(p) })
	found := slices.Concat(b.open, b.named[subject{"ServiceAccount", sa.namespace, sa.name}], b.named[subject{kind: "User", name: sa.user()}])
	for _, group := range sa.groups() {
		found = append(found, b.named[subject{kind: "Group", name: group}]...)
	}
	slices.Sort(found)
	var of []*object.Object
	for _, i := range slices.Compact(found) {
		of = append(of, b.all[i])
	}
	return of
}

func indexBindings(p *checks.Pass) *bindings {
	b := &bindings{all: slices.Concat(p.ByKind(rbacGroup, "RoleBinding"), p.ByKind(rbacGroup, "ClusterRoleBinding")), named: map[subject][]int{}}
	for i, binding := range b.all {
		view := views.AsBinding(binding)
		open := view.SubjectList().Unknown()
		for _, s := range view.Subjects() {
			if s.Kind.Unknown() || s.Name.Unknown() || s.Namespace.Unknown() {
				open = true
				continue
			}
			key := subject{kind: s.Kind.V, name: s.Name.V}
			if s.Kind.V == "ServiceAccount" {
				key.namespace = s.Namespace.V
			}
			b.named[key] = append(b.named[key], i)
		}
		if open {
			b.open = append(b.open, i)
		}
	}
	return b
}

// rolesNamed returns the roles of a kind and name; all of them where the name is not
// known.
func rolesNamed(p *checks.Pass, kind string, name object.Str) []*object.Object {
	if name.Unknown() {
		return p.ByKind(rbacGroup, kind)
	}
	return checks.Once(p, rolesKey{kind}, func() map[string][]*object.Object {
		byName := map[string][]*object.Object{}
		for _, role := range p.ByKind(rbacGroup, kind) {
			byName[role.Name] = append(byName[role.Name], role)
		}
		return byName
	})[name.V]
}
