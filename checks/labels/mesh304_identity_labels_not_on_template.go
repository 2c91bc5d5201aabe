package labels

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

var identityLabelsNotOnTemplate = &checks.Check{
	ID: "MESH304", Name: "identity-labels-not-on-template", Severity: checks.Warning,
	Summary: "The labels app and version must be on the pod template; those of the workload itself are ignored",
	Advice:  "copy the labels to the metadata of the pod template, not to the selector, which cannot be changed",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, w := range lasting(p) {
			var away []object.Str
			for _, id := range []identity{appIdentity, versionIdentity} {
				if label, is := onObjectAlone(p, w, id); is {
					away = append(away, label)
				}
			}
			if len(away) == 0 {
				continue
			}
			var names []string
			for _, label := range away {
				names = append(names, label.Name())
			}
			f := p.Report(w.PodLabel(away[0].Name()), "%s %q has the %s, but its pods do not: Istio reads only the labels of pods",
				w.Kind, w.Name, checks.Plural(len(names), "label")+" "+strings.Join(names, " and "))
			for _, label := range away {
				f.WithRelated(label, "%s is on the %s", label.Name(), w.Kind)
			}
			// helm create leaves the version to the workload: common, and little lost.
			if appIdentity.has(w.Labels(), p.Mesh).True() {
				f.WithSeverity(checks.Note)
			}
		}
	},
}
