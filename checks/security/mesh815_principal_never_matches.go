package security

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var principalNeverMatches = &checks.Check{
	ID: "MESH815", Name: "principal-never-matches", Severity: checks.Warning,
	Summary: "A principal is an identity without spiffe://, with * only at its start or its end",
	Advice:  "write the principal as cluster.local/ns/NAMESPACE/sa/SERVICE-ACCOUNT",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, o := range p.ByKind(authorizationPolicies.group, authorizationPolicies.kind) {
			policy := views.AsAuthorizationPolicy(o)
			for _, rule := range rulesOf(p, policy) {
				for _, list := range principalsIn(rule) {
					if list.Unknown() {
						p.Undecided(list)
					}
					for _, item := range list.Items() {
						reportPrincipal(p, policy, item.Str())
					}
				}
			}
		}
	},
}

// principalsIn are the lists of principals in a rule.
func principalsIn(rule views.AuthorizationRule) []object.Field {
	var lists []object.Field
	for _, source := range rule.Sources() {
		lists = append(lists, source.Principals()...)
	}
	for _, c := range rule.Conditions() {
		if c.Key().V == "source.principal" {
			lists = append(lists, c.Values(), c.NotValues())
		}
	}
	return lists
}

func reportPrincipal(p *checks.Pass, policy views.AuthorizationPolicy, principal object.Str) {
	if principal.Unknown() {
		p.Undecided(principal)
	}
	why, better := neverMatches(principal.V)
	if why == "" {
		return
	}
	f := p.Report(principal, "principal %q of AuthorizationPolicy %q matches no client: %s", principal.V, policy.Name, why)
	if better != "" {
		f.WithAdvice("write %s", better)
	}
}

// ofServiceAccount reports whether a principal is that of a service account: Istio gives no other identities.
func ofServiceAccount(principal string) bool {
	parts := strings.Split(principal, "/")
	return len(parts) == 5 && parts[1] == "ns" && parts[2] != "" && parts[3] == "sa" && parts[4] != ""
}

// neverMatches says why no client has a principal, and what was probably meant. Identities of other trust domains may have
// any path. Source: istio/istio pilot/pkg/security/authz/matcher/string.go StringMatcherWithPrefix, which puts spiffe://
// in front, and pkg/spiffe/spiffe.go (1.32).
func neverMatches(principal string) (why, better string) {
	const system = "system:serviceaccount:"
	inner := strings.TrimSuffix(strings.TrimPrefix(principal, "*"), "*")
	if strings.HasPrefix(principal, "*") && len(principal) > 1 {
		inner = principal[1:] // a * at both ends: the second one is a letter
	}
	switch {
	case strings.HasPrefix(principal, "spiffe://"):
		return "Istio puts spiffe:// in front itself", strings.TrimPrefix(principal, "spiffe://")
	case strings.Contains(inner, "*"):
		return "only a * at the start, or else at the end, means any text", ""
	case inner != principal || principal == "":
		return "", ""
	case strings.HasPrefix(principal, system):
		return "identities of the mesh are not those of Kubernetes", "cluster.local/ns/" + strings.Replace(strings.TrimPrefix(principal, system), ":", "/sa/", 1)
	case strings.HasPrefix(principal, "ns/"):
		return "the trust domain in front of ns/ is missing", "cluster.local/" + principal
	case !strings.Contains(principal, "/"):
		return "an identity has a trust domain, a namespace and a service account", ""
	case strings.HasPrefix(principal, "cluster.local/") && !ofServiceAccount(principal):
		return "identities of cluster.local are cluster.local/ns/NAMESPACE/sa/SERVICE-ACCOUNT", ""
	}
	return "", ""
}
