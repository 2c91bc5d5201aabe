package boundaries

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var sidecarSelectsNothing = &checks.Check{
	ID: "MESH752", Name: "sidecar-selects-nothing", Severity: checks.Warning,
	Summary: "The workloadSelector of a Sidecar must match pods of the Sidecar's own namespace",
	Advice:  "select labels that the pods have, and keep the Sidecar in their namespace",
	Modes:   []checks.Mode{checks.Sidecar},
	Istio:   []string{"IST0101"},
	Absence: true,
	Run: func(p *checks.Pass) {
		selected := selectedBySidecars(p)
		for _, o := range p.ByKind(views.Networking, "Sidecar") {
			labels, ns := sidecarLabels(o), p.NamespaceOf(o)
			if len(labels.Entries()) == 0 && labels.Known() {
				continue // it is about the whole namespace
			}
			if some := selected[o].any.Or(machineSelected(p, o)); p.Decide(some) || !some.False() {
				continue
			}
			if pods := podsByLabel(p).selected(labels).pods; len(pods) > 0 {
				w := pods[0]
				if slices.ContainsFunc(pods, func(w *object.Workload) bool { return mayMeet(w.Object, o) }) {
					continue
				}
				p.Report(o.NamespaceField(), "Sidecar %q selects %s in its own namespace %q, but %s %q is in %q: Istio applies it to no pod",
					o.Name, textOf(labels), ns, w.Kind, w.Name, p.NamespaceOf(w.Object)).
					WithAdvice("put the Sidecar into namespace %q", p.NamespaceOf(w.Object)).
					WithRelated(w.Labels(), "the labels of the pods")
				continue
			}
			edit, meant := missed(p, labels, ns)
			f := p.Report(edit, "Sidecar %q selects %s, which no pods in namespace %q have: Istio applies it to no pod%s",
				o.Name, textOf(labels), ns, registry.DidYouMean(meant))
			if !inhabited(p)[ns] {
				f.WithSeverity(checks.Note) // another release installs the pods
			}
		}
	},
}
