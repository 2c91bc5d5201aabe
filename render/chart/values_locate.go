package chart

import (
	"reflect"
	"strings"

	"go.yaml.in/yaml/v3"
	helmchart "helm.sh/helm/v3/pkg/chart"

	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/yamltext"
)

// definition is where a value was found: in a flag, or at a node of a YAML file.
type definition struct {
	flag      *layer
	value     any // what the flag sets there
	file      *yamltext.Index
	key, node *yaml.Node
}

// Locate finds who set the value at a path of the root chart's merged values
// (an aliased sub-chart goes by its alias): a flag, or the place in a -f file or
// a values.yaml. A place is given only where what is there is the final
// value; ok is false where none is known, and then the step has its Name alone.
//
// The span of a scalar is its own bytes without quotes, of a block scalar its
// text, of a map or list the key. It works during and after a render.
func (in *Inputs) Locate(p Path) (step source.Step, ok bool) {
	step = source.Step{Role: source.Value, Name: p.String()}
	h, ok := in.definition(p)
	if !ok {
		return step, false
	}
	if h.flag != nil {
		return h.flagStep(step), true
	}
	if step.Span, ok = h.file.NodePlace(h.key, h.node); !ok && h.key != nil {
		step.Span, ok = h.file.Span(h.key)
	}
	return step, ok
}

// LocateKey is Locate for the last key of the path: where the key of the winning
// entry stands. An item of a list has no key; its place is that of the item.
func (in *Inputs) LocateKey(p Path) (step source.Step, ok bool) {
	step = source.Step{Role: source.Value, Name: p.String()}
	h, ok := in.definition(p)
	if !ok {
		return step, false
	}
	if h.flag != nil {
		return h.flagStep(step), true
	}
	if h.key != nil {
		step.Span, ok = h.file.Span(yamltext.Resolve(h.key))
	} else {
		step.Span, ok = h.file.NodePlace(nil, h.node)
	}
	return step, ok
}

// LocateInText maps bytes of a decoded string value (a text given to tpl) to the
// bytes of the file where they are. ok is false where the file spells them in
// another way (escapes, folded lines) and where a flag set them.
func (in *Inputs) LocateInText(p Path, offset, length int) (source.Span, bool) {
	h, ok := in.definition(p)
	switch {
	case !ok:
		return source.Span{}, false
	case h.flag == nil:
		return h.file.InText(h.node, offset, length)
	}
	f, ok := h.value.(*source.File)
	if !ok || offset < 0 || length < 0 || offset+length > len(f.Data) {
		return source.Span{}, false
	}
	return source.Span{File: f, Start: offset, End: offset + length}, true
}

func (h definition) flagStep(step source.Step) source.Step {
	step.Flag = h.flag.flag()
	if f, ok := h.value.(*source.File); ok {
		step.Span = source.Span{File: f, Start: 0, End: len(f.Data)}
	}
	return step
}

// definition finds the winner for a path.
func (in *Inputs) definition(p Path) (definition, bool) {
	value, ok := p.lookup(in.Values)
	if !ok || len(p) == 0 {
		return definition{}, false
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
	for _, f := range reflect.VisibleFields(reflect.TypeFor[helmchart.Metadata]()) {
		fields[f.Name], _, _ = strings.Cut(f.Tag.Get("json"), ",")
	}
	return fields
}()

// LocateChart finds a field of .Chart (AppVersion, or appVersion) of the chart at
// a chart path in its Chart.yaml; rest leads on below a map or list field. The
// name of an aliased sub-chart is in its parent's Chart.yaml.
func (in *Inputs) LocateChart(chartPath, field string, rest ...any) (source.Step, bool) {
	if name, ok := chartFields[field]; ok {
		field = name
	}
	p := Path{field}.With(rest...)
	step := source.Step{Role: source.ChartMeta, Name: p.String()}
	charts := in.byPath[chartPath]
	if len(charts) == 0 {
		return step, false
	}
	h := charts[len(charts)-1]
	x := in.Chart.index(in.Chart.fileOf(h, "Chart.yaml"))
	if parent := h.Parent(); field == "name" && parent != nil && x.Text(p) != h.Name() {
		x = in.Chart.index(in.Chart.fileOf(parent, "Chart.yaml"))
		for i := range x.Items(Path{"dependencies"}) {
			if alias := (Path{"dependencies", i, "alias"}); x.Text(alias) == h.Name() {
				p = alias
			}
		}
	}
	span, ok := x.Place(p)
	if !ok && field == "dependencies" {
		span, ok = in.Chart.index(in.Chart.fileOf(h, "requirements.yaml")).Place(p)
	}
	step.Span = span
	return step, ok
}
