package validity

import "github.com/mesh-check/mesh-check/checks"

var istioResourceInvalid = &checks.Check{
	ID: "MESH713", Name: "istio-resource-invalid", Severity: checks.Error,
	Summary:  "Resources of Istio and of the Gateway API must have the form that their CRDs and Istio's webhook ask for",
	Advice:   "write a kind that the group has",
	Modes:    []checks.Mode{checks.Sidecar, checks.Ambient},
	Replaces: []string{"MESH952"}, // what is refused need not be called deprecated
	Istio:    []string{"IST0106", "IST0133"},
	Run: func(p *checks.Pass) {
		unknownKinds(p)
		report(p, "MESH713")
	},
}
