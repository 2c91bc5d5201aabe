package labels

import "github.com/mesh-check/mesh-check/checks"

// conflictingIdentityLabels finds pods that have two names. Source: istio/istio pkg/kube/labels/labels.go: nameLabels, from which
// metrics take the canonical name, and nameLabelsBackwardCompatible (GetApp), by which pkg/bootstrap names the cluster of the
// proxy, and so the service in traces; files/injection-template.yaml has the first from 1.7 on.
var conflictingIdentityLabels = &checks.Check{
	ID: "MESH306", Name: "conflicting-identity-labels", Severity: checks.Note,
	Summary: "The labels that name an application should agree, as should those that name its version",
	Advice:  "set both labels to the same value, or service.istio.io/canonical-name to the one that telemetry should use",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		merged := mergedNames(p)
		for _, w := range lasting(p) {
			if app := pairOf(p, w, appIdentity); app.differ {
				const message = "the pods of %s %q have the label app %q, but Istio's metrics call them %q by app.kubernetes.io/name"
				if other := merged[nameOf(p, w)]; other != nil && other.Object != w.Object {
					p.Report(app.old, message+", as those of %s %q", w.Kind, w.Name, app.old.V, app.recommended.V, other.Kind, other.Name).
						WithRelated(app.recommended, "the name in metrics").
						WithRelated(other.PodLabel(app.recommended.Name()), "the same name in %s %q", other.Kind, other.Name)
				} else {
					p.Report(app.old, message, w.Kind, w.Name, app.old.V, app.recommended.V).
						WithRelated(app.recommended, "the name in metrics")
				}
			}
			if version := pairOf(p, w, versionIdentity); version.differ {
				p.Report(version.old, "the pods of %s %q have the label version %q, but Istio's metrics call it %q by app.kubernetes.io/version",
					w.Kind, w.Name, version.old.V, version.recommended.V).
					WithAdvice("set both labels to the same value, or service.istio.io/canonical-revision to the one that telemetry should use").
					WithRelated(version.recommended, "the version in metrics")
			}
		}
	},
}
