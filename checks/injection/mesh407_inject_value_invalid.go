package injection

import (
	"slices"
	"strconv"
	"strings"

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
				reportInject(p, w, label, "label")
			case p.Decide(label.Written().Not().And(neither(annotation))):
				reportInject(p, w, annotation, "annotation")
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

// reportInject reports a value of sidecar.istio.io/inject. Older releases know more words; where these
// keep the pods out, as some of them mean, that works until Istio is upgraded.
func reportInject(p *checks.Pass, w *object.Workload, v object.Str, what string) {
	switch {
	case p.Mesh.IstioFrom(checks.InjectWordsGone):
		reportChoice(p, w, v, what, "decides as if it were not there")
	case !p.Mesh.ReadsInjectWords(): // some of the targets do
		reportChoice(p, w, v, what, "1.27 and newer decides as if it were not there, and an older one in its own way")
	case !p.Mesh.InjectsNot(v.V):
		reportChoice(p, w, v, what, "up to 1.26 injects them only in namespaces that are injected too, and later ones ignore it")
	default:
		f := reportChoice(p, w, v, what, "up to 1.26 keeps them out of the mesh, and later ones ignore it")
		if slices.Contains([]string{"false", "no", "n", "off", "disabled"}, strings.ToLower(v.V)) {
			f.WithSeverity(checks.Note).WithAdvice("write \"false\"")
		}
	}
}

func reportChoice(p *checks.Pass, w *object.Workload, v object.Str, what, does string) *checks.Finding {
	return p.Report(v, "%s %s: %s of the pods of %s %q is neither \"true\" nor \"false\": Istio %s", what, v.Name(), choice(v), w.Kind, w.Name, does)
}
