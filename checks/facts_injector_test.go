package checks

import (
	"strings"
	"testing"
)

// operatorValues is an IstioOperator with values of Istio's charts.
func operatorValues(values string) string {
	return "---\napiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: o, namespace: istio-system}\nspec: {values: {" + values + "}}\n"
}

// injectorConfig is the ConfigMap of an injector; revision is empty for the default one.
func injectorConfig(revision, config string) string {
	name := injectorConfigMap
	if revision != "" {
		name += "-" + revision
	}
	return "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + ", namespace: istio-system, labels: {istio.io/rev: " + revision + "}}\n" +
		"data:\n  config: |\n    " + strings.ReplaceAll(config, "\n", "\n    ") + "\n  values: '{}'\n"
}

// TestEnrolledByInjector says where the injector's own selectors and policy stand in the order of decision.
func TestEnrolledByInjector(t *testing.T) {
	const (
		never    = "sidecarInjectorWebhook: {neverInjectSelector: [{matchLabels: {}}, {matchExpressions: [{key: openshift.io/build.name, operator: Exists}]}]}"
		disabled = "global: {proxy: {autoInject: disabled}}"
		always   = "sidecarInjectorWebhook: {alwaysInjectSelector: [{matchLabels: {app: a}}]}"
		build    = ", labels: {openshift.io/build.name: b"
	)
	enabled := namespace("istio-injection: enabled")
	for _, c := range []struct {
		name  string
		mesh  Mesh
		text  string
		state EnrolState
		at    string // the path of what decides; empty: not the injector's
	}{
		{name: "never", text: pod(build+"}", "") + enabled + operatorValues(never), state: EnrolOut, at: "spec.values.sidecarInjectorWebhook.neverInjectSelector[1]"},
		{name: "never, where nobody says what the namespace is", text: pod(build+"}", "") + operatorValues(never), state: EnrolOut, at: "spec.values.sidecarInjectorWebhook.neverInjectSelector[1]"},
		{name: "an empty selector matches nothing", text: pod(", labels: {app: a}", "") + enabled + operatorValues(never), state: EnrolSidecar},
		{name: "label true wins", text: pod(build+", sidecar.istio.io/inject: 'true'}", "") + enabled + operatorValues(never), state: EnrolSidecar},
		{name: "annotation true wins", text: pod(build+"}, annotations: {sidecar.istio.io/inject: 'true'}", "") + enabled + operatorValues(never), state: EnrolSidecar},
		{name: "a label that says nothing wins over the annotation", text: pod(build+", sidecar.istio.io/inject: maybe}, annotations: {sidecar.istio.io/inject: 'true'}", "") + enabled + operatorValues(never), state: EnrolOut, at: "spec.values.sidecarInjectorWebhook.neverInjectSelector[1]"},
		{name: "a word for yes wins up to 1.26", mesh: Mesh{Istio: "1.26"}, text: pod(build+", sidecar.istio.io/inject: 'yes'}", "") + enabled + operatorValues(never), state: EnrolSidecar},
		{name: "and not later", mesh: Mesh{Istio: "1.27"}, text: pod(build+", sidecar.istio.io/inject: 'yes'}", "") + enabled + operatorValues(never), state: EnrolOut, at: "spec.values.sidecarInjectorWebhook.neverInjectSelector[1]"},
		{name: "ambient is not the injector's", text: pod(build+"}", "") + namespace("istio.io/dataplane-mode: ambient") + operatorValues(never), state: EnrolAmbient},
		{name: "policy disabled", text: pod(", labels: {app: b}", "") + enabled + operatorValues(disabled), state: EnrolOut, at: "spec.values.global.proxy.autoInject"},
		{name: "always, with the policy disabled", text: pod(", labels: {app: a}", "") + enabled + operatorValues(disabled+", "+always), state: EnrolSidecar},
		{name: "never wins over always", text: pod(build+", app: a}", "") + enabled + operatorValues(strings.TrimSuffix(never, "}")+", alwaysInjectSelector: [{matchLabels: {app: a}}]}"), state: EnrolOut},
		{name: "always calls no webhook", text: pod(", labels: {app: a}", "") + namespace("istio-injection: disabled") + operatorValues(always), state: EnrolOut},
		{name: "the ConfigMap", text: pod(build+"}", "") + enabled + injectorConfig("", "policy: enabled\nneverInjectSelector:\n  - matchExpressions: [{key: openshift.io/build.name, operator: In, values: [b]}]"), state: EnrolOut, at: "data.config.neverInjectSelector[0]"},
		{name: "another revision", text: pod(build+"}", "") + enabled + injectorConfig("", "policy: enabled") + injectorConfig("canary", "policy: disabled"), state: EnrolSidecar},
		{name: "its own revision", text: pod("", "") + namespace("istio.io/rev: canary") + injectorConfig("", "policy: enabled") + injectorConfig("canary", "policy: disabled"), state: EnrolOut, at: "data.config.policy"},
		{name: "a tag may be any revision", text: pod("", "") + namespace("istio.io/rev: prod") + injectorConfig("", "policy: enabled") + injectorConfig("canary", "policy: disabled"), state: EnrolSidecar},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := passOf(t, &c.mesh, c.text)
			e := p.Enrolled(p.Workloads()[0])
			if e.State != c.state || len(p.open) > 0 || c.at != "" && e.Field.Path() != c.at {
				t.Errorf("state %d by %s (%s), %d open questions; want %d by %s", e.State, e.Field.Path(), e.Why, len(p.open), c.state, c.at)
			}
		})
	}
}

// TestEnrolledByInjectorOpen says that a selector that is not known is an open question, and that pods of which not all labels
// are known are taken as not selected.
func TestEnrolledByInjectorOpen(t *testing.T) {
	p := passOf(t, &Mesh{}, pod(", labels: {app: a}", "")+operatorValues("sidecarInjectorWebhook: {neverInjectSelector: [{matchLabels: {app: x}}]}"))
	for _, o := range p.Objects() {
		blur(o.Tree)
	}
	p = passAgain(p)
	if e := p.Enrolled(p.Workloads()[0]); e.State != EnrolUnknown || len(p.open) != 1 {
		t.Errorf("an unknown selector gives %+v and %d open questions", e, len(p.open))
	}
	p = passOf(t, &Mesh{}, pod(", labels: {app: a}", "")+operatorValues("sidecarInjectorWebhook: {neverInjectSelector: [{matchLabels: {tier: batch}}]}"))
	for _, o := range p.Objects() {
		if o.Kind == "Pod" {
			unsettle(o.Get("metadata", "labels").Node(), false, false)
		}
	}
	p = passAgain(p)
	if e := p.Enrolled(p.Workloads()[0]); e.State != EnrolSidecar || !strings.Contains(e.unless, "var.labels turns injection off") || len(p.open) != 0 {
		t.Errorf("labels that are not all known give %+v and %d open questions", e, len(p.open))
	}
}
