package checks

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestIdentityLabelsOfIstio compares the table with what Istio's code has.
func TestIdentityLabelsOfIstio(t *testing.T) {
	var table struct {
		Name     []string `json:"canonical_name_labels"`
		Revision []string `json:"canonical_revision_labels"`
	}
	if err := json.Unmarshal(shared(t, "data/istio-cases/tables/constants.json"), &table); err != nil {
		t.Fatal(err)
	}
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
		p := passOf(t, &Mesh{Istio: c.istio}, pod(", labels: {"+c.labels+"}", ""))
		label, has := appIdentity.in(p.Workloads()[0].Labels(), p.Mesh)
		if label.V != c.want || has.True() != (c.want != "") {
			t.Errorf("Istio %q, %s: %q (%v), want %q", c.istio, c.labels, label.V, has.True(), c.want)
		}
	}
}
