package explain

import (
	"path/filepath"
	"testing"

	"helm.sh/helm/v3/pkg/engine"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// benchCharts are the charts of the shared data that cost most.
var benchCharts = []string{
	"prometheus-community+helm-charts/kube-prometheus-stack",
	"bitnami+charts/cilium",
	"VictoriaMetrics+helm-charts/victoria-metrics-cluster",
	"stefanprodan+podinfo/podinfo",
	"bitnami+charts/wordpress",
}

// BenchmarkEngines compares Helm's engine with the tracing one on the same
// chart, and with all that Render does.
func BenchmarkEngines(b *testing.B) {
	for _, name := range benchCharts {
		dir := filepath.Join(sourcetest.Shared(b, "data/charts"), filepath.FromSlash(name))
		c, err := chart.Load(dir)
		if err != nil {
			b.Log(err)
			continue
		}
		in, err := c.Prepare(chart.Options{})
		if err != nil {
			b.Fatal(err)
		}
		name = filepath.Base(name)
		b.Run(name+"/helm", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := engine.Render(in.Helm, in.CopyTop()); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/explain", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := newTracer(in, chart.Options{}).render(); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/render", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := rendered(c, chart.Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/origins", func(b *testing.B) {
			result, err := rendered(c, chart.Options{})
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				for _, m := range result.Manifests {
					for _, l := range yamlLeaves(m.Text) {
						m.Origin(l.start, l.end)
					}
				}
			}
		})
	}
}
