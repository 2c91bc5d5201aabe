package validity

import "github.com/mesh-check/mesh-check/checks"

var authorizationPolicyInvalid = &checks.Check{
	ID: "MESH804", Name: "authorization-policy-invalid", Severity: checks.Error,
	Summary: "An AuthorizationPolicy must have the form that its CRD and Istio's webhook ask for",
	Advice:  "write fields and values that the CRD has, and remove those that exclude each other",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0106"},
	Run:     func(p *checks.Pass) { report(p, "MESH804") },
}
