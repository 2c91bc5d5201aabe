package sarif

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/checks"
)

// FuzzMerge holds that no bytes that are read as a log stop a merge, and that a merged
// log merges into itself.
func FuzzMerge(f *testing.F) {
	f.Add([]byte(foreign))
	f.Add(bytesOf(f, Build(sample(f), options())))
	f.Add(bytesOf(f, Build(hostileReport(f, hostile), options())))
	f.Add(bytesOf(f, Build(&checks.Report{}, Options{})))
	f.Add([]byte(`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"mesh-check","rules":[null,{}]}},"invocations":[{}],"properties":{"inputs":[0,{}],"undecided":[{"location":3}],"suppressed":1e300,"leftOut":{"error":2,"x":1},"shard":{"part":1,"parts":1}},"results":[null,{},{"properties":{"kind":1,"origins":[{"primary":true}]}}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := Read(bytes.NewReader(data))
		if err != nil {
			return
		}
		once, err := Merge([]*Log{l}, MergeOptions{Distinct: true})
		if err != nil {
			return
		}
		first := bytesOf(t, once)
		again, err := Merge(reread(t, []*Log{once}), MergeOptions{Distinct: true})
		if err != nil {
			t.Fatalf("the merged log does not merge: %v", err)
		}
		if diff := cmp.Diff(string(first), string(bytesOf(t, again))); diff != "" {
			t.Fatalf("(-merged +merged again)\n%s", diff)
		}
	})
}

// FuzzMergeIsBuild holds that whatever a chart says, its log and that of another input
// merge into the log of both.
func FuzzMergeIsBuild(f *testing.F) {
	f.Add("plain", 0, 3)
	f.Add(hostile, 4, 20)
	f.Add("", 1, 0)
	f.Add("../\xe9\xa0 日本 ]( \r\r\n", 3, 1)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		r := hostileReport(t, text)
		for _, found := range r.Findings {
			found.Origin.Span.Start, found.Origin.Span.End = start, end
		}
		other := sample(t)
		var logs []*Log
		for _, part := range []*checks.Report{r, other} {
			logs = append(logs, Build(part, options()))
		}
		merged, err := Merge(reread(t, logs), MergeOptions{})
		if err != nil {
			t.Fatal(err)
		}
		both := &checks.Report{
			Inputs: append(r.Inputs, other.Inputs...), Findings: append(r.Findings, other.Findings...),
			Undecided: append(r.Undecided, other.Undecided...), Errors: append(r.Errors, other.Errors...),
			Notes: append(r.Notes, other.Notes...),
		}
		if diff := cmp.Diff(string(bytesOf(t, Build(both, options()))), string(bytesOf(t, merged))); diff != "" {
			t.Fatalf("(-built +merged)\n%s", diff)
		}
	})
}
