package privileges

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// privilegedConstraints are those of OpenShift's own SecurityContextConstraints that admit istio-init, and privilegedRole is the
// role of OpenShift that lets use them. Source: openshift/cluster-kube-apiserver-operator bindata/bootkube/scc-manifests
// (allowedCapabilities "*" in privileged alone); OpenShift's documentation, "Managing security context constraints".
const (
	privilegedConstraints = "privileged"
	privilegedRole        = "system:openshift:scc:privileged"
)

const constraintsResource = "securitycontextconstraints"

// mayUse reports whether an account may use constraints: they name its user or one of its groups, or a role lets it use them.
func mayUse(p *checks.Pass, sa serviceAccount, scc views.SecurityContextConstraints) object.Truth {
	byRole, _ := can(p, sa, access{
		verb: "use", resource: constraintsResource, groups: []string{views.ConstraintsGroup}, name: scc.NameField().Str(),
	})
	return object.AnyItem(scc.Users(), oneOf(sa.user())).Or(object.AnyItem(scc.Groups(), oneOf(sa.groups()...))).Or(byRole)
}

// mayUseBuiltin reports whether an account may use the constraints of OpenShift that admit istio-init.
func mayUseBuiltin(p *checks.Pass, sa serviceAccount) object.Truth {
	may := object.No()
	for _, binding := range bindingsOf(p, sa) {
		kind, name := views.AsBinding(binding).Role()
		of := kind.Is("ClusterRole").And(name.Is(privilegedRole))
		for _, role := range rolesNamed(p, "ClusterRole", name) {
			of = of.Or(kind.Is("ClusterRole").And(name.Is(role.Name)).And(usesBuiltin(role)))
		}
		for _, role := range rolesNamed(p, "Role", name) {
			of = of.Or(kind.Is("Role").And(name.Is(role.Name)).And(p.SameNamespace(role, binding)).And(usesBuiltin(role)))
		}
		if !of.False() {
			may = may.Or(binds(p, binding, sa).And(of))
		}
	}
	return may
}

// usesBuiltin reports whether a role of the input lets use the constraints.
func usesBuiltin(role *object.Object) object.Truth {
	return anyRule(role, access{
		verb: "use", resource: constraintsResource, groups: []string{views.ConstraintsGroup}, name: object.Str{V: privilegedConstraints},
	})
}

// admitsRootOf reports whether the rule for users lets a container run as UID 0. The range of MustRunAsRange is that of the
// namespace, which does not have it.
func admitsRootOf(scc views.SecurityContextConstraints) object.Truth {
	rule := scc.UserRule()
	return rule.In("MustRunAsRange", "MustRunAsNonRoot").Not().And(rule.Is("MustRunAs").Not().Or(scc.User().Is(0)))
}
