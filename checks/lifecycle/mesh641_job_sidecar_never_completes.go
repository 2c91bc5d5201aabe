package lifecycle

import (
	"github.com/mesh-check/mesh-check/checks"
)

// jobSidecarNeverCompletes finds pods that are meant to end and that their sidecar
// keeps running.
var jobSidecarNeverCompletes = &checks.Check{
	ID: "MESH641", Name: "job-sidecar-never-completes", Severity: checks.Warning,
	Summary: "A pod that should complete must have no sidecar, have a native one, or make it quit",
	Advice:  `set the label sidecar.istio.io/inject: "false" on the pods, or the annotation sidecar.istio.io/nativeSidecar: "true" (Istio 1.24 and Kubernetes 1.28, or newer)`,
	Modes:   []checks.Mode{checks.Sidecar},
	Since:   "1.7",
	Run: func(p *checks.Pass) {
		for _, w := range p.Workloads() {
			if !p.Decide(w.RunsToCompletion()) {
				continue
			}
			enrolment := p.Enrolled(w)
			if !enrolment.Sidecar() {
				continue
			}
			native := nativeSidecar(p, w)
			if native.is || quitsSidecar(p, w) || toldToKill(p, w) {
				continue
			}
			hook, hooked := quitHook(w)
			finding := p.Report(w.PodMeta.AtKey(), "%s %q never completes with a sidecar%s: the proxy keeps running when the application ends%s",
				w.Kind, w.Name, native.unless, native.remark)
			switch {
			case argoEndsSidecar(finding, w) || native.likely:
				finding.WithSeverity(checks.Note)
			case enrolment.Assumed():
				finding.WithSeverity(checks.Note) // nothing says that it gets one
			case w.Hook("test"):
				finding.WithSeverity(checks.Note) // started by hand, and its result is the application's
			}
			if enrolment.Field.Object() != nil {
				finding.WithRelated(enrolment.Field, "%s", enrolment.Why)
			}
			if hooked {
				finding.WithRelated(hook, "this hook does not run when the container ends by itself, so its request to quit is never sent")
			}
		}
	},
}
