package views

import (
	"slices"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// AuthorizationPolicy is the view of security.istio.io AuthorizationPolicy.
type AuthorizationPolicy struct{ Policy }

// AsAuthorizationPolicy returns the view of an AuthorizationPolicy.
func AsAuthorizationPolicy(o *object.Object) AuthorizationPolicy {
	return AuthorizationPolicy{AsPolicy(o)}
}

// Action is spec.action: ALLOW, DENY, AUDIT or CUSTOM; ALLOW where none is written.
func (a AuthorizationPolicy) Action() object.Str {
	action := a.Get("spec", "action").Str()
	if action.Known() && action.V == "" {
		action.V = "ALLOW"
	}
	return action
}

// Does reports whether the action is one of some.
func (a AuthorizationPolicy) Does(actions ...string) object.Truth {
	action := a.Action()
	if action.Unknown() {
		return object.Undecided(action.Field)
	}
	return object.TruthOf(slices.Contains(actions, action.V))
}

// RuleList is spec.rules; Rules are its elements.
func (a AuthorizationPolicy) RuleList() object.Field { return a.Get("spec", "rules") }

// Rules are the rules of the policy, of which one that matches is enough.
func (a AuthorizationPolicy) Rules() []AuthorizationRule {
	var all []AuthorizationRule
	for _, f := range a.RuleList().Items() {
		all = append(all, AuthorizationRule{f})
	}
	return all
}

// AuthorizationRule is one rule: a source, an operation and all conditions must match.
type AuthorizationRule struct{ object.Field }

// From is from: the sources.
func (r AuthorizationRule) From() object.Field { return r.Get("from") }

// To is to: the operations.
func (r AuthorizationRule) To() object.Field { return r.Get("to") }

// When is when: the conditions.
func (r AuthorizationRule) When() object.Field { return r.Get("when") }

// Sources are from[].source.
func (r AuthorizationRule) Sources() []Source {
	var all []Source
	for _, f := range each(r.From(), "source") {
		all = append(all, Source{f})
	}
	return all
}

// Operations are to[].operation.
func (r AuthorizationRule) Operations() []Operation {
	var all []Operation
	for _, f := range each(r.To(), "operation") {
		all = append(all, Operation{f})
	}
	return all
}

// Conditions are the elements of when.
func (r AuthorizationRule) Conditions() []Condition {
	var all []Condition
	for _, f := range r.When().Items() {
		all = append(all, Condition{f})
	}
	return all
}

// Source is where a request comes from; each of its fields is a list.
type Source struct{ object.Field }

// Namespaces are namespaces and notNamespaces.
func (s Source) Namespaces() []object.Field { return s.lists("namespaces", "notNamespaces") }

// Principals are principals and notPrincipals: identities of clients, without spiffe:// in front.
func (s Source) Principals() []object.Field { return s.lists("principals", "notPrincipals") }

// Identities are the lists that the client's certificate answers: those of Namespaces, principals, serviceAccounts,
// trustDomains and what each of these must not be.
func (s Source) Identities() []object.Field {
	return s.lists("principals", "notPrincipals", "namespaces", "notNamespaces", "serviceAccounts", "notServiceAccounts",
		"trustDomains", "notTrustDomains")
}

// Addresses are ipBlocks, remoteIpBlocks and what each of these must not be.
func (s Source) Addresses() []object.Field {
	return s.lists("ipBlocks", "notIpBlocks", "remoteIpBlocks", "notRemoteIpBlocks")
}

// Tokens are the lists that a JWT answers: requestPrincipals and notRequestPrincipals.
func (s Source) Tokens() []object.Field { return s.lists("requestPrincipals", "notRequestPrincipals") }

func (s Source) lists(names ...string) []object.Field { return lists(s.Field, names) }

// Operation is what a request asks for; each of its fields is a list.
type Operation struct{ object.Field }

// OfRequests are the lists that a request of HTTP answers: hosts, methods, paths and what each of these must not be.
func (o Operation) OfRequests() []object.Field {
	return lists(o.Field, []string{"hosts", "notHosts", "methods", "notMethods", "paths", "notPaths"})
}

// Ports is ports, texts of numbers of container ports.
func (o Operation) Ports() object.Field { return o.Get("ports") }

// NotPorts is notPorts.
func (o Operation) NotPorts() object.Field { return o.Get("notPorts") }

// Condition is a condition on an attribute.
type Condition struct{ object.Field }

// Key is the name of the attribute, such as source.namespace or request.headers[user-agent].
func (c Condition) Key() object.Str { return c.Get("key").Str() }

// Values is values, of which one must match.
func (c Condition) Values() object.Field { return c.Get("values") }

// NotValues is notValues, of which none may match.
func (c Condition) NotValues() object.Field { return c.Get("notValues") }

// lists are those members of a mapping that are written.
func lists(of object.Field, names []string) []object.Field {
	var all []object.Field
	for _, name := range names {
		if f := of.Get(name); f.Exists() {
			all = append(all, f)
		}
	}
	return all
}
