package privileges

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
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

// binds says whether a binding holds in the account's namespace and names the
// account, its user or one of its groups.
func binds(p *checks.Pass, binding *object.Object, sa serviceAccount) object.Truth {
	here := object.Yes()
	if binding.Kind == "RoleBinding" {
		here = object.Of(p.NamespaceOf(binding) == sa.namespace)
		if ns := binding.Get("metadata", "namespace"); ns.Unknown() && (here.False() || binding.Namespace == "") {
			here = object.Undecided(ns)
		}
	}
	subjects := binding.Get("subjects")
	if subjects.Unknown() {
		return here.And(object.Undecided(subjects))
	}
	named := object.No()
	for _, s := range subjects.Items() {
		name := s.Get("name").Str()
		is := func(kind string) object.Truth { return s.Get("kind").Str().Is(kind) }
		named = named.
			// A subject has no default namespace.
			Or(is("ServiceAccount").And(name.Is(sa.name)).And(isNamespace(s.Get("namespace").Str(), sa.namespace))).
			Or(is("Group").And(name.In(sa.groups()...))).
			Or(is("User").And(name.Is(sa.user())))
	}
	return here.And(named)
}

// isNamespace says whether a namespace is the one of a name, which is an expression
// where it is not known.
func isNamespace(ns object.Str, name string) object.Truth {
	if ns.Given() == name {
		return object.Yes()
	}
	return ns.Is(name)
}

// grants says whether the role of a binding allows an access. A role that neither
// the input nor Kubernetes itself has allows nothing.
func grants(p *checks.Pass, binding *object.Object, a access) object.Truth {
	ref := binding.Get("roleRef")
	kind, name := ref.Get("kind").Str(), ref.Get("name").Str()
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

// clusterRole says whether a ClusterRole allows an access, by its own rules or, where
// it has an aggregationRule, by those of the ClusterRoles that it selects: the
// controller overwrites its own.
func clusterRole(p *checks.Pass, role *object.Object, a access, seen map[*object.Object]bool) object.Truth {
	if seen[role] {
		return object.No()
	}
	seen[role] = true
	rule := role.Get("aggregationRule")
	if !rule.Exists() {
		return anyRule(role, a)
	}
	granted := object.No()
	if selectors := rule.Get("clusterRoleSelectors"); selectors.Unknown() {
		granted = object.Undecided(selectors)
	}
	for _, selector := range rule.Get("clusterRoleSelectors").Items() {
		for _, other := range p.Of(rbacGroup, "ClusterRole") {
			if t := selectsLabels(selector, other.Get("metadata", "labels")); !t.False() {
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
	for _, role := range p.Of(rbacGroup, "ClusterRole") {
		for _, label := range labels {
			if t := role.Label(label).Is("true"); !t.False() {
				granted = granted.Or(t.And(clusterRole(p, role, a, map[*object.Object]bool{})))
			}
		}
	}
	return granted
}

// anyRule says whether one of a role's own rules allows an access.
func anyRule(role *object.Object, a access) object.Truth {
	rules := role.Get("rules")
	if rules.Unknown() {
		return object.Undecided(rules)
	}
	granted := object.No()
	for _, rule := range rules.Items() {
		names := rule.Get("resourceNames")
		named := listed(names, func(s object.Str) object.Truth {
			if a.name.Unknown() {
				return object.Undecided(a.name.Field)
			}
			return s.Is(a.name.V)
		})
		if names.Known() && len(names.Items()) == 0 {
			named = object.Yes() // no names are all names
		}
		granted = granted.Or(listed(rule.Get("apiGroups"), oneOf(append(a.groups, "*")...)).
			And(listed(rule.Get("resources"), oneOf(a.resource, "*"))).
			And(listed(rule.Get("verbs"), oneOf(a.verb, "*"))).
			And(named))
	}
	return granted
}

// listed says whether an element of a list answers yes.
func listed(list object.Field, ask func(object.Str) object.Truth) object.Truth {
	if list.Unknown() {
		return object.Undecided(list)
	}
	found := object.No()
	for _, item := range list.Items() {
		found = found.Or(ask(item.Str()))
	}
	return found
}

func oneOf(wants ...string) func(object.Str) object.Truth {
	return func(s object.Str) object.Truth { return s.In(wants...) }
}

// selectsLabels evaluates a label selector with matchLabels and matchExpressions; an
// empty one selects everything.
func selectsLabels(selector, labels object.Field) object.Truth {
	if selector.Unknown() {
		return object.Undecided(selector)
	}
	selected := object.Yes()
	if pairs := selector.Get("matchLabels"); pairs.Unknown() || pairs.Open() || len(pairs.Entries()) > 0 {
		selected = object.Selects(pairs, labels)
	}
	for _, e := range selector.Get("matchExpressions").Items() {
		value := labels.Get(e.Get("key").Str().V).Str()
		in := listed(e.Get("values"), func(want object.Str) object.Truth {
			if want.Unknown() {
				return object.Undecided(want.Field)
			}
			return value.Is(want.V)
		})
		switch operator := e.Get("operator").Str(); operator.V {
		case "In":
			selected = selected.And(in)
		case "NotIn":
			selected = selected.And(in.Not())
		case "Exists":
			selected = selected.And(value.Written())
		case "DoesNotExist":
			selected = selected.And(value.Written().Not())
		default:
			selected = selected.And(operator.Is("").And(object.No()))
		}
	}
	return selected
}
