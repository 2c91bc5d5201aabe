package checks

var injectAnnotationDeprecated = &Check{
	ID: "MESH404", Name: "inject-annotation-deprecated", Severity: Note,
	Summary: "The annotation sidecar.istio.io/inject is deprecated; the label of that name takes its place",
	Advice:  "move sidecar.istio.io/inject from the annotations to the labels of the pod template",
	Modes:   []Mode{Sidecar},
	Since:   "1.10",
	Istio:   []string{"IST0135"},
	Run: func(p *Pass) {
		for _, w := range p.Workloads() {
			annotation, label := w.PodAnnotation(injectKey), w.PodLabel(injectKey)
			if p.Sure(written(annotation.Field).And(written(label.Field).Not())) {
				p.Report(annotation.AtKey(), "annotation %s: %q of the pods of %s %q is deprecated; Istio reads the label of that name first",
					injectKey, annotation.V, w.Kind, w.Name)
			}
		}
	},
}
