package privileges

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// subject is who a binding of roles names: the keys of its index.
type subject struct{ kind, namespace, name string }

// bindings finds the bindings that name an account, in the order of the input: those
// of namespaces first.
type bindings struct {
	all   []*object.Object
	named map[subject][]int
	open  []int // which of them hang on a value that is not known
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
	b := &bindings{all: slices.Concat(p.Of(rbacGroup, "RoleBinding"), p.Of(rbacGroup, "ClusterRoleBinding")), named: map[subject][]int{}}
	for i, binding := range b.all {
		subjects := binding.Get("subjects")
		open := subjects.Unknown()
		for _, s := range subjects.Items() {
			kind, name, namespace := s.Get("kind").Str(), s.Get("name").Str(), s.Get("namespace").Str()
			if kind.Unknown() || name.Unknown() || namespace.Unknown() {
				open = true
				continue
			}
			key := subject{kind: kind.V, name: name.V}
			if kind.V == "ServiceAccount" {
				key.namespace = namespace.V
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
		return p.Of(rbacGroup, kind)
	}
	return checks.Once(p, rolesKey{kind}, func() map[string][]*object.Object {
		byName := map[string][]*object.Object{}
		for _, role := range p.Of(rbacGroup, kind) {
			byName[role.Name] = append(byName[role.Name], role)
		}
		return byName
	})[name.V]
}
