package labels

import "github.com/mesh-check/mesh-check/checks"

// Istio only recommends a version; in a census of 1,233 public charts most have
// workloads without one, so this is a note.
var missingVersionLabel = &checks.Check{
	ID: "MESH302", Name: "missing-version-label", Severity: checks.Note,
	Summary: "Pods should carry a label that names the version of their application",
	Advice:  `add the label version to the pod template, such as version: {{ .Chart.AppVersion | quote }}, not to the selector`,
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, w := range lasting(p) {
			reportMissing(p, w, versionIdentity, `Istio's telemetry reports the version as "latest"`)
		}
	},
}
