package security

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var authorizationRuleSplit = &checks.Check{
	ID: "MESH805", Name: "authorization-rule-split", Severity: checks.Note,
	Summary: "A source and an operation that are meant together must be in one rule",
	Advice:  "remove the hyphen that begins the second rule if both are meant together",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, o := range p.ByKind(authorizationPolicies.group, authorizationPolicies.kind) {
			policy := views.AsAuthorizationPolicy(o)
			rules := rulesOf(p, policy)
			if len(rules) < 2 || !p.Decide(policy.Does(allow)) {
				continue
			}
			for i, second := range rules[1:] {
				first := rules[i]
				// The other order is how one writes "these clients, and everybody for that"; it is
				// checked where the policy has nothing else.
				to, from := onlyHas(first, first.To(), first.From()), onlyHas(second, second.From(), second.To())
				reversed := onlyHas(first, first.From(), first.To()) && onlyHas(second, second.To(), second.From())
				if to && from || len(rules) == 2 && reversed {
					reportSplit(p, policy, first, second, reversed)
				}
			}
		}
	},
}

// onlyHas reports whether a rule has one part and neither the other one nor conditions.
func onlyHas(rule views.AuthorizationRule, part, other object.Field) bool {
	return part.Known() && len(part.Items()) > 0 && other.Known() && !other.Exists() && rule.When().Known() && !rule.When().Exists()
}

func reportSplit(p *checks.Pass, policy views.AuthorizationPolicy, first, second views.AuthorizationRule, reversed bool) {
	one, two, lets := first.To(), second.From(), "every client may do what the first allows, and the clients of the second may do everything"
	if reversed {
		one, two, lets = first.From(), second.To(), "the clients of the first may do everything, and every client may do what the second allows"
	}
	p.Report(two.AtKey(), "%s and %s are in separate rules of AuthorizationPolicy %q, and matching either is enough: %s", one.Name(), two.Name(), policy.Name, lets).
		WithRelated(one.AtKey(), "the other rule")
}
