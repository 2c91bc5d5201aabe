package injection

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/nearest"
)

var invalidIstioLabelValue = &checks.Check{
	ID: "MESH417", Name: "invalid-istio-label-value", Severity: checks.Warning,
	Summary: "Labels that steer the mesh accept certain values only",
	Advice:  "write a name in lower case: letters, digits and hyphens",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, at := range placesOf(p) {
			for _, f := range at.entries(p, "labels") {
				for i := range labelValues {
					if v := &labelValues[i]; v.label == f.Name() && labelsByName()[v.label].worksOn(at.kind) {
						v.check(p, at, f)
					}
				}
			}
		}
	},
}

// labelValue says which values a label accepts.
type labelValue struct {
	label string
	// values are all that it accepts; nil for the name of an object.
	values []string
	// anyCase says that upper case does not matter.
	anyCase bool
	// does is what Istio does with another value.
	does string
}

// labelValues are the labels of fixed values. Source: istio/api label/labels.yaml 1.31; istio/istio
// manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml, pkg/config/constants/constants.go,
// pilot/pkg/serviceregistry/ambient waypoints.go and services.go, serviceentry/ip_autoallocation.go.
var labelValues = []labelValue{
	{checks.InjectionLabel, []string{"enabled", "disabled"}, false, "injects nothing there"},
	{checks.DataPlaneLabel, []string{"ambient", "none"}, false, "ignores it"},
	{"istio.io/waypoint-for", []string{"service", "workload", "all", "none"}, false, "sends nothing through that waypoint"},
	{"istio.io/ingress-use-waypoint", []string{"true", "false"}, true, "reads it as false"},
	{"networking.istio.io/enable-autoallocate-ip", []string{"true", "false"}, true, "ignores it"},
	{checks.RevisionLabel, nil, false, "no control plane can have that revision"},
	{"istio.io/use-waypoint", nil, false, "no waypoint can have that name"},
}

func (v *labelValue) check(p *checks.Pass, at place, f object.Field) {
	value := f.Str()
	if v.values == nil {
		if p.Decide(value.NotEmpty().And(value.Matches(isName).Not())) {
			found := p.Report(f, "label %s: %q of %s is not a valid DNS label, and %s", v.label, value.V, at.of, v.does)
			switch {
			case strings.EqualFold(value.V, "#none"):
				found.WithAdvice("write none")
			case strings.Contains(value.V, "/"):
				found.WithAdvice("name the namespace of the waypoint with the label istio.io/use-waypoint-namespace")
			case isName(strings.ReplaceAll(strings.ToLower(value.V), ".", "-")):
				found.WithAdvice("write %s, and install the control plane under that name", strings.ReplaceAll(strings.ToLower(value.V), ".", "-"))
			}
		}
		return
	}
	valid := func(text string) bool {
		if v.anyCase {
			text = strings.ToLower(text)
		}
		return slices.Contains(v.values, text)
	}
	if !p.Decide(value.NotEmpty().And(value.Matches(valid).Not())) {
		return
	}
	found := p.Report(f, "label %s: %q of %s is not a valid value (%s): Istio %s", v.label, value.V, at.of, strings.Join(v.values, ", "), v.does)
	found.WithAdvice("write one of %s", strings.Join(v.values, ", "))
	if meant := v.meant(value.V); meant != "" {
		found.WithAdvice("write %s", meant)
		if v.label == checks.InjectionLabel && meant == "disabled" {
			found.WithSeverity(checks.Note) // that is what happens
		}
	}
}

// meant is the value that was probably meant; empty for none.
func (v *labelValue) meant(value string) string {
	lower := strings.ToLower(value)
	if v.label == checks.InjectionLabel || v.label == checks.DataPlaneLabel {
		switch {
		case slices.Contains([]string{"true", "yes", "on", "enable"}, lower):
			return v.values[0]
		case slices.Contains([]string{"false", "no", "off", "disable"}, lower):
			return v.values[1]
		}
	}
	return nearest.Name(value, v.values)
}

// isName reports whether a text is a name as of Services: letters in lower case, digits and hyphens.
func isName(v string) bool {
	other := strings.IndexFunc(v, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' })
	return other < 0 && !strings.HasPrefix(v, "-") && !strings.HasSuffix(v, "-")
}
