package traffic

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
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

// nativeSidecarAnnotation decides for one workload whether its sidecar is an init
// container that is restarted always. Source: istio/istio pkg/kube/inject/webhook.go
// of 1.24 and newer.
const nativeSidecarAnnotation = "sidecar.istio.io/nativeSidecar"

// The versions behind native sidecars that nobody turned on. Source: istio/istio: "auto" is
// there from 1.27 and wants every node at Kubernetes 1.33; the annotation came with the
// templates of 1.24.
const (
	nativeAutoIstio       = "1.27"
	nativeAutoKubernetes  = "1.33"
	nativeAnnotationSince = "1.24"
)

// nativeAnswer reports whether a sidecar is a native one.
type nativeAnswer struct {
	is bool
	// unless says, as part of a message, on what it depends that is not known.
	unless string
	// likely says that it is a native one as far as the target tells that somebody set;
	// without one the nodes may be as old as any.
	likely bool
	// remark says, as the end of a message, that --native-sidecars on has no effect.
	remark string
}

// nativeSidecar reports whether the sidecar of a workload's pods is a native one, which
// Kubernetes ends with the application. A value that could make it so and is not known
// is recorded as an open question, and counts as yes.
func nativeSidecar(p *checks.Pass, w *object.Workload) nativeAnswer {
	impossible := p.Mesh.NoNativeSidecars()
	if a := w.PodAnnotation(nativeSidecarAnnotation); a.Exists() && impossible == "" && !p.Mesh.IstioBefore(nativeAnnotationSince) {
		if a.Unknown() {
			p.Undecided(a)
			return nativeAnswer{is: true}
		}
		switch a.V {
		case "true":
			return nativeAnswer{is: true}
		case "false":
			return nativeAnswer{}
		}
	}
	switch on := p.Mesh.NativeSidecars == "on"; {
	case on && impossible != "":
		return nativeAnswer{remark: " (" + p.Mesh.IdleNativeSidecars() + ")"}
	case on:
		return nativeAnswer{is: true}
	case p.Mesh.NativeSidecars == "off" || !p.Mesh.IstioFrom(nativeAutoIstio):
		return nativeAnswer{}
	case p.Mesh.Kubernetes == "":
		return nativeAnswer{unless: " unless every node has Kubernetes " + nativeAutoKubernetes, likely: p.Mesh.Istio != ""}
	}
	return nativeAnswer{is: p.Mesh.KubernetesFrom(nativeAutoKubernetes)}
}
