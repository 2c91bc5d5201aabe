package checks

var missingAppLabel = &Check{
	ID: "MESH301", Name: "missing-app-label", Severity: Warning,
	Summary: "Pods should carry a label that names their application",
	Advice:  "add the label app to the pod template, not to the selector, which cannot be changed",
	Modes:   []Mode{Sidecar, Ambient},
	Run: func(p *Pass) {
		for _, w := range p.lasting() {
			p.reportMissing(w, appIdentity, "Istio's telemetry and traces go by the name of the workload")
		}
	},
}
