package checks

import "github.com/mesh-check/mesh-check/frontends/object"

var injectAnnotationIneffective = &Check{
	ID: "MESH405", Name: "inject-annotation-ineffective", Severity: Warning,
	Summary:  `The annotation sidecar.istio.io/inject: "true" alone injects nothing in a namespace without an injection label`,
	Advice:   `move sidecar.istio.io/inject: "true" from the annotations to the labels of the pod template`,
	Modes:    []Mode{Sidecar},
	Since:    injectLabelSince,
	Replaces: []string{"MESH404"},
	Absence:  true,
	Run: func(p *Pass) {
		for _, w := range p.Workloads() {
			annotation := w.PodAnnotation(injectKey)
			alone := annotation.Is("true").
				And(w.PodLabel(injectKey).Written().Not()).
				And(w.PodLabel(revisionLabel).Written().Not())
			if !p.Sure(alone) || injectsByDefault(p) {
				continue
			}
			ns := p.NamespaceLabels(w)
			into := p.NamespaceOf(w.Object)
			if ns.Object == nil && !ns.Told {
				p.Report(annotation, "annotation %s: \"true\" of the pods of %s %q puts no sidecar in unless namespace %q has an injection label, and nothing here says so",
					injectKey, w.Kind, w.Name, into).At(Note)
				continue
			}
			unlabelled := ns.Injection.Is("enabled").Or(ns.Revision.NotEmpty()).Not()
			if ns.Told {
				unlabelled = object.Of(ns.Injection.V != "enabled" && ns.Revision.V == "")
			}
			if !p.Sure(unlabelled) {
				continue
			}
			f := p.Report(annotation, "annotation %s: \"true\" of the pods of %s %q injects nothing: namespace %q has no injection label, and Istio's webhook looks at labels alone",
				injectKey, w.Kind, w.Name, into)
			if ns.Object != nil {
				f.Also(ns.Object.Get("metadata", "labels"), "namespace %q is here", into)
			}
		}
	},
}

// injectsByDefault says whether Istio's webhook takes the pods of namespaces without
// a label too.
func injectsByDefault(p *Pass) bool {
	for _, byDefault := range p.InjectorValues("sidecarInjectorWebhook", "enableNamespacesByDefault") {
		if p.Sure(byDefault.Flag().True()) || byDefault.Unknown() {
			return true
		}
	}
	return false
}
