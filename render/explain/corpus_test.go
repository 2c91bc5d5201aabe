package explain

import (
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
	"github.com/mesh-check/mesh-check/render/source/yamltext"
)

// yamlLeaf is a scalar or key of a rendered text.
type yamlLeaf struct {
	doc        int // which document of the text
	path       chart.Path
	key        bool
	start, end int // bytes of the text, without quotes
	value      string
	tag        string
}

// yamlLeaves finds the scalars and keys of all documents of a rendered text.
func yamlLeaves(text string) (out []yamlLeaf) {
	for i, d := range documents(text) {
		x := yamltext.Parse(text[d[0]:d[1]])
		if x.Root == nil {
			continue
		}
		var walk func(n *yaml.Node, at chart.Path)
		add := func(n *yaml.Node, at chart.Path, key bool) {
			if span, ok := x.Span(n); ok {
				out = append(out, yamlLeaf{i, at, key, span.Start + d[0], span.End + d[0], n.Value, n.Tag})
			}
		}
		walk = func(n *yaml.Node, at chart.Path) {
			switch n.Kind {
			case yaml.MappingNode:
				for i := 0; i+1 < len(n.Content); i += 2 {
					below := at.With(n.Content[i].Value)
					add(n.Content[i], below, true)
					walk(n.Content[i+1], below)
				}
			case yaml.SequenceNode:
				for i, item := range n.Content {
					walk(item, at.With(i))
				}
			case yaml.ScalarNode:
				add(n, at, false)
			}
		}
		walk(x.Root, nil)
	}
	return out
}

// TestCorpusIsExplained renders every chart of the shared data with every value
// set: the files must be exact, and every key and scalar must have a place with
// the bytes that it claims.
func TestCorpusIsExplained(t *testing.T) {
	var files, nodes, placed, values, located int
	for _, c := range sourcetest.Charts(t) {
		chart, err := chart.Load(c.Dir)
		if err != nil {
			t.Errorf("%s: %v", c.Name, err)
			continue
		}
		for set, options := range setsOf(t, c) {
			result, err := rendered(chart, options)
			if err != nil {
				t.Logf("%s %s: %v", c.Name, set, err)
				continue
			}
			for _, m := range result.Manifests {
				if m.CRD {
					continue
				}
				files++
				if !m.Exact {
					t.Errorf("%s %s is not exact: %s", c.Name, m.Name, m.Reason)
				}
				if set != "default" && testing.Short() {
					continue
				}
				for _, l := range yamlLeaves(m.Text) {
					o := m.Origin(l.start, l.end)
					nodes++
					if o.Span.Valid() && o.Exact == m.Exact {
						placed++
					} else {
						t.Errorf("%s %s %s: no place: %+v", c.Name, m.Name, l.path, o)
					}
					if got := o.Span.OneLine().Text(); o.Kind == source.Text && o.Exact && l.start < l.end && !strings.Contains(m.Text[l.start:l.end], got) {
						t.Errorf("%s %s %s: text %q came from %q at %s", c.Name, m.Name, l.path, m.Text[l.start:l.end], got, o.Span)
					}
					if step, ok := o.ValueStep(); ok && step.Role == source.Value {
						values++
						if step.Span.Valid() {
							located++
						} else {
							t.Logf("%s %s %s: value %s has no line", c.Name, m.Name, l.path, step.Name)
						}
					}
				}
			}
		}
	}
	t.Logf("%d files; %d keys and scalars, %d with a place; %d from values, %d with their line",
		files, nodes, placed, values, located)
	if located*100 < values*99 {
		t.Errorf("%d of %d values have a line, want 99 %%", located, values)
	}
}
