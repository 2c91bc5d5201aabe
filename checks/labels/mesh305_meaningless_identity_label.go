package labels

import (
	"regexp"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// meaninglessIdentityLabel finds labels of the application and the version that name none. Empty ones are as good as missing:
// MESH301 and MESH302 report them.
var meaninglessIdentityLabel = &checks.Check{
	ID: "MESH305", Name: "meaningless-identity-label", Severity: checks.Note,
	Summary: "The labels app and version need values that are valid and name something",
	Advice:  "set the label to the name of the application, or to its version",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, w := range lasting(p) {
			for _, id := range []identity{appIdentity, versionIdentity} {
				if !reportInvalid(p, w, id) {
					reportPlaceholder(p, w, id)
				}
			}
		}
	},
}

// labelValue is what a label may be. Source: k8s.io/apimachinery v0.34.1 pkg/util/validation IsValidLabelValue.
var labelValue = regexp.MustCompile(`^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$`)

const maxLabelValue = 63

// placeholders are values of an identity that name nothing: those of scaffolds, of templates nobody filled in and, for versions,
// what Istio itself says of pods without one. Examples and tests of charts are called test on purpose.
var placeholders = map[string][]string{
	appIdentity.old:     {"app", "application", "service", "changeme", "todo"},
	versionIdentity.old: {"latest"},
}

// invalidLabel reports whether a value is none of a label. Charts have ${NAME} where their own build fills in a value.
func invalidLabel(v string) bool {
	return !strings.Contains(v, "${") && (len(v) > maxLabelValue || !labelValue.MatchString(v))
}

// reportInvalid reports the labels of an identity that the API server does not take.
func reportInvalid(p *checks.Pass, w *object.Workload, id identity) (reported bool) {
	for _, key := range id.keys {
		label := w.PodLabel(key)
		if !p.Decide(label.Matches(invalidLabel)) {
			continue
		}
		why := "has other characters than letters, digits, - _ and ., or ends in one of these"
		if len(label.V) > maxLabelValue {
			why = "has more than 63 characters"
		}
		f := p.Report(label, "label %s of the pods of %s %q is %q, which %s: the API server rejects it", key, w.Kind, w.Name, label.V, why).
			WithSeverity(checks.Warning)
		if strings.Contains(label.V, "+") {
			f.WithAdvice(`replace the plus sign, such as by {{ .Chart.AppVersion | replace "+" "_" | quote }}`)
		}
		reported = true
	}
	return reported
}

// reportPlaceholder reports the label that gives an identity where its value names nothing.
func reportPlaceholder(p *checks.Pass, w *object.Workload, id identity) {
	label, has := id.in(w.Labels(), p.Mesh)
	if !p.Decide(has) || !slices.Contains(placeholders[id.old], strings.ToLower(label.V)) {
		return
	}
	if id.old == versionIdentity.old {
		p.Report(label, "label %s of the pods of %s %q is %q, which is what Istio's telemetry reports without a version: it cannot tell releases apart",
			label.Name(), w.Kind, w.Name, label.V)
		return
	}
	p.Report(label, "label %s of the pods of %s %q is %q, which names any application: Istio's telemetry cannot tell it from others",
		label.Name(), w.Kind, w.Name, label.V)
}
