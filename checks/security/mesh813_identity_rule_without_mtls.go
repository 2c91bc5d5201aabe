package security

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var identityRuleWithoutMTLS = &checks.Check{
	ID: "MESH813", Name: "identity-rule-without-mtls", Severity: checks.Warning,
	Summary: "A rule of an AuthorizationPolicy that asks who the client is needs mutual TLS",
	Advice:  "set the mode of the PeerAuthentication to PERMISSIVE or STRICT, or name other ports in to.operation.ports",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		for _, o := range p.ByKind(authorizationPolicies.group, authorizationPolicies.kind) {
			policy := views.AsAuthorizationPolicy(o)
			if !byLabels(p, o) || !p.Decide(policy.Does(allow, deny)) {
				continue
			}
			for _, rule := range rulesOf(p, policy) {
				if of := identityAttributes.inRule(rule); len(of) > 0 && known(p, rule) {
					reportPlain(p, policy, rule, of[0], selectionOf(p, authorizationPolicies, o).sure)
				}
			}
		}
	},
}

// reportPlain reports the first port that a rule is about on which the clients of some
// workload certainly have no identity.
func reportPlain(p *checks.Pass, policy views.AuthorizationPolicy, rule views.AuthorizationRule, attribute object.Field, workloads []*object.Workload) {
	for _, w := range workloads {
		if p.Gateway(w) || !p.Enrolled(w).Sidecar() {
			continue
		}
		for _, in := range inboundOf(p, w) {
			if !meant(rule, in.number) {
				continue
			}
			mode, says := p.MTLS(w, in.number)
			if mode != checks.MTLSDisable || policy.Action().V == allow && otherwiseAllowed(p, w, in.number, identityAttributes) {
				continue
			}
			f := p.Report(attribute.AtKey(), "%s rule of %q asks for %q, and port %s of Service %q accepts only plain text (DISABLE), so the client has no identity: %s",
				policy.Action().V, policy.Name, nameOf(attribute), in.port, in.port.Service.Name, effect(policy, attribute))
			if says.Object() != nil {
				f.WithRelated(says, "the mode of the port")
			}
			return
		}
	}
}

// effect is what an identity that is always empty makes of a rule.
func effect(policy views.AuthorizationPolicy, attribute object.Field) string {
	matches := strings.HasPrefix(attribute.Name(), "not") || attribute.Name() == "key"
	switch {
	case matches:
		return "every client counts as unknown"
	case policy.Action().V == deny:
		return "it never matches and denies nothing"
	}
	return "it never matches, and connections are denied"
}
