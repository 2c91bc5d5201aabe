package injection

import (
	"slices"
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

var injectAnnotationDeprecated = &checks.Check{
	ID: "MESH404", Name: "inject-annotation-deprecated", Severity: checks.Note,
	Summary: "The annotation sidecar.istio.io/inject is deprecated; use the label of the same name",
	Advice:  "move sidecar.istio.io/inject from the annotations to the labels of the pod template",
	Modes:   []checks.Mode{checks.Sidecar},
	Since:   "1.10",
	Istio:   []string{"IST0135"},
	Run: func(p *checks.Pass) {
		for _, w := range p.Workloads() {
			annotation, label := w.PodAnnotation(checks.InjectKey), w.PodLabel(checks.InjectKey)
			if p.Decide(annotation.Written().And(label.Written().Not())) {
				p.Report(annotation.AtKey(), "annotation %s: %s of the pods of %s %q is deprecated; Istio reads the label of the same name first",
					checks.InjectKey, choice(annotation), w.Kind, w.Name)
			}
		}
	},
}

// choices are the values of the injection label and annotation that Istio knows. Source:
// pkg/kube/inject/inject.go of istio/istio, which takes the words of YAML for yes and no.
var choices = []string{"true", "false", "yes", "no", "y", "n", "on", "off", "enabled", "disabled", "default", ""}

// choice is the value of such a label or annotation as messages name it. What Istio does
// not know stays untold: annotations hold secrets too, and keys are mixed up.
func choice(v object.Str) string {
	if slices.Contains(choices, strings.ToLower(v.V)) {
		return strconv.Quote(v.V)
	}
	return "…"
}
