package injection

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

var podRevisionIgnored = &checks.Check{
	ID: "MESH410", Name: "pod-revision-ignored", Severity: checks.Warning,
	Summary: "The label istio.io/rev of pods has no effect where their namespace has istio-injection or another istio.io/rev",
	Advice:  "remove the label from the pods, or the label of the namespace",
	Modes:   []checks.Mode{checks.Sidecar},
	Since:   checks.InjectLabelSince,
	Run: func(p *checks.Pass) {
		for _, w := range p.Workloads() {
			revision, ns := w.PodLabel(checks.RevisionLabel), p.NamespaceLabels(w)
			if ns.Object == nil && !ns.Told || !p.Decide(revision.NotEmpty()) || p.ControlPlane(w.Object) {
				continue
			}
			wins, name := ns.Injection, checks.InjectionLabel
			if !p.Decide(has(ns, wins)) {
				wins, name = ns.Revision, checks.RevisionLabel
				if !p.Decide(has(ns, wins).And(wins.Is(revision.V).Not())) || wins.V == revision.V {
					continue
				}
			}
			found := p.Report(revision, "label %s: %q of the pods of %s %q has no effect: Istio looks at the namespace first, and %q has %s: %s",
				checks.RevisionLabel, revision.V, w.Kind, w.Name, p.NamespaceOf(w.Object), name, wins.V)
			if ns.Object != nil {
				found.WithRelated(wins, "the label of the namespace is here")
			}
		}
	},
}

// has reports whether a namespace has a label, in the input or by the command line.
func has(ns checks.NamespaceLabels, label object.Str) object.Truth {
	if ns.Object == nil {
		return object.TruthOf(label.V != "")
	}
	return label.NotEmpty()
}
