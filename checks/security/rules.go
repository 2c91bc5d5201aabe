package security

import (
	"slices"
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// attributes are kinds of attributes in the rules of AuthorizationPolicies.
type attributes struct {
	// conditions are keys of conditions, or what these begin with.
	conditions []string
	ofSource   func(views.Source) []object.Field
	ofRequest  func(views.Operation) []object.Field
}

// The kinds of attributes. Source: istio/istio 1.32 pilot/pkg/security/authz/model model.go
// and generator.go (which of them have no form for TCP).
var (
	httpAttributes = attributes{
		conditions: []string{"request."},
		ofSource:   views.Source.Tokens,
		ofRequest:  views.Operation.OfRequests,
	}
	tokenAttributes = attributes{
		conditions: []string{"request.auth."},
		ofSource:   views.Source.Tokens,
	}
	identityAttributes = attributes{
		conditions: []string{"source.principal", "source.namespace", "source.serviceAccount", "source.trustDomain"},
		ofSource:   views.Source.Identities,
	}
)

// inRule are the attributes of a kind that are a condition of the whole rule: those of its
// sources and conditions, and what is not known and may be one.
func (a attributes) inRule(rule views.AuthorizationRule) []object.Field {
	var all []object.Field
	for _, source := range rule.Sources() {
		all = append(all, a.ofSource(source)...)
	}
	for _, c := range rule.Conditions() {
		key := c.Key()
		if key.Unknown() || slices.ContainsFunc(a.conditions, func(prefix string) bool { return strings.HasPrefix(key.V, prefix) }) {
			all = append(all, key.Field)
		}
	}
	return all
}

// inOperation are those of one operation.
func (a attributes) inOperation(op views.Operation) []object.Field {
	if a.ofRequest == nil {
		return nil
	}
	return a.ofRequest(op)
}

// in are all attributes of a kind in a rule.
func (a attributes) in(rule views.AuthorizationRule) []object.Field {
	all := a.inRule(rule)
	for _, op := range rule.Operations() {
		all = append(all, a.inOperation(op)...)
	}
	return all
}

// rulesOf are the rules of a policy; a list that is not known is an open question.
func rulesOf(p *checks.Pass, policy views.AuthorizationPolicy) []views.AuthorizationRule {
	if list := policy.RuleList(); list.Unknown() {
		p.Undecided(list)
	}
	return policy.Rules()
}

// known reports whether the parts of a rule are written as lists that are known; what is
// not is an open question.
func known(p *checks.Pass, rule views.AuthorizationRule) bool {
	fields := []object.Field{rule.Field, rule.From(), rule.To(), rule.When()}
	fields = append(fields, httpAttributes.in(rule)...)
	fields = append(fields, identityAttributes.in(rule)...)
	for _, op := range rule.Operations() {
		fields = append(fields, op.Ports(), op.NotPorts())
	}
	for _, f := range fields {
		if f.Unknown() {
			p.Undecided(f)
			return false
		}
	}
	return true
}

// coversPort reports whether an operation is about a container port, as far as its ports say.
func coversPort(op views.Operation, number int64) bool {
	ports, not := op.Ports(), op.NotPorts()
	return (!ports.Exists() || hasNumber(ports, number)) && !hasNumber(not, number)
}

// ruleCoversPort is the same for the conditions of a rule on destination.port.
func ruleCoversPort(rule views.AuthorizationRule, number int64) bool {
	for _, c := range rule.Conditions() {
		if c.Key().V == "destination.port" &&
			(c.Values().Exists() && !hasNumber(c.Values(), number) || hasNumber(c.NotValues(), number)) {
			return false
		}
	}
	return true
}

func hasNumber(list object.Field, number int64) bool {
	for _, f := range list.Items() {
		if f.Str().V == strconv.FormatInt(number, 10) {
			return true
		}
	}
	return false
}

// meant reports whether a rule is about a container port: whether one of its operations is.
func meant(rule views.AuthorizationRule, number int64) bool {
	if !ruleCoversPort(rule, number) {
		return false
	}
	ops := rule.Operations()
	for _, op := range ops {
		if coversPort(op, number) {
			return true
		}
	}
	return len(ops) == 0
}

type policiesOfKey struct{}

// policiesOf are the AuthorizationPolicies that select a workload's pods by labels, and those
// that may.
func policiesOf(p *checks.Pass, w *object.Workload) []views.AuthorizationPolicy {
	all := checks.Once(p, policiesOfKey{}, func() map[*object.Workload][]views.AuthorizationPolicy {
		all := map[*object.Workload][]views.AuthorizationPolicy{}
		for _, o := range p.ByKind(authorizationPolicies.group, authorizationPolicies.kind) {
			policy, selected := views.AsAuthorizationPolicy(o), selectionOf(p, authorizationPolicies, o)
			if policy.Targeted().True() {
				continue
			}
			for _, w := range selected.sure {
				all[w] = append(all[w], policy)
			}
			if selected.because.Object() != nil {
				all[nil] = append(all[nil], policy)
			}
		}
		return all
	})
	return slices.Concat(all[w], all[nil])
}

// otherwiseAllowed reports whether a rule that has none of some attributes allows connections
// to a container port, perhaps only some of them, or may do so: then the port was thought of.
func otherwiseAllowed(p *checks.Pass, w *object.Workload, number int64, without attributes) bool {
	for _, policy := range policiesOf(p, w) {
		if policy.Does(allow).False() {
			continue
		}
		if policy.RuleList().Unknown() {
			return true
		}
		for _, rule := range policy.Rules() {
			if !slices.ContainsFunc(without.in(rule), object.Field.Known) && meant(rule, number) {
				return true
			}
		}
	}
	return false
}

// The actions of AuthorizationPolicies that checks compare with.
const (
	allow = "ALLOW"
	deny  = "DENY"
)

// inbound is a port of a Service that leads to a container port of a workload.
type inbound struct {
	port     object.ServicePort
	number   int64
	protocol checks.Protocol
	known    object.Truth // whether the protocol is
}

type inboundKey struct{ of *object.Workload }

// inboundOf are the ports by which Services lead to a workload, over TCP.
func inboundOf(p *checks.Pass, w *object.Workload) []inbound {
	return checks.Once(p, inboundKey{w}, func() []inbound {
		var all []inbound
		for _, svc := range p.ServicesOf(w).Sure {
			for _, port := range svc.Ports() {
				if number, _, ok := port.Resolve(w); ok && port.L4() == "TCP" {
					protocol, known := p.Protocol(port)
					all = append(all, inbound{port, number, protocol, known})
				}
			}
		}
		return all
	})
}
