package schema_test

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/schema"
)

// BenchmarkCheck judges the objects of Istio's validation tests, all kinds.
func BenchmarkCheck(b *testing.B) {
	type job struct {
		s *schema.Schema
		o *object.Object
	}
	var jobs []job
	for _, v := range verdicts(b) {
		o := decode(b, string(v.Object))[0]
		group, version, _ := strings.Cut(o.APIVersion, "/")
		s, _ := schema.Of(group, o.Kind, version)
		jobs = append(jobs, job{s, o})
	}
	for b.Loop() {
		for _, j := range jobs {
			j.s.Check(j.o, "")
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(jobs)), "ns/object")
}
