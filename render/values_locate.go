package render

import (
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
	"helm.sh/helm/v3/pkg/chart"

	"github.com/mesh-check/mesh-check/render/source"
)

// home is where a value was found: in a flag, or at a node of a YAML file.
type home struct {
	flag      *layer
	value     any // what the flag sets there
	file      *yamlIndex
	key, node *yaml.Node
}

// locate finds who set the value at a path of the root chart's merged values
// (an aliased sub-chart goes by its alias): a flag, or the place in a -f file or
// a values.yaml. A place is given only where what stands there is the final
// value; ok is false where none is known, and then the step has its Name alone.
//
// The span of a scalar is its own bytes without quotes, of a block scalar its
// text, of a map or list the key. It works during and after a render.
func (in *inputs) locate(p valuePath) (step source.Step, ok bool) {
	step = source.Step{Role: source.Value, Name: p.String()}
	h, ok := in.home(p)
	if !ok {
		return step, false
	}
	if h.flag != nil {
		return h.flagStep(step), true
	}
	if step.Span, ok = h.file.nodePlace(h.key, h.node); !ok && h.key != nil {
		step.Span, ok = h.file.span(h.key)
	}
	return step, ok
}

// locateKey is locate for the last key of the path: where the key of the winning
// entry stands. An item of a list has no key; its place is that of the item.
func (in *inputs) locateKey(p valuePath) (step source.Step, ok bool) {
	step = source.Step{Role: source.Value, Name: p.String()}
	h, ok := in.home(p)
	if !ok {
		return step, false
	}
	if h.flag != nil {
		return h.flagStep(step), true
	}
	if h.key != nil {
		step.Span, ok = h.file.span(resolve(h.key))
	} else {
		step.Span, ok = h.file.nodePlace(nil, h.node)
	}
	return step, ok
}

// locateInText maps bytes of a decoded string value (a text given to tpl) to the
// bytes of the file where they stand. ok is false where the file spells them in
// another way (escapes, folded lines) and where a flag set them.
func (in *inputs) locateInText(p valuePath, offset, length int) (source.Span, bool) {
	h, ok := in.home(p)
	switch {
	case !ok:
		return source.Span{}, false
	case h.flag == nil:
		return h.file.inText(h.node, offset, length)
	}
	f, ok := h.value.(*source.File)
	if !ok || offset < 0 || length < 0 || offset+length > len(f.Data) {
		return source.Span{}, false
	}
	return source.Span{File: f, Start: offset, End: offset + length}, true
}

func (h home) flagStep(step source.Step) source.Step {
	step.Flag = h.flag.flag()
	if f, ok := h.value.(*source.File); ok {
		step.Span = source.Span{File: f, Start: 0, End: len(f.Data)}
	}
	return step
}

// home finds the winner for a path.
func (in *inputs) home(p valuePath) (home, bool) {
	value, ok := p.lookup(in.values)
	if !ok || len(p) == 0 {
		return home{}, false
	}
	s := search{in: in, value: value}
	list, isList := value.([]any)
	if isList {
		// A list is replaced as a whole, unless a flag changed one of its items.
		s.list = list
		if h, ok := s.any(p); ok {
			return h, true
		}
		s.list = nil
	}
	if _, isMap := asMap(value); isMap || isList {
		// Every layer may add to a map: a key in a file tells more than a flag.
		s.skipFlags = true
		if h, ok := s.any(p); ok {
			return h, true
		}
		s.skipFlags = false
	}
	return s.any(p)
}

// maxVisits bounds a search: each level of sub-charts may import from the next
// one in many ways.
const maxVisits = 1000

// search is one search for the winner of a value.
type search struct {
	in        *inputs
	value     any
	list      []any // where set, a list must equal it item by item
	skipFlags bool
	visits    int
}

// any looks at all paths that a value may have come from: a global of a
// sub-chart is taken from the charts above it first, the outermost one winning.
func (s *search) any(p valuePath) (home, bool) {
	h, i := s.in.chart, 0
	for ; i < len(p); i++ {
		next := subChart(h, p[i])
		if next == nil {
			break
		}
		h = next
	}
	if i < len(p) && p[i] == "global" {
		for j := range i {
			if found, ok := s.one(p[:j:j].with(p[i:]...)); ok {
				return found, true
			}
		}
	}
	return s.one(p)
}

func subChart(h *chart.Chart, name any) *chart.Chart {
	for _, d := range h.Dependencies() {
		if d.Name() == name {
			return d
		}
	}
	return nil
}

