package injection

import "github.com/mesh-check/mesh-check/checks"

var podMultipleDataPlanes = &checks.Check{
	ID: "MESH403", Name: "pod-multiple-data-planes", Severity: checks.Warning,
	Summary: "A pod must not ask for a sidecar and for ambient mode: it gets the sidecar",
	Advice:  "keep one of the labels",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Since:   "1.22",
	Run: func(p *checks.Pass) {
		for _, w := range p.Workloads() {
			plane, ns := w.PodLabel(checks.DataPlaneLabel), p.NamespaceLabels(w)
			asks := plane.Is(checks.AmbientDataPlane)
			if !p.Decide(asks.Or(ns.DataPlane.Is(checks.AmbientDataPlane).And(plane.Written().Not()))) {
				continue
			}
			e := p.Enrolled(w)
			if !e.Sidecar() || e.Assumed() || e.Field.Object() == nil {
				continue
			}
			by := e.Field.Name()
			if asks.True() {
				p.Report(plane, "the pods of %s %q ask for ambient mode with the label %s, and for a sidecar with %s, which wins",
					w.Kind, w.Name, checks.DataPlaneLabel, by).WithRelated(e.Field, "the sidecar is asked for here")
				continue
			}
			if e.Field.Object() != w.Object || by != checks.InjectKey {
				continue // MESH402 reports the namespace
			}
			p.Report(e.Field, "the pods of %s %q get a sidecar by %s, though namespace %q is in ambient mode",
				w.Kind, w.Name, by, p.NamespaceOf(w.Object)).
				WithSeverity(checks.Note).WithRelated(ns.DataPlane, "the namespace is in ambient mode by this label").
				WithAdvice("remove %s unless the pods need a sidecar", by)
		}
	},
}
