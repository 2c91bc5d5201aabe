package chart

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestVendored holds which files of a chart are somebody else's.
func TestVendored(t *testing.T) {
	c, err := LoadFiles("web", map[string][]byte{
		"Chart.yaml": []byte("apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n- {name: db, version: 1.2.3, repository: 'https://example.com'}\n" +
			"- {name: near, version: 0.1.0, repository: 'file://../near'}\n- {name: own, version: 0.1.0}\n"),
		"templates/a.yaml":                 []byte("a: b"),
		"charts/db/Chart.yaml":             []byte("apiVersion: v2\nname: db\nversion: 1.2.3\n"),
		"charts/db/templates/a.yaml":       []byte("a: b"),
		"charts/db/charts/kit/Chart.yaml":  []byte("apiVersion: v2\nname: kit\nversion: 0.4.0\n"),
		"charts/db/charts/kit/values.yaml": []byte("a: b"),
		"charts/near/Chart.yaml":           []byte("apiVersion: v2\nname: near\nversion: 0.1.0\n"),
		"charts/own/Chart.yaml":            []byte("apiVersion: v2\nname: own\nversion: 0.1.0\n"),
		"charts/undeclared/Chart.yaml":     []byte("apiVersion: v2\nname: undeclared\nversion: 0.1.0\n"),
	})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for name, f := range c.files {
		if f.Dependency != "" {
			got[name] = f.Dependency
		}
	}
	want := map[string]string{
		"charts/db/Chart.yaml": "db 1.2.3", "charts/db/templates/a.yaml": "db 1.2.3",
		"charts/db/charts/kit/Chart.yaml": "kit 0.4.0", "charts/db/charts/kit/values.yaml": "kit 0.4.0",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
