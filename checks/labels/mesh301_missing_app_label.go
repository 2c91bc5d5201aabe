package labels

import "github.com/mesh-check/mesh-check/checks"

var missingAppLabel = &checks.Check{
	ID: "MESH301", Name: "missing-app-label", Severity: checks.Warning,
	Summary: "Pods should carry a label that names their application",
	Advice:  "add the label app to the pod template, not to the selector, which cannot be changed",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, w := range lasting(p) {
			reportMissing(p, w, appIdentity, "Istio's telemetry and traces use the name of the workload")
		}
	},
}
