package security

import "github.com/mesh-check/mesh-check/checks"

var conflictingTelemetries = &checks.Check{
	ID: "MESH831", Name: "conflicting-telemetries", Severity: checks.Error,
	Summary: "A namespace must have one Telemetry without a selector, and a workload one with a selector",
	Advice:  "merge the two Telemetries into one",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0159", "IST0160"},
	Run: func(p *checks.Pass) {
		for _, wide := range wideOnes(p, telemetries) {
			first := wide[0]
			for _, o := range others(p, wide) {
				p.Report(o.NameField(), "Telemetries %q and %q are both for the whole namespace %q: Istio uses the older one and ignores the other",
					first.Name, o.Name, p.NamespaceOf(o)).WithRelated(first.NameField(), "the other one")
			}
		}
		// Istio's documentation leaves open what becomes of these; istiod of 1.32 applies one
		// after the other, so that the later one wins where both set something.
		for _, c := range clashes(p, telemetries) {
			p.Report(matchLabels(c.second), "Telemetries %q and %q both select the pods of %s %q: which of the two wins where both set something is not defined",
				c.first.Name, c.second.Name, c.w.Kind, c.w.Name).WithSeverity(checks.Warning).
				WithRelated(matchLabels(c.first), "the selector of the other one").WithRelated(c.w.Labels(), "the labels of the pods")
		}
	},
}
