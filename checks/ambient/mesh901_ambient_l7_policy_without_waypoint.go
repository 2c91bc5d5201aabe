package ambient

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var ambientL7PolicyWithoutWaypoint = &checks.Check{
	ID: "MESH901", Name: "ambient-l7-policy-without-waypoint", Severity: checks.Error,
	Summary: "An AuthorizationPolicy with HTTP attributes must be attached to a waypoint: ztunnel reads no HTTP",
	Advice:  "attach the policy to a Service or Gateway with targetRefs, and give the namespace a waypoint",
	Modes:   []checks.Mode{checks.Ambient},
	Since:   ztunnelSince,
	Istio:   []string{"IST0171"},
	Run: func(p *checks.Pass) {
		reach := selected(p, views.Security, "AuthorizationPolicy")
		for _, o := range p.ByKind(views.Security, "AuthorizationPolicy") {
			policy := views.AsAuthorizationPolicy(o)
			if reach[o].ambient == 0 || !p.Decide(policy.Targeted().Not()) {
				continue
			}
			switch action := policy.Action(); {
			case action.Unknown():
				p.Undecided(action)
			case action.V == "CUSTOM" || action.V == "AUDIT":
				f := p.Report(action, "ztunnel does not support the action %s: the policy has no effect on the ambient pods", action.V)
				if action.V == "AUDIT" || !reach[o].only() {
					f.WithSeverity(checks.Warning)
				}
			default:
				reportHTTPRules(p, policy, action.V, reach[o].only())
			}
		}
	},
}

// reportHTTPRules reports the first HTTP attribute of each rule.
func reportHTTPRules(p *checks.Pass, policy views.AuthorizationPolicy, action string, all bool) {
	for _, rule := range policy.Rules() {
		at, what := httpAttribute(p, rule)
		if at.Object() == nil {
			continue
		}
		var f *checks.Finding
		switch {
		case action == "DENY" && neverDenies(rule):
			f = p.Report(at, "ztunnel reads no HTTP: a rule with %s alone never matches, and what it should deny is let in", what)
		case action == "DENY":
			f = p.Report(at, "ztunnel reads no HTTP and leaves %s out: the rule denies other connections than it says", what).WithSeverity(checks.Warning)
		default:
			f = p.Report(at, "ztunnel reads no HTTP: a rule with %s never matches, and what it should allow is denied", what)
		}
		if !all {
			f.WithSeverity(checks.Warning) // pods with sidecars are among those that it selects
		}
	}
}

// neverDenies reports whether a rule of DENY certainly never matches: of all its operations, or of all its sources, or of one
// of its conditions, nothing is left without the attributes of HTTP, and ztunnel skips what is empty. Source: istio/istio
// pilot/pkg/serviceregistry/ambient/authorization.go handleRule (1.32); istio/ztunnel src/rbac.rs, since 2023.
func neverDenies(rule views.AuthorizationRule) bool {
	operations, sources := rule.Operations(), rule.Sources()
	for _, condition := range rule.Conditions() {
		if key := condition.Key(); key.V != "" && !slices.Contains(ofConnections, key.V) {
			return true
		}
	}
	left := func(lists ...object.Field) bool { return slices.ContainsFunc(lists, object.Field.Exists) }
	operates := slices.ContainsFunc(operations, func(o views.Operation) bool { return o.Unknown() || left(o.Ports(), o.NotPorts()) })
	comes := slices.ContainsFunc(sources, func(s views.Source) bool { return s.Unknown() || left(s.Identities()...) || left(ofPeers(s)...) })
	return len(operations) > 0 && !operates || len(sources) > 0 && !comes
}

// ofPeers are the lists of addresses that ztunnel knows: those of the peer of a connection, and not those of headers.
func ofPeers(s views.Source) []object.Field {
	return slices.DeleteFunc(s.Addresses(), func(f object.Field) bool { return strings.Contains(strings.ToLower(f.Name()), "remote") })
}

// ofConnections are the attributes that ztunnel knows. Source: istio/istio
// pilot/pkg/serviceregistry/ambient/authorization.go (1.31).
var ofConnections = []string{"source.ip", "source.namespace", "source.principal", "destination.ip", "destination.port"}

// httpAttribute is the first attribute of a rule that ztunnel does not know; of no object where there is none.
func httpAttribute(p *checks.Pass, rule views.AuthorizationRule) (object.Field, string) {
	var found []object.Field
	for _, operation := range rule.Operations() {
		found = append(found, operation.OfRequests()...)
	}
	for _, source := range rule.Sources() {
		found = append(found, source.Tokens()...)
		for _, f := range source.Addresses() {
			if strings.Contains(strings.ToLower(f.Name()), "remote") {
				found = append(found, f)
			}
		}
	}
	for _, f := range found {
		if f.Unknown() {
			p.Undecided(f)
		} else if len(f.Items()) > 0 {
			return f.AtKey(), f.Name()
		}
	}
	for _, condition := range rule.Conditions() {
		key := condition.Key()
		if p.Decide(key.Matches(func(v string) bool { return v != "" && !slices.Contains(ofConnections, v) })) {
			return key.Field, "the condition " + key.V
		}
	}
	return object.Field{}, ""
}
