package privileges

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// rbacGroup is the API group of roles and bindings.
const rbacGroup = "rbac.authorization.k8s.io"

// serviceAccount is who asks.
type serviceAccount struct{ namespace, name string }

// String is the account as messages name it.
func (sa serviceAccount) String() string { return sa.namespace + "/" + sa.name }

// user is the user name under which the account asks, and groups are the groups that
// it is in. Source: the Kubernetes documentation, "Authenticating", service accounts.
func (sa serviceAccount) user() string {
	return "system:serviceaccount:" + sa.namespace + ":" + sa.name
}

func (sa serviceAccount) groups() []string {
	return []string{"system:serviceaccounts", "system:serviceaccounts:" + sa.namespace, "system:authenticated"}
}

// access is what is asked for: a verb on a named object of a resource.
type access struct {
	verb, resource string
	groups         []string // the API groups under which the resource is known
	name           object.Str
}

// can answers as `kubectl auth can-i VERB RESOURCE/NAME --as=…` would, in the
// namespace of the account, as far as the input has the roles and bindings. by is
// the binding that decides, where there is one.
func can(p *checks.Pass, sa serviceAccount, a access) (answer object.Truth, by *object.Object) {
	answer = object.No()
	for _, binding := range bindingsOf(p, sa) {
		t := binds(p, binding, sa)
		if t.False() {
			continue
		}
		if t = t.And(grants(p, binding, a)); t.True() {
			return t, binding
		}
		if !t.False() && answer.False() {
			by = binding
		}
		answer = answer.Or(t)
	}
	return answer, by
}

// binds reports whether a binding holds in the account's namespace and names the
// account, its user or one of its groups.
func binds(p *checks.Pass, binding *object.Object, sa serviceAccount) object.Truth {
	here := object.Yes()
	if binding.Kind == "RoleBinding" {
		here = object.TruthOf(p.NamespaceOf(binding) == sa.namespace)
		if ns := binding.NamespaceField(); ns.Unknown() && (here.False() || binding.Namespace == "") {
			here = object.Undecided(ns)
		}
	}
	if subjects := views.AsBinding(binding).SubjectList(); subjects.Unknown() {
		return here.And(object.Undecided(subjects))
	}
	named := object.No()
	for _, s := range views.AsBinding(binding).Subjects() {
		named = named.
			// A subject has no default namespace.
			Or(s.Kind.Is("ServiceAccount").And(s.Name.Is(sa.name)).And(isNamespace(s.Namespace, sa.namespace))).
			Or(s.Kind.Is("Group").And(s.Name.In(sa.groups()...))).
			Or(s.Kind.Is("User").And(s.Name.Is(sa.user())))
	}
	return here.And(named)
}

// isNamespace reports whether a namespace is the one of a name, which is an expression
// where it is not known.
func isNamespace(ns object.Str, name string) object.Truth {
	if ns.Given() == name {
		return object.Yes()
	}
	return ns.Is(name)
}

// grants reports whether the role of a binding allows an access. A role that neither
// the input nor Kubernetes itself has allows nothing.
func grants(p *checks.Pass, binding *object.Object, a access) object.Truth {
	kind, name := views.AsBinding(binding).Role()
	granted := object.No()
	for _, role := range rolesNamed(p, "Role", name) {
		if same := kind.Is("Role").And(name.Is(role.Name)).And(p.SameNamespace(role, binding)); !same.False() {
			granted = granted.Or(same.And(anyRule(role, a)))
		}
	}
	isCluster := kind.Is("ClusterRole")
	for _, role := range rolesNamed(p, "ClusterRole", name) {
		if same := isCluster.And(name.Is(role.Name)); !same.False() {
			granted = granted.Or(same.And(clusterRole(p, role, a, map[*object.Object]bool{})))
		}
	}
	granted = granted.Or(isCluster.And(name.Is(clusterAdmin)))
	for _, builtin := range aggregatingRoles {
		if same := isCluster.And(name.Is(builtin.name)); !same.False() {
			granted = granted.Or(same.And(aggregated(p, builtin.labels, a)))
		}
	}
	return granted
}

// clusterRole reports whether a ClusterRole allows an access, by its own rules or, where
// it has an aggregationRule, by those of the ClusterRoles that it selects: the
// controller overwrites its own.
func clusterRole(p *checks.Pass, role *object.Object, a access, seen map[*object.Object]bool) object.Truth {
	if seen[role] {
		return object.No()
	}
	seen[role] = true
	if !views.AsRole(role).Aggregates() {
		return anyRule(role, a)
	}
	granted := object.No()
	selectors := views.AsRole(role).Aggregated()
	if selectors.Unknown() {
		granted = object.Undecided(selectors)
	}
	for _, selector := range selectors.Items() {
		for _, other := range p.ByKind(rbacGroup, "ClusterRole") {
			if t := views.SelectsLabels(selector, other.OwnLabels()); !t.False() {
				granted = granted.Or(t.And(clusterRole(p, other, a, seen)))
			}
		}
	}
	return granted
}

// clusterAdmin is the role of Kubernetes that allows everything.
const clusterAdmin = "cluster-admin"

// aggregatingRoles are the roles of Kubernetes that take in every ClusterRole with
// one of some labels. Source: Kubernetes documentation, "Using RBAC Authorization",
// user-facing roles: view goes into edit, and edit into admin.
var aggregatingRoles = []struct {
	name   string
	labels []string
}{
	{"admin", []string{aggregateTo + "admin", aggregateTo + "edit", aggregateTo + "view"}},
	{"edit", []string{aggregateTo + "edit", aggregateTo + "view"}},
	{"view", []string{aggregateTo + "view"}},
}

const aggregateTo = "rbac.authorization.k8s.io/aggregate-to-"

func aggregated(p *checks.Pass, labels []string, a access) object.Truth {
	granted := object.No()
	for _, role := range p.ByKind(rbacGroup, "ClusterRole") {
		for _, label := range labels {
			if t := role.Label(label).Is("true"); !t.False() {
				granted = granted.Or(t.And(clusterRole(p, role, a, map[*object.Object]bool{})))
			}
		}
	}
	return granted
}

// anyRule reports whether one of a role's own rules allows an access.
func anyRule(role *object.Object, a access) object.Truth {
	if rules := views.AsRole(role).RuleList(); rules.Unknown() {
		return object.Undecided(rules)
	}
	granted := object.No()
	for _, rule := range views.AsRole(role).Rules() {
		named := object.AnyItem(rule.Names, func(s object.Str) object.Truth {
			if a.name.Unknown() {
				return object.Undecided(a.name.Field)
			}
			return s.Is(a.name.V)
		})
		if rule.Names.Known() && len(rule.Names.Items()) == 0 {
			named = object.Yes() // no names are all names
		}
		granted = granted.Or(object.AnyItem(rule.APIGroups, oneOf(append(a.groups, "*")...)).
			And(object.AnyItem(rule.Resources, oneOf(a.resource, "*"))).
			And(object.AnyItem(rule.Verbs, oneOf(a.verb, "*"))).
			And(named))
	}
	return granted
}

// oneOf asks whether a text is one of some.
func oneOf(wants ...string) func(object.Str) object.Truth {
	return func(s object.Str) object.Truth { return s.In(wants...) }
}
