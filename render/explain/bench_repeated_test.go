//go:build unix

package explain

import (
	"path/filepath"
	"syscall"
	"testing"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// BenchmarkRepeated renders one loaded chart 20 times with the tracing engine alone, as
// exploring does. On a busy machine cpu-ns/op is what can be compared.
func BenchmarkRepeated(b *testing.B) {
	for _, name := range benchCharts {
		c, err := chart.Load(filepath.Join(sourcetest.Shared(b, "data/charts"), filepath.FromSlash(name)))
		if err != nil {
			b.Log(err)
			continue
		}
		b.Run(filepath.Base(name), func(b *testing.B) {
			b.ReportAllocs()
			begun := processorTime(b)
			for b.Loop() {
				for range 20 {
					if _, err := newTracer(prepared(b, c, chart.Options{}), chart.Options{}).render(); err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric(float64(processorTime(b)-begun)/float64(b.N), "cpu-ns/op")
		})
	}
}

// processorTime is what this process has had of all processors, in nanoseconds.
func processorTime(b *testing.B) int64 {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return used.Utime.Nano() + used.Stime.Nano()
}
