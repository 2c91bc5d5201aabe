package security

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var requestAuthenticationWithoutAuthorization = &checks.Check{
	ID: "MESH808", Name: "request-authentication-without-authorization", Severity: checks.Note,
	Summary: "A RequestAuthentication needs an AuthorizationPolicy that requires the token",
	Advice:  "add an AuthorizationPolicy that denies requests without it (from: source: notRequestPrincipals: [\"*\"])",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Absence: true,
	Run: func(p *checks.Pass) {
		if len(p.ByKind(requestAuthentications.group, requestAuthentications.kind)) == 0 || routesByClaims(p) {
			return
		}
		asked := tokenPolicies(p)
		for _, o := range p.ByKind(requestAuthentications.group, requestAuthentications.kind) {
			authentication := views.AsRequestAuthentication(o)
			rules, targets := authentication.RuleList(), authentication.Targets()
			switch {
			case rules.Unknown():
				p.Undecided(rules)
			case targets.Unknown():
				p.Undecided(targets)
			case len(authentication.JWTRules()) == 0 || handsOn(authentication):
			case p.Decide(asked.cover(p, o).Not()):
				p.Report(rules, "RequestAuthentication %q rejects wrong tokens only, and no AuthorizationPolicy of the input asks for one: requests without a token pass",
					o.Name)
			}
		}
	},
}

// routesByClaims reports whether a VirtualService routes by what tokens say: it decides what
// becomes of requests without one.
func routesByClaims(p *checks.Pass) bool {
	for _, o := range p.ByKind(views.Networking, "VirtualService") {
		for _, route := range views.AsVirtualService(o).HTTP() {
			for _, match := range route.Matches() {
				for _, header := range append(match.Headers().Entries(), match.WithoutHeaders().Entries()...) {
					if strings.HasPrefix(header.Name(), "@request.auth.") {
						return true
					}
				}
			}
		}
	}
	return false
}

// handsOn reports whether the application gets the token or what it says, and so may
// decide itself.
func handsOn(a views.RequestAuthentication) bool {
	for _, rule := range a.JWTRules() {
		if len(rule.HandsOn()) > 0 {
			return true
		}
	}
	return false
}

// tokenIndex has the AuthorizationPolicies that ask for tokens, or that leave it to an
// authorizer of their own.
type tokenIndex struct {
	root string
	// some reports whether a namespace has one, and wide whether it has one for all pods.
	some, wide map[string]object.Truth
	// labels and targets have those of them, each by itself.
	labels  map[inNamespace]map[string]bool
	targets map[inNamespace]bool
}

// everywhere is the namespace under which the policies of all namespaces are filed, too.
const everywhere = ""

func tokenPolicies(p *checks.Pass) tokenIndex {
	x := tokenIndex{
		p.RootNamespace(), map[string]object.Truth{}, map[string]object.Truth{},
		map[inNamespace]map[string]bool{}, map[inNamespace]bool{},
	}
	for _, o := range p.ByKind(authorizationPolicies.group, authorizationPolicies.kind) {
		policy := views.AsAuthorizationPolicy(o)
		if asks := asksForToken(policy); !asks.False() {
			x.add(policy, p.NamespaceOf(o), asks)
			x.add(policy, everywhere, asks)
		}
	}
	return x
}

func (x tokenIndex) add(policy views.AuthorizationPolicy, namespace string, asks object.Truth) {
	x.some[namespace] = x.some[namespace].Or(asks)
	labels, refs := policy.MatchLabels(), policy.TargetRefs()
	for _, ref := range refs {
		x.targets[inNamespace{namespace, ref.TargetName().V}] = true
	}
	for _, l := range labels.Entries() {
		at := inNamespace{namespace, l.Name()}
		if x.labels[at] == nil {
			x.labels[at] = map[string]bool{}
		}
		x.labels[at][l.Str().V] = true
	}
	if because, is := policy.Targeted().Undecided(); is {
		x.wide[namespace] = x.wide[namespace].Or(object.Undecided(because))
	} else if len(labels.Entries()) == 0 && len(refs) == 0 {
		x.wide[namespace] = x.wide[namespace].Or(asks)
	}
}

// asksForToken reports whether a policy looks at tokens. One that leaves it to an authorizer
// of its own may.
func asksForToken(policy views.AuthorizationPolicy) object.Truth {
	if custom := policy.Does("CUSTOM"); !custom.False() {
		return custom
	}
	if rules := policy.RuleList(); rules.Unknown() {
		return object.Undecided(rules)
	}
	asks := object.No()
	for _, rule := range policy.Rules() {
		for _, part := range []object.Field{rule.Field, rule.From(), rule.When()} {
			if part.Unknown() {
				asks = asks.Or(object.Undecided(part))
			}
		}
		for _, f := range tokenAttributes.in(rule) {
			asks = asks.Or(f.Written())
		}
	}
	return asks
}

// cover reports whether such a policy is for what a RequestAuthentication is for, or for a
// part of it.
func (x tokenIndex) cover(p *checks.Pass, o *object.Object) object.Truth {
	of, namespace := views.AsPolicy(o), p.NamespaceOf(o)
	if namespace == x.root {
		namespace = everywhere
	}
	labels := of.MatchLabels()
	found := x.wide[namespace].Or(x.wide[x.root])
	switch {
	case len(of.TargetRefs()) > 0:
		for _, ref := range of.TargetRefs() {
			found = found.Or(object.TruthOf(x.targets[inNamespace{namespace, ref.TargetName().V}]))
		}
	case len(labels.Entries()) == 0:
		found = found.Or(x.some[namespace])
	default:
		for _, l := range labels.Entries() {
			for _, ns := range []string{namespace, x.root} {
				found = found.Or(object.TruthOf(x.labels[inNamespace{ns, l.Name()}][l.Str().V]))
			}
		}
	}
	if o.NamespaceField().Unknown() && found.False() && !x.some[everywhere].False() {
		return object.Undecided(o.NamespaceField())
	}
	return found
}
