package checks

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// TestUnknownValuesStayOpen runs each check on objects with an unknown value where it
// looks: no finding about it, and the question is told.
func TestUnknownValuesStayOpen(t *testing.T) {
	deployment := "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec:\n  template:\n    metadata: {labels: {app: d, version: v1}}\n    spec: {containers: [{name: main, image: a}]}\n"
	ns := "apiVersion: v1\nkind: Namespace\nmetadata: {name: default, labels: {istio-injection: enabled}}\n---\n"
	policy := "apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata: {name: open}\n---\n"
	template := func(path ...string) []string { return append([]string{"spec", "template"}, path...) }
	for _, c := range []struct {
		check *Check
		text  string
		of    string
		path  []string
	}{
		{applicationUID1337, deployment, "Deployment", template("spec", "securityContext", "runAsUser")},
		{applicationGID1337, deployment, "Deployment", template("spec", "securityContext")},
		{pspDeniesInitCapabilities, policy + deployment, "Deployment", template("spec", "serviceAccountName")},
		{psaDeniesInitCapabilities, ns + deployment, "Namespace", []string{"metadata", "labels", "pod-security.kubernetes.io/enforce"}},
		{missingAppLabel, deployment, "Deployment", template("metadata", "labels")},
		{missingVersionLabel, deployment, "Deployment", template("metadata", "labels", "version")},
		{duplicateAppLabel, deployment, "Deployment", template("metadata", "labels", "app")},
		{identityLabelsNotOnTemplate, strings.Replace(deployment, "{name: d}", "{name: d, labels: {app: d}}", 1), "Deployment", template("metadata", "labels")},
		{namespaceMultipleInjectionLabels, ns, "Namespace", []string{"metadata", "labels", "istio.io/rev"}},
		{injectAnnotationDeprecated, deployment, "Deployment", template("metadata", "annotations")},
		{injectAnnotationIneffective, ns + deployment, "Deployment", template("metadata", "annotations")},
		{injectOnWrongObject, deployment, "Deployment", []string{"metadata", "labels"}},
		{hostNetworkInjection, ns + deployment, "Deployment", template("spec", "hostNetwork")},
		{reservedServicePort, "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{name: http}]}\n", "Service", []string{"spec", "ports", "0", "port"}},
	} {
		p := passOf(t, &Mesh{}, c.text)
		for _, o := range p.Objects() {
			if o.Kind == c.of {
				makeUnknown(o.Tree, c.path)
			}
		}
		p.Set = object.NewSet("default", p.Objects())
		p.check, p.facts = c.check, newFacts(p.Set, p.Mesh)
		c.check.Run(p)
		if len(p.findings) > 0 {
			t.Errorf("%s: %v of %s is unknown, and yet: %s", c.check.ID, c.path, c.of, p.findings[0].Message)
		}
		if len(p.open) == 0 {
			t.Errorf("%s: %v of %s is unknown, and nobody tells", c.check.ID, c.path, c.of)
		}
	}
}
