package injection

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

var injectOnWrongObject = &checks.Check{
	ID: "MESH406", Name: "inject-on-wrong-object", Severity: checks.Warning,
	Summary: "sidecar.istio.io/inject must be on the pod template; on any other object it is ignored",
	Advice:  "move sidecar.istio.io/inject to the labels of the pod template",
	Modes:   []checks.Mode{checks.Sidecar},
	Istio:   []string{"IST0107"},
	Run: func(p *checks.Pass) {
		decided := map[*object.Object]object.Truth{}
		for _, w := range p.Workloads() {
			decided[w.Object] = decided[w.Object].Or(decides(w))
		}
		for _, w := range p.Workloads() {
			if p.ControlPlane(w.Object) || p.Gateway(w) || !w.Templated() {
				continue
			}
			for _, meta := range []object.Field{w.Metadata(), w.JobMetadata()} {
				strayInject(p, w.Object, meta, decided[w.Object])
				strayRevision(p, w, meta)
			}
		}
		for _, svc := range p.Services() {
			if !p.ControlPlane(svc.Object) {
				strayInject(p, svc.Object, svc.Metadata(), selectsDecided(p, svc))
			}
		}
		for _, ns := range p.ByKind("", "Namespace") {
			strayInject(p, ns, ns.Metadata(), object.No())
		}
	},
}

// decides reports whether the pods of a workload have the label or annotation
// themselves.
func decides(w *object.Workload) object.Truth {
	return w.PodLabel(checks.InjectKey).Written().Or(w.PodAnnotation(checks.InjectKey).Written())
}

// selectsDecided reports whether a Service selects pods that have the label or
// annotation themselves: labels that a chart puts on all objects are in order there.
func selectsDecided(p *checks.Pass, svc *object.Service) object.Truth {
	decided := object.No()
	for _, w := range p.WorkloadsOf(svc).Sure {
		decided = decided.Or(decides(w))
	}
	return decided
}

// strayInject reports sidecar.istio.io/inject in an object's own metadata, unless
// the pods have it too.
func strayInject(p *checks.Pass, o *object.Object, meta object.Field, decided object.Truth) {
	for _, kind := range []string{"labels", "annotations"} {
		stray := meta.Get(kind, checks.InjectKey)
		if !p.Decide(stray.Written().And(decided.Not())) {
			continue
		}
		f := p.Report(stray.AtKey(), "%s %s: %s is on the metadata of %s %q, where Istio ignores it: it does not change whether the pods are injected",
			kind[:len(kind)-1], checks.InjectKey, choice(stray.Str()), o.Kind, o.Name)
		switch o.Kind {
		case "Namespace":
			f.WithAdvice("label the namespace istio-injection: enabled or disabled, or label the pods")
		case "Service":
			f.WithAdvice("remove it here, and set it in the labels of the intended pod template")
		}
	}
}

// strayRevision reports istio.io/rev on a workload whose pods do not have it.
func strayRevision(p *checks.Pass, w *object.Workload, meta object.Field) {
	stray := meta.Get("labels", checks.RevisionLabel)
	if p.Decide(stray.Written().And(w.PodLabel(checks.RevisionLabel).Written().Not())) {
		p.Report(stray.AtKey(), "label %s: %q is on the metadata of %s %q, where Istio ignores it: it selects a control plane only on pods and namespaces",
			checks.RevisionLabel, stray.Str().V, w.Kind, w.Name).
			WithAdvice("move %s to the labels of the pod template", checks.RevisionLabel)
	}
}
