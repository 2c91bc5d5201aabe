package manifest_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

func TestLoad(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"two objects", "\ufeffkind: Service\r\napiVersion: v1\r\nmetadata: {name: ü}\r\n---\r\nkind: Pod\r\napiVersion: v1\r\n",
			[]string{"Service ü at x.yaml:1:1", "Pod  at x.yaml:5:1"}},
		{"nothing", "# a comment\n", []string{"note the file contains no Kubernetes objects"}},
		{"twice", "kind: A\napiVersion: b/v1\nspec:\n  a: 1\n  a: 2\n",
			[]string{"A  at x.yaml:1:1", `error x.yaml:5:3: the key "a" is defined twice in one mapping; the last one, here, counts; delete one of them`}},
		{"no YAML", "kind: A\napiVersion: b/v1\n---\na: b: c\n",
			[]string{"A  at x.yaml:1:1", "error x.yaml:4:1: invalid YAML: mapping values are not allowed in this context"}},
		{"values, no manifest", "image:\n  tag: 1\n", []string{"error x.yaml:1:1: the document has no kind"}},
		{"binary", "\x00\x01", []string{"error x.yaml:1:1: invalid YAML: control characters are not allowed"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := manifest.Load(source.NewFile("", "x.yaml", []byte(c.text)))
			var got []string
			for _, o := range r.Objects {
				if o.Input != "x.yaml" {
					t.Errorf("input %q", o.Input)
				}
				got = append(got, o.String()+" at "+o.Root().Origin().Span.String())
			}
			for _, n := range r.Notes {
				got = append(got, "note "+n)
			}
			for _, e := range r.Errors {
				got = append(got, "error "+e.Error())
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestIstioCases reads the manifests of Istio's own tests. Four of them hold what is
// no object that Kubernetes would take.
func TestIstioCases(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(sourcetest.Shared(t, "data/istio-cases/cases"), "*", "*.yaml"))
	odd := []string{
		"validate-skip-validating-service/input.yaml", "validate-service-with-udp-port/input.yaml", "service-entry-addresses-allocated/meshconfig.yaml",
		"validate-metric-labels-istio-canonical/input.yaml", // apiVersion: v1, kind: Deployment
	}
	objects := 0
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		r := manifest.Load(source.NewFile("", name, data))
		objects += len(r.Objects)
		isOdd := slices.ContainsFunc(odd, func(o string) bool { return strings.HasSuffix(filepath.ToSlash(name), o) })
		if (len(r.Errors) > 0) != isOdd {
			t.Errorf("%s: errors %v", name, r.Errors)
		}
		for _, o := range r.Objects {
			if !o.Root().Origin().Span.Valid() {
				t.Errorf("%s: %s has no place", name, o)
			}
		}
	}
	t.Logf("%d files, %d objects", len(files), objects)
}
