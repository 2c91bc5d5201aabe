package views

import "github.com/mesh-check/mesh-check/frontends/object"

// Binding is the view of a RoleBinding or ClusterRoleBinding.
type Binding struct{ *object.Object }

// AsBinding returns the view of a binding of roles.
func AsBinding(o *object.Object) Binding { return Binding{o} }

// SubjectList is the list of whom the binding names.
func (b Binding) SubjectList() object.Field { return b.Get("subjects") }

// Subject is one whom a binding names.
type Subject struct {
	Kind, Name object.Str // ServiceAccount, User or Group
	Namespace  object.Str // of a ServiceAccount; it has no default
}

// Subjects are the elements of SubjectList.
func (b Binding) Subjects() []Subject {
	var all []Subject
	for _, f := range b.SubjectList().Items() {
		all = append(all, Subject{f.Get("kind").Str(), f.Get("name").Str(), f.Get("namespace").Str()})
	}
	return all
}

// Role is the kind and the name of the role that the binding gives.
func (b Binding) Role() (kind, name object.Str) {
	ref := b.Get("roleRef")
	return ref.Get("kind").Str(), ref.Get("name").Str()
}

// Role is the view of a Role or ClusterRole.
type Role struct{ *object.Object }

// AsRole returns the view of a role.
func AsRole(o *object.Object) Role { return Role{o} }

// Aggregates reports whether the role takes its rules from other ClusterRoles.
func (r Role) Aggregates() bool { return r.Get("aggregationRule").Exists() }

// Aggregated is the list of label selectors of the ClusterRoles that it takes in.
func (r Role) Aggregated() object.Field { return r.Get("aggregationRule", "clusterRoleSelectors") }

// RuleList is the list of the role's own rules.
func (r Role) RuleList() object.Field { return r.Get("rules") }

// Rule is what a rule of a role allows; each of its fields is a list.
type Rule struct{ APIGroups, Resources, Names, Verbs object.Field }

// Rules are the elements of RuleList.
func (r Role) Rules() []Rule {
	var all []Rule
	for _, f := range r.RuleList().Items() {
		all = append(all, Rule{f.Get("apiGroups"), f.Get("resources"), f.Get("resourceNames"), f.Get("verbs")})
	}
	return all
}
