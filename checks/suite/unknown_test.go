package suite_test

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/suite"
	"github.com/mesh-check/mesh-check/frontends/manifest"
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
		check string
		text  string
		of    string
		path  []string
	}{
		{"MESH105", "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: 80}]}\n", "Service", []string{"spec", "ports", "0", "port"}},
		{"MESH201", deployment, "Deployment", template("spec", "securityContext", "runAsUser")},
		{"MESH202", deployment, "Deployment", template("spec", "securityContext")},
		{"MESH203", policy + deployment, "Deployment", template("spec", "serviceAccountName")},
		{"MESH204", ns + deployment, "Namespace", []string{"metadata", "labels", "pod-security.kubernetes.io/enforce"}},
		{"MESH206", strings.Replace(ns, "enabled}", "enabled, pod-security.kubernetes.io/enforce: baseline}", 1) + deployment, "Deployment", template("metadata", "annotations")},
		{"MESH207", deployment, "Deployment", template("spec", "containers", "0", "securityContext")},
		{"MESH208", "apiVersion: v1\nkind: LimitRange\nmetadata: {name: l}\nspec: {limits: [{type: Container, max: {cpu: 1}}]}\n---\n" + deployment, "LimitRange", []string{"spec", "limits", "0", "max"}},
		{"MESH209", deployment, "Deployment", template("metadata", "annotations")},
		{"MESH301", deployment, "Deployment", template("metadata", "labels")},
		{"MESH302", deployment, "Deployment", template("metadata", "labels", "version")},
		{"MESH303", deployment, "Deployment", template("metadata", "labels", "app")},
		{"MESH304", strings.Replace(deployment, "{name: d}", "{name: d, labels: {app: d}}", 1), "Deployment", template("metadata", "labels")},
		{"MESH305", deployment, "Deployment", template("metadata", "labels", "version")},
		{"MESH306", strings.Replace(deployment, "version: v1", "app.kubernetes.io/name: e", 1) + "---\n" + strings.NewReplacer("Deployment", "StatefulSet", "app: d", "app: e").Replace(deployment), "Deployment", template("metadata", "labels", "app")},
		{"MESH402", ns, "Namespace", []string{"metadata", "labels", "istio.io/rev"}},
		{"MESH404", deployment, "Deployment", template("metadata", "annotations")},
		{"MESH405", ns + deployment, "Deployment", template("metadata", "annotations")},
		{"MESH406", deployment, "Deployment", []string{"metadata", "labels"}},
		{"MESH408", ns + deployment, "Deployment", template("spec", "hostNetwork")},
		{"MESH401", strings.Replace(ns, "enabled", "''", 1), "Namespace", []string{"metadata", "labels"}},
		{"MESH407", deployment, "Deployment", template("metadata", "labels", "sidecar.istio.io/inject")},
		{"MESH412", deployment, "Deployment", template("metadata", "annotations")},
		{"MESH413", deployment, "Deployment", []string{"metadata", "annotations"}},
		{"MESH414", deployment, "Deployment", template("metadata", "annotations", "proxy.istio.io/config")},
		{"MESH415", deployment, "Deployment", template("metadata", "annotations")},
		{"MESH417", ns, "Namespace", []string{"metadata", "labels", "istio-injection"}},
		{"MESH421", deployment, "Deployment", template("spec", "dnsPolicy")},
		{"MESH423", deployment, "Deployment", template("spec", "nodeSelector")},
		{"MESH503", "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{name: http}]}\n", "Service", []string{"spec", "ports", "0", "port"}},
	} {
		set := setOf(t, c.text)
		for _, o := range set.Objects() {
			if o.Kind == c.of {
				makeUnknown(o.Tree, c.path)
			}
		}
		out := runOne(t, c.check, object.NewSet("default", set.Objects()))
		if len(out.Findings) > 0 {
			t.Errorf("%s: %v of %s is unknown, and yet: %s", c.check, c.path, c.of, out.Findings[0].Message)
		}
		if len(out.Questions) == 0 {
			t.Errorf("%s: %v of %s is unknown, and nobody tells", c.check, c.path, c.of)
		}
	}
}

// setOf is the objects of a text.
func setOf(t *testing.T, text string) *object.Set {
	t.Helper()
	objects, errs := manifest.Read("test.yaml", []byte(text))
	for _, err := range errs {
		t.Fatal(err)
	}
	return object.NewSet("default", objects)
}

// runOne is what one check of the suite finds in a set.
func runOne(t *testing.T, id string, set *object.Set) checks.Outcome {
	t.Helper()
	c, ok := suite.Find(id)
	if !ok {
		t.Fatalf("there is no %s", id)
	}
	return checks.Run([]*checks.Check{c}, set, &checks.Mesh{}, checks.Selection{Only: []string{c.ID}})
}

// makeUnknown puts an unknown value at a path of a tree; of lists, the first element
// is meant.
func makeUnknown(n *object.Node, path []string) {
	unknown := &object.Node{Kind: object.Unknown, Text: "not known"}
	if n.Kind == object.List {
		makeUnknown(n.Items[0], path[1:])
		return
	}
	for i, e := range n.Entries {
		if e.Key == path[0] {
			if len(path) == 1 {
				n.Entries[i].Value = unknown
			} else {
				makeUnknown(e.Value, path[1:])
			}
			return
		}
	}
	n.Entries = append(n.Entries, object.Entry{Key: path[0], Value: unknown})
}

// TestNoNumberIsInvented says that a port whose number is of the wrong type, which is an error of
// the input, gets no finding that names another number.
func TestNoNumberIsInvented(t *testing.T) {
	objects, errs := manifest.Read("test.yaml", []byte("apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: http}]}\n"))
	if len(objects) != 1 || len(errs) != 1 {
		t.Fatalf("%d objects, errors %v", len(objects), errs)
	}
	out := runOne(t, "MESH105", object.NewSet("default", objects))
	for _, f := range out.Findings {
		t.Errorf("finding: %s", f.Message)
	}
}
