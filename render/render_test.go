package render_test

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render"
	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source"
)

// web is a chart with a template, a file of crds/ and an empty template.
func web(t *testing.T) *chart.Chart {
	t.Helper()
	c, err := chart.LoadFiles("web", map[string][]byte{
		"Chart.yaml":           []byte("apiVersion: v2\nname: web\nversion: 1.0.0\n"),
		"values.yaml":          []byte("port: 80\n"),
		"templates/web.yaml":   []byte("port: {{ .Values.port }}\n"),
		"templates/empty.yaml": []byte("{{ if false }}a: b{{ end }}\n"),
		"crds/thing.yaml":      []byte("kind: CustomResourceDefinition\n"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestRender holds what a chart becomes: manifests sorted by name, with the places of
// their bytes, and the templates that rendered nothing.
func TestRender(t *testing.T) {
	result, err := render.Render(web(t), render.Options{Layers: []chart.Layer{{Kind: chart.Set, Text: "port=81"}}})
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Manifests) != 2 || !result.Manifests[0].CRD || result.Manifests[1].Text != "port: 81\n" || !result.Manifests[1].Exact {
		t.Fatalf("manifests %+v", result.Manifests)
	}
	o := result.Manifests[1].Origin(6, 8)
	if step, ok := o.ValueStep(); o.Span.Text() != ".Values.port" || !ok || step.Flag != "--set port=81" {
		t.Errorf("the port was written by %+v", o)
	}
	if got := strings.Join(result.Empty, " "); got != "web/templates/empty.yaml" {
		t.Errorf("empty are %q", got)
	}
}

// TestPrepare holds that values that come to the same have one digest, wherever they were
// written, and that what is prepared renders.
func TestPrepare(t *testing.T) {
	c := web(t)
	digests := map[[32]byte][]string{}
	for name, layer := range map[string]chart.Layer{
		"one":     {Kind: chart.ValuesFile, File: source.NewFile("", "one.yaml", []byte("port: 81\n"))},
		"another": {Kind: chart.ValuesFile, File: source.NewFile("", "another.yaml", []byte("{\"port\": 81}\n"))},
		"other":   {Kind: chart.Set, Text: "port=82"},
	} {
		p, err := render.Prepare(c, render.Options{Layers: []chart.Layer{layer}})
		if err != nil {
			t.Fatal(err)
		}
		digests[p.Digest()] = append(digests[p.Digest()], name)
		if _, err := p.Render(); err != nil {
			t.Error(err)
		}
	}
	if len(digests) != 2 {
		t.Errorf("digests %v", digests)
	}
	if _, err := render.Prepare(c, render.Options{KubeVersion: "new"}); err == nil {
		t.Error("a version that is none is taken")
	}
}