// one looks through the layers, the last first, and then through the charts.
func (s *search) one(p valuePath) (home, bool) {
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
			return home{flag: l, value: v}, true
		}
	}
	return s.inChart(s.in.chart, p, true)
}

// flagHolds says whether what a flag sets is what became of the value.
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
	return equalScalars(v, s.value)
}

func (s *search) inFile(f *source.File, p valuePath) (home, bool) {
	x := s.in.c.index(f)
	key, node, ok := x.find(p)
	if !ok || !holds(node, s.value) || s.list != nil && !holdsAll(node, s.list) {
		return home{}, false
	}
	return home{file: x, key: key, node: node}, true
}

// inChart looks for a path of one chart's values, as Helm merges them: the
// chart's own values.yaml, then that of the sub-chart that the path leads into,
// then, where imports is set, what import-values take from sub-charts: out of the
// values as they are without any import of this chart.
func (s *search) inChart(h *chart.Chart, p valuePath, imports bool) (home, bool) {
	if s.visits++; s.visits > maxVisits || len(p) == 0 {
		return home{}, false
	}
	if found, ok := s.inFile(s.in.c.fileOf(h, "values.yaml"), p); ok {
		return found, true
	}
	if sub := subChart(h, p[0]); sub != nil {
		if found, ok := s.inChart(sub, p[1:], true); ok {
			return found, true
		}
	}
	if !imports {
		return home{}, false
	}
	for _, d := range h.Metadata.Dependencies {
		for _, iv := range d.ImportValues {
			child, parent := imported(iv)
			rest, ok := under(p, parent)
			if !ok || len(child) == 0 {
				continue
			}
			if found, ok := s.inChart(h, valuePath{d.Name}.with(child...).with(rest...), false); ok {
				return found, true
			}
		}
	}
	return home{}, false
}

// imported is an entry of import-values: a path in the sub-chart and the path in
// the parent that it is laid under.
func imported(iv any) (child, parent valuePath) {
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
func dotted(text string) (p valuePath) {
	if text == "." || text == "" {
		return nil
	}
	for _, key := range strings.Split(text, ".") {
		p = append(p, key)
	}
	return p
}

// under is the rest of a path below another one.
func under(p, top valuePath) (valuePath, bool) {
	if len(p) <= len(top) || !slices.Equal(p[:len(top)], top) {
		return nil, false
	}
	return p[len(top):], true
}

// holdsAll says whether a node spells a list or map item by item.
func holdsAll(n *yaml.Node, value any) bool { return holdsAllWithin(n, value, 0) }

func holdsAllWithin(n *yaml.Node, value any, depth int) bool {
	if n = resolve(n); n == nil || depth > maxAliases || !holds(n, value) {
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
			if _, got := mapEntry(n, k, 0); got == nil || !holdsAllWithin(got, v, depth+1) {
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
	return equalScalars(a, b)
}

// chartFields is the name in Chart.yaml of each field of .Chart.
var chartFields = func() map[string]string {
	fields := map[string]string{}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[chart.Metadata]()) {
		fields[f.Name], _, _ = strings.Cut(f.Tag.Get("json"), ",")
	}
	return fields
}()

// locateChart finds a field of .Chart (AppVersion, or appVersion) of the chart at
// a chart path in its Chart.yaml; rest leads on below a map or list field. The
// name of an aliased sub-chart stands in its parent's Chart.yaml.
func (in *inputs) locateChart(chartPath, field string, rest ...any) (source.Step, bool) {
	if name, ok := chartFields[field]; ok {
		field = name
	}
	p := valuePath{field}.with(rest...)
	step := source.Step{Role: source.ChartMeta, Name: p.String()}
	charts := in.byPath[chartPath]
	if len(charts) == 0 {
		return step, false
	}
	h := charts[len(charts)-1]
	x := in.c.index(in.c.fileOf(h, "Chart.yaml"))
	if parent := h.Parent(); field == "name" && parent != nil && x.text(p) != h.Name() {
		x = in.c.index(in.c.fileOf(parent, "Chart.yaml"))
		for i := range x.items(valuePath{"dependencies"}) {
			if alias := (valuePath{"dependencies", i, "alias"}); x.text(alias) == h.Name() {
				p = alias
			}
		}
	}
	span, ok := x.place(p)
	if !ok && field == "dependencies" {
		span, ok = in.c.index(in.c.fileOf(h, "requirements.yaml")).place(p)
	}
	step.Span = span
	return step, ok
}
