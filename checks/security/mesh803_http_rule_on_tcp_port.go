package security

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var httpRuleOnTCPPort = &checks.Check{
	ID: "MESH803", Name: "http-rule-on-tcp-port", Severity: checks.Warning,
	Summary: "A rule of an AuthorizationPolicy that asks for attributes of HTTP must not be about TCP ports",
	Advice:  "name the HTTP ports in to.operation.ports, or declare the protocol of the port as HTTP if it is",
	Modes:   []checks.Mode{checks.Sidecar},
	Istio:   []string{"IST0133"},
	Run: func(p *checks.Pass) {
		for _, o := range p.ByKind(authorizationPolicies.group, authorizationPolicies.kind) {
			policy, selected := views.AsAuthorizationPolicy(o), selectionOf(p, authorizationPolicies, o)
			if !byLabels(p, o) || !p.Decide(policy.Does(allow, deny)) {
				continue
			}
			for _, rule := range rulesOf(p, policy) {
				if len(httpAttributes.in(rule)) == 0 || !known(p, rule) {
					continue
				}
				if !reportTCP(p, policy, rule, selected.sure) && len(selected.sure) == 0 && p.Decide(undecidedIf(selected.because).Not()) {
					reportBlindDeny(p, policy, rule)
				}
			}
		}
	},
}

// reportTCP reports the first TCP port that a rule is about although it cannot be, or else
// the first port of which nobody knows the protocol.
func reportTCP(p *checks.Pass, policy views.AuthorizationPolicy, rule views.AuthorizationRule, workloads []*object.Workload) bool {
	var attribute object.Field
	var at inbound
	sure := false
	for _, w := range workloads {
		for _, in := range inboundOf(p, w) {
			lost := lostOn(p, policy, rule, w, in.number)
			if lost.Object() == nil || p.Gateway(w) || !p.Enrolled(w).Sidecar() || !p.Decide(in.known) {
				continue
			}
			switch in.protocol.Family() {
			case checks.FamilyTCP, checks.FamilyTLS:
				if !sure {
					attribute, at, sure = lost, in, true
				}
			case checks.FamilyAuto:
				if attribute.Object() == nil && p.SpokenOn(in.port) == checks.Unsupported {
					attribute, at = lost, in
				}
			}
		}
	}
	if attribute.Object() == nil {
		return false
	}
	message := "DENY rule of %q asks for %q, which TCP does not have: Istio leaves that out on %s of Service %q, and the rule denies more than it says"
	if policy.Action().V == allow {
		message = "ALLOW rule of %q asks for %q, which TCP does not have: Istio leaves the rule out on %s of Service %q, and connections are denied"
	}
	port := "TCP port " + at.port.String()
	if !sure {
		port = "port " + at.port.String() + ", unless it detects HTTP there,"
	}
	f := p.Report(attribute.AtKey(), message, policy.Name, nameOf(attribute), port, at.port.Service.Name).
		WithRelated(at.port, "Istio treats the port as %s", at.protocol)
	if !sure {
		f.WithSeverity(checks.Note)
	}
	return true
}

// lostOn is the attribute for which Istio leaves a rule, or a part of it, out on a TCP port;
// of no object where the rule is not about the port or needs no attribute of HTTP for it. A
// rule that denies goes without the attribute; one that allows goes altogether.
func lostOn(p *checks.Pass, policy views.AuthorizationPolicy, rule views.AuthorizationRule, w *object.Workload, number int64) object.Field {
	if policy.Action().V == allow {
		if meant(rule, number) && !otherwiseAllowed(p, w, number, httpAttributes) {
			return httpAttributes.in(rule)[0]
		}
		return object.Field{}
	}
	if !ruleCoversPort(rule, number) {
		return object.Field{}
	}
	all := httpAttributes.inRule(rule)
	for _, op := range rule.Operations() {
		if coversPort(op, number) {
			if of := append(httpAttributes.inOperation(op), all...); len(of) > 0 {
				return of[0]
			}
		}
	}
	if len(rule.Operations()) == 0 && len(all) > 0 {
		return all[0]
	}
	return object.Field{}
}

// reportBlindDeny reports a rule that denies by attributes of HTTP, of a policy of which the
// input has no pods: Istio's webhook warns of it, whatever their ports are. Source:
// istio/istio 1.32 pkg/config/validation/validation.go ValidateAuthorizationPolicy.
func reportBlindDeny(p *checks.Pass, policy views.AuthorizationPolicy, rule views.AuthorizationRule) {
	if policy.Action().V != deny {
		return
	}
	for _, op := range rule.Operations() {
		if op.Ports().Exists() || op.NotPorts().Exists() {
			return
		}
	}
	for _, source := range rule.Sources() {
		if len(rule.Operations()) == 0 && len(source.Identities())+len(source.Addresses()) > 0 {
			return
		}
	}
	for _, c := range rule.Conditions() {
		if c.Key().V == "destination.port" {
			return
		}
	}
	attribute := httpAttributes.in(rule)[0]
	p.Report(attribute.AtKey(), "DENY rule of %q asks for %q and names no port: on TCP ports of its pods, Istio leaves that out, and the rule denies more than it says",
		policy.Name, nameOf(attribute)).WithSeverity(checks.Note).WithAdvice("name the HTTP ports in to.operation.ports")
}

// nameOf is what a message calls an attribute: a list by its name, a condition by its key.
func nameOf(attribute object.Field) string {
	if key := attribute.Str(); attribute.Name() == "key" && key.V != "" {
		return key.V
	}
	return attribute.Name()
}
