package injection

import (
	"strconv"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

var injectValueInvalid = &checks.Check{
	ID: "MESH407", Name: "inject-value-invalid", Severity: checks.Warning,
	Summary:  `sidecar.istio.io/inject must be "true" or "false", in lower case`,
	Advice:   `write "true" or "false"`,
	Modes:    []checks.Mode{checks.Sidecar},
	Replaces: []string{"MESH404"},
	Run: func(p *checks.Pass) {
		for _, w := range p.Workloads() {
			label, annotation := w.PodLabel(checks.InjectKey), w.PodAnnotation(checks.InjectKey)
			switch {
			case p.Decide(neither(label)):
				reportChoice(p, w, label, "label", "decides as if it were not there")
			case p.Decide(label.Written().Not().And(neither(annotation))):
				reportChoice(p, w, annotation, "annotation", "decides as if it were not there")
			}
			if native := w.PodAnnotation("sidecar.istio.io/nativeSidecar"); p.Decide(neither(native)) {
				reportChoice(p, w, native, "annotation", "ignores it")
			}
			rewrite := w.PodAnnotation("sidecar.istio.io/rewriteAppHTTPProbers")
			if p.Decide(rewrite.NotEmpty().And(rewrite.Matches(isBool).Not())) {
				reportChoice(p, w, rewrite, "annotation", "ignores it")
			}
		}
	},
}

// neither reports whether a choice is made, and is neither true nor false. An empty one counts as none.
func neither(v object.Str) object.Truth { return v.NotEmpty().And(v.In("true", "false").Not()) }

// isBool reports whether Go reads a text as a boolean, as Istio reads this annotation.
func isBool(v string) bool {
	_, err := strconv.ParseBool(v)
	return err == nil
}

func reportChoice(p *checks.Pass, w *object.Workload, v object.Str, what, does string) {
	p.Report(v, "%s %s: %s of the pods of %s %q is neither \"true\" nor \"false\": Istio %s", what, v.Name(), choice(v), w.Kind, w.Name, does)
}
