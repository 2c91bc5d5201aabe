package documented

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// BenchmarkRead reads the values of all public charts.
func BenchmarkRead(b *testing.B) {
	var texts [][]byte
	size := 0
	for _, chart := range sourcetest.Charts(b) {
		if text, err := os.ReadFile(filepath.Join(chart.Dir, "values.yaml")); err == nil {
			texts = append(texts, text)
			size += len(text)
		}
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for _, text := range texts {
			Read(text, nil)
		}
	}
}
