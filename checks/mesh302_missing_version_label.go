package checks

// Istio only recommends a version; in a census of 1,233 public charts most have
// workloads without one, so this is a note.
var missingVersionLabel = &Check{
	ID: "MESH302", Name: "missing-version-label", Severity: Note,
	Summary: "Pods should carry a label that names the version of their application",
	Advice:  `add the label version to the pod template, as version: {{ .Chart.AppVersion | quote }}, not to the selector`,
	Modes:   []Mode{Sidecar, Ambient},
	Run: func(p *Pass) {
		for _, w := range p.lasting() {
			p.reportMissing(w, versionIdentity, `Istio's telemetry calls the version "latest"`)
		}
	},
}
