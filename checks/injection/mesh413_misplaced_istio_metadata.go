package injection

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

var misplacedIstioMetadata = &checks.Check{
	ID: "MESH413", Name: "misplaced-istio-metadata", Severity: checks.Warning,
	Summary: "Annotations and labels of Istio work only on certain kinds of objects",
	Advice:  "move it to an object on which Istio reads it",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0107", "IST0108"},
	Run: func(p *checks.Pass) {
		for _, at := range placesOf(p) {
			if at.workload == nil && at.kind != "Service" && at.kind != "Namespace" {
				continue // what a chart puts on all its objects does no harm there
			}
			for _, f := range at.entries(p, "annotations") {
				misplaced(p, at, f, "annotation", annotationsByName(), labelsByName())
			}
			for _, f := range at.entries(p, "labels") {
				misplaced(p, at, f, "label", labelsByName(), annotationsByName())
			}
		}
	},
}

// elsewhere are the keys that other checks look for in wrong places (MESH406), and those that controllers of Gateways write.
// Source: istio/api label/labels.yaml and annotation/annotations.yaml (1.31).
var elsewhere = []string{
	checks.InjectKey, "gateway.istio.io/managed", "gateway.networking.k8s.io/gateway-name",
	"gateway.networking.k8s.io/gateway-class-name", "security.istio.io/tlsMode",
}

// misplaced reports a key in the annotations or labels of an object on which Istio does not read it, and a label among the
// annotations or an annotation among the labels.
func misplaced(p *checks.Pass, at place, f object.Field, what string, same, other map[string]*known) {
	key := f.Name()
	right := map[string]string{"annotation": "label", "label": "annotation"}[what]
	k, swapped := same[key], other[key]
	switch {
	case slices.Contains(elsewhere, key) || key == checks.RevisionLabel && (what == "label" || at.kind != "Namespace"):
		return
	case key == "kubernetes.io/ingress.class" && (what == "label" || at.kind != "Namespace"):
		return // other software reads it on other kinds
	case key == checks.RevisionLabel, k == nil && swapped != nil:
		if p.Decide(f.Written().And(podsHave(p, at, right, key).Not())) {
			swappedAt(p, at, f, what, right, swapped)
		}
		return
	case k == nil || k.worksOn(at.kind):
		return
	}
	if !p.Decide(f.Written().And(podsHave(p, at, what, key).Not())) {
		return
	}
	found := p.Report(f.AtKey(), "%s %q is on %s, where Istio ignores it: it works on %s only", what, key, at.of, kindsInWords(k))
	switch {
	case key == checks.InjectionLabel:
		found.WithAdvice("label the namespace so, or label the pods %s: \"true\" or \"false\"", checks.InjectKey)
	case at.workload != nil && at.kind != "Pod" && k.worksOn("Pod"):
		found.WithAdvice("move it to the %ss of the pod template", what)
	default:
		found.WithAdvice("move it to the %ss of %s", what, kindsInWords(k))
	}
}

// swappedAt reports an annotation that is a label, or the other way round.
func swappedAt(p *checks.Pass, at place, f object.Field, what, right string, is *known) {
	article := map[string]string{"annotation": "an", "label": "a"}[right]
	found := p.Report(f.AtKey(), "%q is among the %ss of %s, where Istio does not look for it: it is %s %s", f.Name(), what, at.of, article, right)
	if is.worksOn(at.kind) {
		found.WithAdvice("move it to the %ss", right)
		return
	}
	found.WithAdvice("move it to the %ss of %s", right, kindsInWords(is))
}

// podsHave reports whether the pods of a workload, or those that a Service selects, have a label or annotation themselves:
// what a chart puts on all its objects is in order.
func podsHave(p *checks.Pass, at place, what, key string) object.Truth {
	if at.kind == "Pod" {
		return object.No()
	}
	var pods []*object.Workload
	if at.workload != nil {
		pods = append(pods, at.workload)
	}
	if svc, is := object.AsService(at.Object()); is {
		pods = p.WorkloadsOf(svc).Sure
	}
	have := object.No()
	for _, w := range pods {
		if what == "label" {
			have = have.Or(w.PodLabel(key).Written())
		} else {
			have = have.Or(w.PodAnnotation(key).Written())
		}
	}
	return have
}

// kindsInWords names the kinds on which a key works.
func kindsInWords(k *known) string {
	words := map[string]string{"Pod": "pods", "Namespace": "namespaces", "Service": "Services"}
	var named []string
	for _, kind := range k.places() {
		if words[kind] == "" {
			words[kind] = "objects of kind " + kind
		}
		named = append(named, words[kind])
	}
	if n := len(named); n > 1 {
		return strings.Join(named[:n-1], ", ") + " and " + named[n-1]
	}
	return named[0]
}
