package injection

import (
	"fmt"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

var injectAnnotationIneffective = &checks.Check{
	ID: "MESH405", Name: "inject-annotation-ineffective", Severity: checks.Warning,
	Summary:  `The annotation sidecar.istio.io/inject: "true" alone injects nothing in a namespace without an injection label`,
	Advice:   `move sidecar.istio.io/inject: "true" from the annotations to the labels of the pod template`,
	Modes:    []checks.Mode{checks.Sidecar},
	Since:    checks.InjectLabelSince,
	Replaces: []string{"MESH404"},
	Absence:  true,
	Run: func(p *checks.Pass) {
		for _, w := range p.Workloads() {
			annotation := w.PodAnnotation(checks.InjectKey)
			alone := annotation.Is("true").
				And(w.PodLabel(checks.InjectKey).Written().Not()).
				And(w.PodLabel(checks.RevisionLabel).Written().Not())
			if !p.Decide(alone) || injectsByDefault(p) {
				continue
			}
			ns := p.NamespaceLabels(w)
			into := p.NamespaceOf(w.Object)
			if ns.Object == nil && !ns.Told {
				p.Report(annotation, "annotation %s: \"true\" of the pods of %s %q injects no sidecar unless namespace %q has an injection label, which is not known here",
					checks.InjectKey, w.Kind, w.Name, into).WithSeverity(checks.Note)
				continue
			}
			unlabelled := ns.Injection.Is("enabled").Or(ns.Revision.NotEmpty()).Not()
			if ns.Told {
				unlabelled = object.TruthOf(ns.Injection.V != "enabled" && ns.Revision.V == "")
			}
			if !p.Decide(unlabelled) {
				continue
			}
			why, label := "has no injection label, and Istio's webhook looks only at labels", ns.Injection.V
			if label != "" {
				why = fmt.Sprintf("has the label %s: %q, which keeps all of its pods out", checks.InjectionLabel, label)
			}
			f := p.Report(annotation, "annotation %s: \"true\" of the pods of %s %q injects nothing: namespace %q %s",
				checks.InjectKey, w.Kind, w.Name, into, why)
			if label != "" {
				f.WithAdvice("label the namespace %s: enabled, or remove the annotation", checks.InjectionLabel)
			}
			if ns.Object != nil {
				f.WithRelated(ns.Object.OwnLabels(), "namespace %q is defined here", into)
			}
		}
	},
}

// injectsByDefault reports whether Istio's webhook takes the pods of namespaces without
// a label too.
func injectsByDefault(p *checks.Pass) bool {
	for _, byDefault := range p.InjectorValues("sidecarInjectorWebhook", "enableNamespacesByDefault") {
		if p.Decide(byDefault.Flag().True()) || byDefault.Unknown() {
			return true
		}
	}
	return false
}
