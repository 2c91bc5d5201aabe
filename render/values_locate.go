package render

import (
	"reflect"
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
	x := in.chart.index(in.chart.fileOf(h, "Chart.yaml"))
	if parent := h.Parent(); field == "name" && parent != nil && x.text(p) != h.Name() {
		x = in.chart.index(in.chart.fileOf(parent, "Chart.yaml"))
		for i := range x.items(valuePath{"dependencies"}) {
			if alias := (valuePath{"dependencies", i, "alias"}); x.text(alias) == h.Name() {
				p = alias
			}
		}
	}
	span, ok := x.place(p)
	if !ok && field == "dependencies" {
		span, ok = in.chart.index(in.chart.fileOf(h, "requirements.yaml")).place(p)
	}
	step.Span = span
	return step, ok
}
