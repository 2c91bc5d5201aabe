package view

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/sarif"
)

// FuzzWrite holds that any log that can be read can be shown, without a panic and
// without a control character, and merged, if it is ours, into a log that merges into
// itself.
func FuzzWrite(f *testing.F) {
	f.Add([]byte(`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"mesh-check"}},"results":[{"locations":[{"physicalLocation":{"region":{"startLine":9,"startColumn":7,"endColumn":-3,"snippet":{"text":"\u001b"}}}}]}]}]}`), 0)
	// Small seeds: the engine spends its time on making large ones smaller.
	f.Add([]byte(`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"mesh-check","rules":[{"id":"R","name":"n"}]}},`+
		`"properties":{"inputs":[{"path":"a","kind":"chart","objects":1}],"undecided":[{"id":"R","reason":"x"}],"suppressed":1},`+
		`"results":[{"ruleId":"R","message":{"text":"m. See [a](1)."},"relatedLocations":[{"id":1,"message":{"text":"a"}}],`+
		`"properties":{"origins":[{"role":"value","location":1}],"exact":false}}]}]}`), 20)
	f.Add([]byte(`{"version":"2.1.0","runs":[{"results":[{"level":"error","message":{"text":"m"},"locations":[{"physicalLocation":`+
		`{"artifactLocation":{"uri":"a%20b"},"region":{"startLine":2,"startColumn":3,"endLine":2,"endColumn":5},`+
		`"contextRegion":{"startLine":1,"snippet":{"text":"a\n\tb日c\n"}}}}]}]}]}`), 0)
	f.Add([]byte(`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"mesh-check","rules":[null,{}]}},"invocations":[{}],"properties":{"inputs":[0,{}],"undecided":[{"location":3}],"suppressed":1e300,"leftOut":{"error":2,"x":1},"shard":{"part":1,"parts":1}},"results":[null,{},{"properties":{"kind":1,"origins":[{"primary":true}]}}]}]}`), 1)
	f.Add([]byte(`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"mesh-check"}},"properties":{"inputs":[{"path":"a","kind":"chart","valuesSets":["s","t"],"environments":{"s":"dev"},"coverage":{"lines":0,"reached":3}}]},`+
		`"graphs":[null,{"properties":{"input":"a","valuesSets":["s"],"environments":["dev"]},"nodes":[null,{"id":"x\u001b","properties":{"lane":"none","object":{"kind":"\u202ePod","name":"</svg>"},"ports":[{}]}},{"id":"y"}],`+
		`"edges":[{},{"sourceNodeId":"x\u001b","targetNodeId":"y","label":{"text":"\u0000"}}]},{"properties":{"input":"a","otherSets":9}}]}]}`), 0)
	f.Fuzz(func(t *testing.T, data []byte, width int) {
		l, err := sarif.Read(bytes.NewReader(data))
		if err != nil {
			return
		}
		for _, format := range Formats {
			var b bytes.Buffer
			o := Options{Notes: true, Width: width, Root: "/r", Cwd: "/r/x"}
			if err := Write(&b, format.Name, l, o); err != nil {
				t.Fatalf("%s: %v", format.Name, err)
			}
			if format.Name != "sarif" && strings.ContainsAny(b.String(), "\x1b\r\x00\u202e") {
				t.Fatalf("%s has a control character", format.Name)
			}
		}
		l.ApplyBaseline(l.Baseline())
		mergesIntoItself(t, data)
	})
}

// mergesIntoItself holds that a log of ours merges, and that merging the result anew
// changes nothing.
func mergesIntoItself(t *testing.T, data []byte) {
	t.Helper()
	l, err := sarif.Read(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("what was read once cannot be read again: %v", err)
	}
	once, err := sarif.Merge([]*sarif.Log{l}, sarif.MergeOptions{Distinct: true})
	if err != nil {
		return // not ours
	}
	if data, err = once.Encode(); err != nil {
		t.Fatal(err)
	}
	l, err = sarif.Read(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("the merged log cannot be read: %v", err)
	}
	again, err := sarif.Merge([]*sarif.Log{l}, sarif.MergeOptions{Distinct: true})
	if err != nil {
		t.Fatalf("the merged log does not merge: %v", err)
	}
	if anew, err := again.Encode(); err != nil || !bytes.Equal(data, anew) {
		t.Fatalf("%v (-merged +merged again)\n%s", err, cmp.Diff(string(data), string(anew)))
	}
}
