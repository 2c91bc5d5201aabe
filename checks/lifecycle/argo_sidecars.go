package lifecycle

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// argoKillCommand is the annotation by which the pods of a workflow tell Argo how to end
// the injected proxy. Source: argoproj/argo-workflows docs/sidecar-injection.md.
const argoKillCommand = "workflows.argoproj.io/kill-cmd-" + checks.ProxyName

// argoWorkflow reports whether Argo Workflows makes the pods of a workload.
func argoWorkflow(w *object.Workload) bool {
	return w.Group() == "argoproj.io" && w.RunsToCompletion().True()
}

// toldToKill reports whether Argo is told how to end the proxy. What is not known could be
// it.
func toldToKill(p *checks.Pass, w *object.Workload) bool {
	if !argoWorkflow(w) {
		return false
	}
	command := w.PodAnnotation(argoKillCommand)
	return p.Decide(command.Written()) || command.Unknown()
}

// argoEndsSidecar says of a finding that Argo ends an injected proxy by itself where its
// image has a shell. Source: as above, since version 3.1.
func argoEndsSidecar(f *checks.Finding, w *object.Workload) bool {
	if !argoWorkflow(w) {
		return false
	}
	f.Message += "; Argo ends it with /bin/sh, which the distroless proxy image does not have"
	f.WithAdvice(`annotate the pods %s: '["pilot-agent", "request", "POST", "quitquitquit"]', or label them sidecar.istio.io/inject: "false"`, argoKillCommand)
	return true
}
