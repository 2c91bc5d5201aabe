package injection

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// dataPlaneLabelSince is the first Istio in which istio.io/dataplane-mode counts.
// Source: istio/istio pkg/config/analysis/analyzers/injection/injection.go.
const dataPlaneLabelSince = "1.24"

var namespaceMultipleInjectionLabels = &checks.Check{
	ID: "MESH402", Name: "namespace-multiple-injection-labels", Severity: checks.Warning,
	Summary: "A namespace must have only one label that adds it to the mesh",
	Advice:  "keep one of the labels; if istio.io/rev is meant, remove istio-injection, which takes precedence",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0123"},
	Run: func(p *checks.Pass) {
		for _, ns := range p.ByKind("", "Namespace") {
			labels := enrolmentLabels(p, ns)
			if len(labels) < 2 {
				continue
			}
			var names []string
			for _, label := range labels {
				names = append(names, label.Name())
			}
			f := p.Report(labels[0].AtKey(), "namespace %q has %s: Istio follows %s and silently ignores the rest",
				ns.Name, strings.Join(names, " and "), names[0])
			for _, label := range labels[1:] {
				f.WithRelated(label.AtKey(), "the other label is here")
			}
			if names[0] != checks.InjectionLabel {
				f.WithAdvice("keep one of the labels %s", strings.Join(names, " and "))
			}
		}
	},
}

// enrolmentLabels returns the labels by which a namespace is in the mesh, the one
// that wins first. A namespace with istio-injection: disabled is in none.
func enrolmentLabels(p *checks.Pass, ns *object.Object) []object.Str {
	var labels []object.Str
	injection := ns.Label(checks.InjectionLabel)
	if p.Decide(injection.Written()) {
		labels = append(labels, injection)
	}
	if !p.Decide(injection.Written().Not().Or(injection.Is("enabled"))) {
		return labels
	}
	for _, key := range []string{checks.RevisionLabel, checks.DataPlaneLabel} {
		if key == checks.DataPlaneLabel && p.Mesh.IstioBefore(dataPlaneLabelSince) {
			continue
		}
		if label := ns.Label(key); p.Decide(label.Written()) {
			labels = append(labels, label)
		}
	}
	return labels
}
