package helm

import (
	"path/filepath"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render"
	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// BenchmarkDecode reads the manifests of a large chart, once rendered.
func BenchmarkDecode(b *testing.B) {
	c, err := chart.Load(filepath.Join(sourcetest.Shared(b, "data/charts"), "prometheus-community+helm-charts", "kube-prometheus-stack"))
	if err != nil {
		b.Fatal(err)
	}
	result, err := render.Render(c, render.Options{})
	if err != nil {
		b.Fatal(err)
	}
	size := 0
	for _, m := range result.Manifests {
		size += len(m.Text)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, m := range result.Manifests {
			if d := object.Decode(m.Text, m, object.Helm); len(d.Errors) > 0 {
				b.Fatal(d.Errors)
			}
		}
	}
}
