package labels

import "github.com/mesh-check/mesh-check/checks"

// conflictingIdentityLabels finds pods that have two names, of which metrics use the one that others have too. Source: istio/istio pkg/kube/labels/labels.go: nameLabels, from which
// metrics take the canonical name, and nameLabelsBackwardCompatible (GetApp), by which pkg/bootstrap names the cluster of the
// proxy, and so the service in traces; files/injection-template.yaml has the first from 1.7 on.
var conflictingIdentityLabels = &checks.Check{
	ID: "MESH306", Name: "conflicting-identity-labels", Severity: checks.Note,
	Summary: "The labels that name an application should agree, as should those that name its version",
	Advice:  "set service.istio.io/canonical-name of each workload to its app, or both labels to the same value",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, m := range mergedNames(p) {
			// The message names none of the others: which there are differs between values sets.
			f := p.Report(m.old, "the pods of %s %q have the label app %q, but Istio's metrics call them %q by app.kubernetes.io/name, as they call those of another workload",
				m.Kind, m.Name, m.old.V, m.recommended.V).
				WithRelated(m.recommended, "the name in metrics")
			for _, other := range m.others {
				f.WithRelated(other.label, "the same name in %s %q", other.Kind, other.Name)
			}
		}
		for _, w := range lasting(p) {
			if version := pairOf(w, versionIdentity); p.Decide(version.differ) {
				p.Report(version.old, "the pods of %s %q have the label version %q, but Istio's metrics call it %q by app.kubernetes.io/version",
					w.Kind, w.Name, version.old.V, version.recommended.V).
					WithAdvice("set both labels to the same value, or service.istio.io/canonical-revision to the one that telemetry should use").
					WithRelated(version.recommended, "the version in metrics")
			}
		}
	},
}
