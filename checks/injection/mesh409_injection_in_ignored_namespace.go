package injection

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

var injectionInIgnoredNamespace = &checks.Check{
	ID: "MESH409", Name: "injection-in-ignored-namespace", Severity: checks.Warning,
	Summary:  "Pods in kube-system, kube-public, kube-node-lease and local-path-storage never get a sidecar",
	Advice:   "move the workload to a namespace of its own, or remove the label",
	Modes:    []checks.Mode{checks.Sidecar},
	Replaces: []string{"MESH404", "MESH405"},
	Run: func(p *checks.Pass) {
		for _, w := range p.Workloads() {
			ns := p.NamespaceOf(w.Object)
			if !checks.IgnoredNamespace(ns) {
				continue
			}
			for _, asks := range []object.Str{w.PodLabel(checks.InjectKey), w.PodAnnotation(checks.InjectKey)} {
				if p.Decide(asks.Is("true")) {
					p.Report(asks, "the pods of %s %q ask for a sidecar with %s, but Istio injects nothing in namespace %q", w.Kind, w.Name, asks.Name(), ns)
					break
				}
			}
		}
		for _, ns := range p.ByKind("", "Namespace") {
			if !checks.IgnoredNamespace(ns.Name) {
				continue
			}
			injection, revision := ns.Label(checks.InjectionLabel), ns.Label(checks.RevisionLabel)
			for _, asks := range []object.Truth{injection.Is("enabled"), revision.NotEmpty()} {
				if !p.Decide(asks) {
					continue
				}
				label := injection
				if !injection.Is("enabled").True() {
					label = revision
				}
				p.Report(label, "namespace %q has %s, but Istio injects nothing there", ns.Name, label.Name()).
					WithAdvice("remove the label, and move what should be in the mesh to another namespace")
				break
			}
		}
	},
}
