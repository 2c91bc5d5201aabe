package terraform

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkLoadPlan holds that the time for a plan grows with its resources alone.
func BenchmarkLoadPlan(b *testing.B) {
	for _, n := range []int{100, 1_000, 10_000} {
		changes := make([]string, n)
		for i := range changes {
			changes[i] = podChange(i, `"create"`)
		}
		data := []byte(fmt.Sprintf(planOf, strings.Join(changes, ",")))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.Chdir(b.TempDir())
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				root, err := LoadPlan("plan.json", data, Options{}, "")
				if err != nil || len(root.Objects) != n {
					b.Fatal(err, len(root.Objects))
				}
			}
		})
	}
}
