package explain

import (
	"slices"

	"github.com/mesh-check/mesh-check/render/source"
)

// maxSteps bounds what a trace says of the inputs of one text.
const maxSteps = 32

// trace tells how the bytes came to be: the calls around the place, innermost
// first, then what they were taken from.
func (e *tracer) trace(p place, leaves []leaf) []source.Step {
	var out []source.Step
	if at := p.copied; at != nil {
		out = append(out, source.Step{Role: source.Copy, Name: leaves[0].file.name, Span: e.outwards(at).span})
	}
	for f := p.frame; f != nil && f.site != nil; f = f.parent {
		out = append(out, source.Step{Role: f.role, Name: f.name, Span: e.callSpan(f)})
	}
	w := traceWalk{e: e, seen: map[*returned]bool{}}
	text := false
	for _, l := range leaves {
		w.leaf(l, false)
		text = text || l.kind == leafText
	}
	if p.copied != nil { // the file is the place
		w.steps = slices.DeleteFunc(w.steps, func(s source.Step) bool { return s.Role == source.ChartFile && s.Span.File == p.span.File })
	}
	w.texts(leaves[0])
	if len(w.steps) > 0 && w.steps[0].Role != source.LiteralStep {
		behind(w.steps, func(s source.Step) bool { return s.Role == source.LiteralStep })
	}
	if len(w.steps) == 0 && emptied(leaves) {
		w.steps = e.asked(leaves[0].where.emission)
	}
	if len(w.steps) == 0 && p.kind == source.Action && !text {
		w.steps = append(w.steps, source.Step{Role: source.Computed, Derived: true})
	}
	return append(out, w.steps...)
}

// texts adds where the actions are that have written a leaf, if they are in a value
// that was given to tpl: a line of a text in values.yaml.
func (w *traceWalk) texts(l leaf) {
	for em := l.where.emission; em != nil; em = em.outer {
		if em.site == nil || em.site.text.file != nil {
			continue
		}
		start, end := em.site.bounds()
		r := resolver{e: w.e, left: maxLeaves}
		r.str(em.site.text.src[start:end], where{})
		for _, in := range r.out {
			if in.kind != leafValue || in.whole || in.key || len(w.steps) >= maxSteps {
				continue
			}
			step := w.e.valueStep(in)
			step.Derived = true
			w.add(step)
		}
	}
}

// callSpan is where a call is: the action, or the nearest one around it that
// is in a file.
func (e *tracer) callSpan(f *execution) source.Span {
	for ; f != nil && f.site != nil; f = f.parent {
		if span := e.siteSpan(&emission{site: f.site}); span.Valid() {
			return span
		}
	}
	return source.Span{}
}

// traceWalk collects what bytes were taken from, each once.
type traceWalk struct {
	e     *tracer
	steps []source.Step
	keys  []bool // which of the steps are keys
	seen  map[*returned]bool
}

func (w *traceWalk) leaf(l leaf, derived bool) {
	if len(w.steps) >= maxSteps {
		return
	}
	switch l.kind {
	case leafLiteral:
		w.add(source.Step{Role: source.LiteralStep, Span: l.span(), Derived: derived})
	case leafFile:
		step := source.Step{Role: source.ChartFile, Name: l.file.name, Derived: derived}
		if f := l.file.file; f != nil {
			step.Span = source.Span{File: f, Start: l.file.skip + l.off, End: l.file.skip + l.off + l.n}
			if l.whole || derived {
				step.Span.Start, step.Span.End = l.file.skip, len(f.Data)
			}
		}
		w.add(step)
	case leafValue:
		step := w.e.valueStep(l)
		step.Derived = derived
		w.addAs(step, l.key)
	case leafComputed:
		w.computed(l)
	}
}

// computed adds what a result was computed of; where nothing of that is known,
// the function.
func (w *traceWalk) computed(l leaf) {
	if w.seen[l.made] {
		return
	}
	w.seen[l.made] = true
	r := resolver{e: w.e, left: maxLeaves}
	r.inputs(l.made, l.where)
	before := len(w.steps)
	for _, in := range r.out {
		w.leaf(in, true)
	}
	if len(w.steps) == before && before == 0 {
		w.add(source.Step{Role: source.Computed, Name: l.made.name, Derived: true})
	}
}

func (w *traceWalk) add(step source.Step) { w.addAs(step, false) }

// addAs adds a step, or lengthens the one of the same value or key.
func (w *traceWalk) addAs(step source.Step, key bool) {
	for i := range w.steps {
		old := &w.steps[i]
		if w.keys[i] != key || old.Role != step.Role || old.Name != step.Name || old.Span.File != step.Span.File {
			continue
		}
		if step.Role == source.LiteralStep && old.Span != step.Span && old.Span.End != step.Span.Start {
			continue
		}
		if step.Span.File != nil {
			old.Span.Start = min(old.Span.Start, step.Span.Start)
			old.Span.End = max(old.Span.End, step.Span.End)
		}
		old.Derived = old.Derived && step.Derived
		return
	}
	w.steps = append(w.steps, step)
	w.keys = append(w.keys, key)
}

// valueStep is where a value or key that templates were given was written.
func (e *tracer) valueStep(l leaf) source.Step {
	root, path := l.at.root(), l.at.path()
	step := source.Step{Role: root.role, Name: path.String()}
	switch root.role {
	case source.Value:
		if l.key {
			step, _ = e.in.LocateKey(path)
			return step
		}
		step, ok := e.in.Locate(path)
		n := l.n
		if l.whole {
			n = l.size // of the text that is spelled in another way
		}
		if ok && n > 0 {
			if span, ok := e.in.LocateInText(path, l.off, n); ok {
				step.Span = span
			}
		}
		return step
	case source.ChartMeta:
		chartPath, _ := root.key.(string)
		if field, ok := path[0].(string); ok {
			step, _ = e.in.LocateChart(chartPath, field, path[1:]...)
		}
	case source.ChartFile:
		step.Name, _ = root.key.(string) // the name of a file, not its content
	case source.Computed:
		step.Name = "Template." + step.Name
	}
	return step
}
