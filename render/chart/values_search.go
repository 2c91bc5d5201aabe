package chart

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
	helmchart "helm.sh/helm/v3/pkg/chart"

	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/yamltext"
)

// maxVisits bounds a search: each level of sub-charts may import from the next
// one in many ways.
const maxVisits = 1000

// search is one search for the winner of a value.
type search struct {
	in        *Inputs
	value     any
	list      []any // where set, a list must equal it item by item
	skipFlags bool
	visits    int
}

// any looks at all paths that a value may have come from: a global of a
// sub-chart is taken from the charts above it first, the outermost one winning.
func (s *search) any(p Path) (definition, bool) {
	h, i := s.in.Helm, 0
	for ; i < len(p); i++ {
		next := subChart(h, p[i])
		if next == nil {
			break
		}
		h = next
	}
	if i < len(p) && p[i] == "global" {
		for j := range i {
			if found, ok := s.one(p[:j:j].With(p[i:]...)); ok {
				return found, true
			}
		}
	}
	return s.one(p)
}

func subChart(h *helmchart.Chart, name any) *helmchart.Chart {
	for _, d := range h.Dependencies() {
		if d.Name() == name {
			return d
		}
	}
	return nil
}

// one looks through the layers, the last first, and then through the charts.
func (s *search) one(p Path) (definition, bool) {
	for _, l := range slices.Backward(s.in.layers) {
		if l.Kind == ValuesFile {
			if h, ok := s.inFile(l.File, p); ok {
				return h, true
			}
			continue
		}
		if s.skipFlags {
			continue
		}
		if v, ok := l.sets(p); ok && s.flagHolds(v) {
			return definition{flag: l, value: v}, true
		}
	}
	return s.inChart(s.in.Helm, p, true)
}

// flagHolds reports whether what a flag sets is what became of the value.
func (s *search) flagHolds(v any) bool {
	if f, ok := v.(*source.File); ok {
		v = string(f.Data)
	}
	if s.list != nil {
		return equalValues(v, s.list)
	}
	if list, ok := s.value.([]any); ok {
		got, ok := v.([]any)
		return ok && len(got) <= len(list)
	}
	if _, ok := asMap(s.value); ok {
		_, ok = asMap(v)
		return ok
	}
	return yamltext.EqualScalars(v, s.value)
}

func (s *search) inFile(f *source.File, p Path) (definition, bool) {
	x := s.in.Chart.index(f)
	key, node, ok := x.Find(p)
	if !ok || !holds(node, s.value) || s.list != nil && !holdsAll(node, s.list) {
		return definition{}, false
	}
	return definition{file: x, key: key, node: node}, true
}

// inChart looks for a path of one chart's values, as Helm merges them: the
// chart's own values.yaml, then that of the sub-chart that the path leads into,
// then, where imports is set, what import-values take from sub-charts: out of the
// values as they are without any import of this chart.
func (s *search) inChart(h *helmchart.Chart, p Path, imports bool) (definition, bool) {
	if s.visits++; s.visits > maxVisits || len(p) == 0 {
		return definition{}, false
	}
	if found, ok := s.inFile(s.in.Chart.fileOf(h, "values.yaml"), p); ok {
		return found, true
	}
	if sub := subChart(h, p[0]); sub != nil {
		if found, ok := s.inChart(sub, p[1:], true); ok {
			return found, true
		}
	}
	if !imports {
		return definition{}, false
	}
	for _, d := range h.Metadata.Dependencies {
		for _, iv := range d.ImportValues {
			child, parent := imported(iv)
			rest, ok := under(p, parent)
			if !ok || len(child) == 0 {
				continue
			}
			if found, ok := s.inChart(h, Path{d.Name}.With(child...).With(rest...), false); ok {
				return found, true
			}
		}
	}
	return definition{}, false
}

// imported is an entry of import-values: a path in the sub-chart and the path in
// the parent that it is laid under.
func imported(iv any) (child, parent Path) {
	text := func(key string) string {
		switch m := iv.(type) {
		case map[string]string: // as Helm leaves it after processing
			return m[key]
		case map[string]any:
			s, _ := m[key].(string)
			return s
		case string:
			return map[string]string{"child": "exports." + m, "parent": "."}[key]
		}
		return ""
	}
	return dotted(text("child")), dotted(text("parent"))
}

// dotted splits a path as import-values and conditions write it.
func dotted(text string) (p Path) {
	if text == "." || text == "" {
		return nil
	}
	for _, key := range strings.Split(text, ".") {
		p = append(p, key)
	}
	return p
}

// under is the rest of a path below another one.
func under(p, top Path) (Path, bool) {
	if len(p) <= len(top) || !slices.Equal(p[:len(top)], top) {
		return nil, false
	}
	return p[len(top):], true
}

// holdsAll reports whether a node spells a list or map item by item.
func holdsAll(n *yaml.Node, value any) bool { return holdsAllWithin(n, value, 0) }

func holdsAllWithin(n *yaml.Node, value any, depth int) bool {
	if n = yamltext.Resolve(n); n == nil || depth > yamltext.MaxAliases || !holds(n, value) {
		return false
	}
	if list, ok := value.([]any); ok {
		for i, v := range list {
			if !holdsAllWithin(n.Content[i], v, depth+1) {
				return false
			}
		}
	}
	if m, ok := asMap(value); ok {
		for k, v := range m {
			if _, got := yamltext.MapEntry(n, k, 0); got == nil || !holdsAllWithin(got, v, depth+1) {
				return false
			}
		}
	}
	return true
}

func equalValues(a, b any) bool {
	if x, ok := a.([]any); ok {
		y, ok := b.([]any)
		return ok && slices.EqualFunc(x, y, equalValues)
	}
	if x, ok := asMap(a); ok {
		y, ok := asMap(b)
		if !ok || len(x) != len(y) {
			return false
		}
		for k, v := range x {
			if w, ok := y[k]; !ok || !equalValues(v, w) {
				return false
			}
		}
		return true
	}
	return yamltext.EqualScalars(a, b)
}

// holds reports whether the node is what became of a value: a scalar of the same
// value, or a collection of the same kind.
func holds(n *yaml.Node, value any) bool {
	switch value := value.(type) {
	case []any:
		return n.Kind == yaml.SequenceNode && len(n.Content) == len(value)
	default:
		if _, ok := asMap(value); ok {
			return n.Kind == yaml.MappingNode
		}
		got, ok := yamltext.Scalar(n)
		return ok && yamltext.EqualScalars(got, value)
	}
}
