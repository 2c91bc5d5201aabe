package views

import (
	"strconv"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// PeerAuthentication is the view of security.istio.io PeerAuthentication.
type PeerAuthentication struct{ *object.Object }

// AsPeerAuthentication returns the view of a PeerAuthentication.
func AsPeerAuthentication(o *object.Object) PeerAuthentication { return PeerAuthentication{o} }

// MatchLabels is spec.selector.matchLabels; empty for a policy of the whole namespace.
func (a PeerAuthentication) MatchLabels() object.Field {
	return a.Get("spec", "selector", "matchLabels")
}

// Mode is spec.mtls.mode: STRICT, PERMISSIVE, DISABLE or UNSET.
func (a PeerAuthentication) Mode() object.Str { return a.Get("spec", "mtls", "mode").Str() }

// PortMode is the mode of one container port.
func (a PeerAuthentication) PortMode(port int64) object.Str {
	return a.Get("spec", "portLevelMtls", strconv.FormatInt(port, 10), "mode").Str()
}

// PortList is spec.portLevelMtls, whose members have the numbers of container ports as their names.
func (a PeerAuthentication) PortList() object.Field { return a.Get("spec", "portLevelMtls") }

// RequestAuthentication is the view of security.istio.io RequestAuthentication.
type RequestAuthentication struct{ Policy }

// AsRequestAuthentication returns the view of a RequestAuthentication.
func AsRequestAuthentication(o *object.Object) RequestAuthentication {
	return RequestAuthentication{AsPolicy(o)}
}

// RuleList is spec.jwtRules; JWTRules are its elements.
func (a RequestAuthentication) RuleList() object.Field { return a.Get("spec", "jwtRules") }

// JWTRules are the issuers whose tokens the workloads accept.
func (a RequestAuthentication) JWTRules() []JWTRule {
	var all []JWTRule
	for _, f := range a.RuleList().Items() {
		all = append(all, JWTRule{f})
	}
	return all
}

// JWTRule is an issuer of tokens.
type JWTRule struct{ object.Field }

// JWKS is jwks: the keys themselves, so that nobody has to fetch them.
func (r JWTRule) JWKS() object.Str { return r.Get("jwks").Str() }

// HandsOn are the fields that hand the token or what it says on to the application: forwardOriginalToken,
// outputPayloadToHeader and outputClaimToHeaders.
func (r JWTRule) HandsOn() []object.Field {
	return lists(r.Field, []string{"forwardOriginalToken", "outputPayloadToHeader", "outputClaimToHeaders"})
}
