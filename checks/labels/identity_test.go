package labels

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// TestIdentityLabelsOfIstio compares the table with what Istio's code has.
func TestIdentityLabelsOfIstio(t *testing.T) {
	var table struct {
		Name     []string `json:"canonical_name_labels"`
		Revision []string `json:"canonical_revision_labels"`
	}
	sourcetest.JSON(t, "data/istio-cases/tables/constants.json", &table)
	for _, c := range []struct{ istio, ours []string }{{table.Name, appIdentity.keys}, {table.Revision, versionIdentity.keys}} {
		if diff := cmp.Diff(c.istio, c.ours); diff != "" {
			t.Errorf("labels (-istio +ours):\n%s", diff)
		}
	}
}

func TestIdentityIn(t *testing.T) {
	for _, c := range []struct{ istio, labels, want string }{
		{"", "app: a", "a"},
		{"", "app: a, app.kubernetes.io/name: b", "b"},
		{"", "app: a, app.kubernetes.io/name: b, service.istio.io/canonical-name: c", "c"},
		{"", `app: a, app.kubernetes.io/name: ""`, "a"},
		{"1.19", "app.kubernetes.io/name: b", "b"},
		{"1.18", "app.kubernetes.io/name: b", ""},
		{"1.18", "app: a, app.kubernetes.io/name: b", "a"},
		{"", "version: v1", ""},
	} {
		p := labelsPass(t, &checks.Mesh{Istio: c.istio}, labelled(c.labels))
		label, has := appIdentity.in(p.Workloads()[0].Labels(), p.Mesh)
		if has.True() != appIdentity.has(p.Workloads()[0].Labels(), p.Mesh).True() {
			t.Errorf("Istio %q, %s: in and has differ", c.istio, c.labels)
		}
		if label.V != c.want || has.True() != (c.want != "") {
			t.Errorf("Istio %q, %s: %q (%v), want %q", c.istio, c.labels, label.V, has.True(), c.want)
		}
	}
}

// TestIdentityHas says that one label that is known is enough, be others there or not.
func TestIdentityHas(t *testing.T) {
	for _, c := range []struct {
		labels     string
		yes, undec bool
	}{{"app: a", true, false}, {"version: v1", false, true}, {`app: ""`, false, true}} {
		p := labelsPass(t, &checks.Mesh{}, labelled(c.labels))
		labels := p.Workloads()[0].Labels()
		labels.Node().Partial = "var.labels has no value"
		has := appIdentity.has(labels, p.Mesh)
		if _, undec := has.Undecided(); has.True() != c.yes || undec != c.undec {
			t.Errorf("%s and perhaps more: yes %v, undecided %v; want %v, %v", c.labels, has.True(), undec, c.yes, c.undec)
		}
	}
}

// labelsPass is a pass over the objects of a text.
func labelsPass(t *testing.T, mesh *checks.Mesh, text string) *checks.Pass {
	t.Helper()
	objects, errs := manifest.Read("test.yaml", []byte(text))
	for _, err := range errs {
		t.Fatal(err)
	}
	return checks.NewPass(&checks.Check{ID: "MESH000"}, object.NewSet("default", objects), mesh)
}

func labelled(labels string) string {
	return "apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {" + labels + "}}\nspec: {containers: [{name: main, image: a}]}\n"
}
