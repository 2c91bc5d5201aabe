package injection

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

var unknownIstioAnnotation = &checks.Check{
	ID: "MESH412", Name: "unknown-istio-annotation", Severity: checks.Warning,
	Summary: "Annotations and labels in Istio's domains must be ones that Istio knows",
	Advice:  "fix the name, or remove it",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0108"},
	Run: func(p *checks.Pass) {
		for _, at := range placesOf(p) {
			for _, f := range at.entries(p, "annotations") {
				unknownAnnotation(p, at, f)
			}
			for _, f := range at.entries(p, "labels") {
				misspeltLabel(p, at, f)
			}
		}
	},
}

func unknownAnnotation(p *checks.Pass, at place, f object.Field) {
	key, table := f.Name(), annotationsByName()
	if meant := misspeltDomain(key, table); meant != "" {
		p.Report(f.AtKey(), "annotation %q of %s is in no domain of Istio, which ignores it; did you mean %q?", key, at.of, meant).
			WithAdvice("%s", renameTo(at, meant, "annotation"))
		return
	}
	if !istioKey(key) || slices.Contains(undocumented, key) {
		return
	}
	k := table[key]
	switch {
	case k == nil && labelsByName()[key] != nil:
		return // MESH413 knows what is wrong
	case k == nil:
		found := p.Report(f.AtKey(), "annotation %q of %s is unknown to Istio, which ignores it", key, at.of)
		if meant := near(p, key, "annotation"); meant != "" {
			found.Message += "; did you mean \"" + meant + "\"?"
			found.WithAdvice("%s", renameTo(at, meant, "annotation"))
		}
	case k.since != "" && p.Mesh.IstioBefore(k.since):
		p.Report(f.AtKey(), "annotation %q of %s is unknown to Istio %s, which ignores it: Istio has it since %s", key, at.of, p.Mesh.Istio, k.since).
			WithAdvice("remove it, or upgrade Istio to %s or newer", k.since)
	case k.gone != "" && p.Mesh.IstioFrom(k.gone):
		p.Report(f.AtKey(), "annotation %q of %s is ignored: Istio %s dropped it", key, at.of, k.gone).
			WithSeverity(checks.Note).WithAdvice("remove it")
	}
}

// misspeltLabel reports labels that are not Istio's but near to one: in its domains, as in all others, anybody may have
// labels.
func misspeltLabel(p *checks.Pass, at place, f object.Field) {
	key, table := f.Name(), labelsByName()
	if table[key] != nil || annotationsByName()[key] != nil || slices.Contains(undocumented, key) {
		return
	}
	meant := misspeltDomain(key, table)
	switch {
	case meant != "":
	case at.kind == "Namespace" && injectionMeant(f):
		meant = checks.InjectionLabel
	case istioKey(key):
		meant = near(p, key, "label")
	}
	if meant != "" {
		p.Report(f.AtKey(), "label %q of %s is unknown to Istio, which ignores it; did you mean %q?", key, at.of, meant).
			WithAdvice("%s", renameTo(at, meant, "label"))
	}
}

// injectionMeant reports whether a label of a namespace is istio-injection, misspelt.
func injectionMeant(f object.Field) bool {
	key := strings.ToLower(f.Name())
	near := strings.Contains(key, "istio") && strings.Contains(key, "inj") || strings.HasPrefix(key, "ist") && strings.Contains(key, "injection")
	return near && slices.Contains(choices, strings.ToLower(f.Str().V))
}

// renameTo is the advice to write the key that was meant, which may work on pods only.
func renameTo(at place, meant, what string) string {
	if at.kind == "Namespace" && meant == checks.InjectKey {
		return "label the namespace istio-injection: enabled or disabled, or label the pods"
	}
	if known := labelsByName()[meant]; known != nil && (what == "label" || meant == checks.InjectKey) {
		what = "label"
		if !known.worksOn(at.kind) && known.worksOn("Pod") {
			return fmt.Sprintf("remove it here, and set the %s %s on the pod template", what, meant)
		}
	} else if known := annotationsByName()[meant]; known != nil && !known.worksOn(at.kind) && known.worksOn("Pod") {
		return fmt.Sprintf("remove it here, and set the %s %s on the pod template", what, meant)
	}
	return "rename it to " + meant
}
