package chart

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"go.yaml.in/yaml/v3"
	"helm.sh/helm/v3/pkg/chartutil"

	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
	"github.com/mesh-check/mesh-check/render/source/yamltext"
)

// valuesSets are the options of a chart's value sets: the default ones and the ci ones.
func valuesSets(t testing.TB, c sourcetest.Chart) map[string]Options {
	t.Helper()
	sets := map[string]Options{"default": {}}
	for _, ci := range c.CI {
		data, err := os.ReadFile(filepath.Join(c.Dir, filepath.FromSlash(ci)))
		if err != nil {
			t.Fatal(err)
		}
		sets[ci] = Options{Layers: []Layer{{Kind: ValuesFile, File: source.NewFile(c.Dir, ci, data)}}}
	}
	return sets
}

// TestCorpusPlaces loads all real charts with all of their value sets and asks
// for the place of each scalar of the merged values. A place must spell the
// value; nearly all values must have one.
func TestCorpusPlaces(t *testing.T) {
	charts := sourcetest.Charts(t)
	asked, found := 0, 0
	for _, each := range charts {
		c, err := Load(each.Dir)
		if err != nil {
			t.Errorf("%s: %v", each.Name, err)
			continue
		}
		for _, p := range c.Problems {
			t.Errorf("%s: problem: %v", each.Name, p)
		}
		sets := valuesSets(t, each)
		for _, set := range slices.Sorted(maps.Keys(sets)) {
			in, err := c.Prepare(sets[set])
			if err != nil {
				t.Errorf("%s with %s: %v", each.Name, set, err)
				continue
			}
			faults, _ := in.SchemaErrors()
			for _, e := range faults {
				t.Errorf("%s with %s: schema: %v", each.Name, set, e)
			}
			for p, v := range scalars(in.Values, nil) {
				asked++
				step, ok := in.Locate(p)
				if !ok {
					t.Logf("%s with %s: no place for %s", each.Name, set, p)
					continue
				}
				if why := spelled(step.Span, p, v); why != "" {
					t.Errorf("%s with %s: %s is said to stand at %s: %s", each.Name, set, p, step.Span, why)
					continue
				}
				found++
				if key, ok := in.LocateKey(p); !ok || !key.Span.Valid() {
					t.Errorf("%s with %s: no key for %s", each.Name, set, p)
				}
			}
		}
	}
	t.Logf("%d of %d scalars have their place", found, asked)
	if asked == 0 || float64(found) < 0.99*float64(asked) {
		t.Errorf("only %d of %d scalars have their place", found, asked)
	}
}

// TestCorpusFiles looks for the file behind each template and each file of
// .Files of the real charts: the bytes must be those that Helm has.
func TestCorpusFiles(t *testing.T) {
	for _, each := range sourcetest.Charts(t) {
		c, err := Load(each.Dir)
		if err != nil {
			t.Errorf("%s: %v", each.Name, err)
			continue
		}
		in, err := c.Prepare(Options{})
		if err != nil {
			t.Errorf("%s: %v", each.Name, err)
			continue
		}
		for at, hs := range in.byPath {
			for _, h := range hs {
				for _, f := range h.Templates {
					if got := in.File(at + "/" + f.Name); got == nil || string(yamltext.WithoutBOM(got.Data)) != string(f.Data) {
						t.Errorf("%s: no file for template %s/%s", each.Name, at, f.Name)
					}
				}
				for _, f := range h.Files {
					if got := in.ChartFile(at, f.Name); got == nil || string(yamltext.WithoutBOM(got.Data)) != string(f.Data) {
						t.Errorf("%s: no file %s of chart %s", each.Name, f.Name, at)
					}
				}
				if step, ok := in.LocateChart(at, "Version"); !ok || step.Span.Text() != h.Metadata.Version {
					t.Errorf("%s: version of %s is said to be %q at %s", each.Name, at, step.Span.Text(), step.Span)
				}
				if step, ok := in.LocateChart(at, "Name"); !ok || step.Span.Text() != h.Name() {
					t.Errorf("%s: name of %s is said to be %q at %s", each.Name, at, step.Span.Text(), step.Span)
				}
			}
		}
	}
}

// scalars are the paths and values of all scalars below a value.
func scalars(v any, p Path) func(yield func(Path, any) bool) {
	return func(yield func(Path, any) bool) {
		var walk func(v any, p Path) bool
		walk = func(v any, p Path) bool {
			if m, ok := asMap(v); ok {
				for _, k := range slices.Sorted(maps.Keys(m)) {
					if !walk(m[k], p.With(k)) {
						return false
					}
				}
				return true
			}
			if list, ok := v.([]any); ok {
				for i, item := range list {
					if !walk(item, p.With(i)) {
						return false
					}
				}
				return true
			}
			return yield(p, v)
		}
		walk(v, p)
	}
}

// spelled reads the bytes of a span by themselves, with what stands around them,
// and says how they differ from a value.
func spelled(span source.Span, p Path, want any) string {
	if !span.Valid() {
		return "no valid span"
	}
	data, text := span.File.Data, span.Text()
	before, after := byte(' '), byte(' ')
	if span.Start > 0 {
		before = data[span.Start-1]
	}
	if span.End < len(data) {
		after = data[span.End]
	}
	switch s, isString := want.(string); {
	case before == '"' && after == '"' || before == '\'' && after == '\'':
		text = string(before) + text + string(after)
	case (want == nil || want == "") && text == p[len(p)-1]:
		return "" // not written: the key stands for it
	case isString && before == ' ' && len(s) > 0 && blockText(text) == blockText(s):
		return ""
	}
	var got any
	if err := yaml.Unmarshal([]byte(text), &got); err != nil {
		return fmt.Sprintf("%q: %v", text, err)
	}
	switch n := got.(type) {
	case int:
		got = float64(n)
	case uint64:
		got = float64(n)
	}
	if s, ok := want.(string); ok && fmt.Sprint(got) != s && text == s {
		return "" // another YAML version than Helm's, such as a date
	}
	if got != want {
		return fmt.Sprintf("%q and not %v", text, want)
	}
	return ""
}

// blockText is a block scalar's text without what its indentation adds.
func blockText(s string) string {
	var words []byte
	for i := range len(s) {
		if s[i] != ' ' && s[i] != '\n' && s[i] != '\r' {
			words = append(words, s[i])
		}
	}
	return string(words)
}

// BenchmarkPrepare measures loading, preparing and copying of real charts.
func BenchmarkPrepare(b *testing.B) {
	dir := sourcetest.Shared(b, "data/charts")
	for _, name := range []string{"stefanprodan+podinfo/podinfo", "bitnami+charts/wordpress", "prometheus-community+helm-charts/kube-prometheus-stack"} {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if _, err := os.Stat(at); err != nil {
			b.Fatal(err)
		}
		b.Run("load/"+filepath.Base(name), func(b *testing.B) {
			for b.Loop() {
				if _, err := Load(at); err != nil {
					b.Fatal(err)
				}
			}
		})
		c, err := Load(at)
		if err != nil {
			b.Fatal(err)
		}
		b.Run("prepare/"+filepath.Base(name), func(b *testing.B) {
			for b.Loop() {
				if _, err := c.Prepare(Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
		in, err := c.Prepare(Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.Run("copy/"+filepath.Base(name), func(b *testing.B) {
			var top chartutil.Values
			for b.Loop() {
				top = in.CopyTop()
			}
			_ = top
		})
		b.Run("schema/"+filepath.Base(name), func(b *testing.B) {
			for b.Loop() {
				clear(c.schemas)
				in.startSchema(Options{})
				in.SchemaErrors()
			}
		})
	}
}
