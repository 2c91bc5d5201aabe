package schema_test

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/schema"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// verdict is an object of Istio's validation tests with what its webhook says of it.
type verdict struct {
	Istio  string
	Object json.RawMessage
	Valid  bool
}

func verdicts(t testing.TB) (all []verdict) {
	t.Helper()
	file, err := os.Open(sourcetest.Shared(t, "data/istio-cases/webhook.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var v verdict
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		all = append(all, v)
	}
	if len(all) == 0 || lines.Err() != nil {
		t.Fatal("webhook.jsonl has no objects", lines.Err())
	}
	return all
}

// check judges the objects of a text of which the table has the kind.
func check(t testing.TB, text, release string) (all schema.Result, objects int) {
	t.Helper()
	for _, o := range decode(t, text) {
		group, version, _ := strings.Cut(o.APIVersion, "/")
		s, ok := schema.Of(group, o.Kind, version)
		if !ok {
			continue
		}
		objects++
		r := s.Check(o, release)
		all.Problems = append(all.Problems, r.Problems...)
		all.Undecided = append(all.Undecided, r.Undecided...)
	}
	return all, objects
}

func decode(t testing.TB, text string) []*object.Object {
	t.Helper()
	return object.Decode(text, asWritten{source.NewFile("", "input.yaml", []byte(text))}, object.Kubectl).Objects
}

// asWritten says that a text was written as it is.
type asWritten struct{ file *source.File }

func (w asWritten) Origin(start, end int) source.Origin {
	return source.Origin{Span: source.Span{File: w.file, Start: start, End: end}}
}
