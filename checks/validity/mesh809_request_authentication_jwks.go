package validity

import (
	"encoding/json"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var requestAuthenticationJWKS = &checks.Check{
	ID: "MESH809", Name: "request-authentication-jwks", Severity: checks.Warning,
	Summary: "A RequestAuthentication must have the form that its CRD and Istio's webhook ask for, and no private keys",
	Advice:  "write only the public part of the key: without d, p, q, dp, dq, qi and k",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0106", "IST0133"},
	Run: func(p *checks.Pass) {
		report(p, "MESH809")
		for _, o := range p.ByKind(views.Security, "RequestAuthentication") {
			for _, rule := range views.AsRequestAuthentication(o).JWTRules() {
				privateKeys(p, rule.JWKS())
			}
		}
	},
}

// key is a JSON Web Key as far as it matters for whether it is a private one.
type key struct {
	Type   string `json:"kty"`
	D      string `json:"d"` // of RSA, EC and OKP keys
	Secret string `json:"k"` // of symmetric ones
}

// privateKeys reports keys that more can be done with than to verify. Source: istio/istio pkg/config/validation
// warnPrivateJwksKeys (HEAD); RFC 7517 and 7518.
func privateKeys(p *checks.Pass, jwks object.Str) {
	if jwks.Unknown() {
		p.Undecided(jwks)
		return
	}
	var set struct{ Keys []key }
	var one key
	if json.Unmarshal([]byte(jwks.V), &set) != nil || json.Unmarshal([]byte(jwks.V), &one) != nil {
		return
	}
	for i, k := range append(set.Keys, one) {
		if k.D != "" || k.Type == "oct" && k.Secret != "" {
			p.Report(jwks, "key %d of jwks is a private key: who can read the RequestAuthentication can sign tokens that Istio accepts", i+1)
			return
		}
	}
}
