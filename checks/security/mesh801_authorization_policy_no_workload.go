package security

import "github.com/mesh-check/mesh-check/checks"

var authorizationPolicyNoWorkload = &checks.Check{
	ID: "MESH801", Name: "authorization-policy-no-workload", Severity: checks.Warning,
	Summary: "An AuthorizationPolicy must select pods that are in the mesh",
	Advice:  "select labels of the pod template, in the namespace of the pods, or remove the policy",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0127"},
	Absence: true,
	Run: func(p *checks.Pass) {
		for _, o := range p.ByKind(authorizationPolicies.group, authorizationPolicies.kind) {
			meshWide := len(matchLabels(o).Entries()) == 0 && p.NamespaceOf(o) == p.RootNamespace()
			if byLabels(p, o) && !meshWide {
				selectsNothing(p, authorizationPolicies, o, "the policy protects nothing")
			}
		}
	},
}
