package release

import (
	"slices"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// Places are the places of a chart's objects, seen from the release: the place in the
// chart's template comes first; where the value was given by the release, the trace leads
// there; and it always ends in a step for the declaration itself, of the role Argument.
type Places struct {
	release *Release
	// inside leaves out the step for the declaration, where it gives no value: the places are
	// those of a values set of the chart, whose name says what declares it.
	inside bool
	flags  map[string]Writer
	files  map[*source.File]Writer
	inner  []object.Ref // by token
}

// Places returns the places of the objects of one rendering of the release.
func (r *Release) Places() *Places {
	p := &Places{release: r, flags: map[string]Writer{}, files: map[*source.File]Writer{}}
	for _, l := range r.Layers {
		switch {
		case l.Written == nil:
		case l.File != nil:
			p.files[l.File] = l.Written
		default:
			p.flags[flagOf(l.Layer)] = l.Written
		}
	}
	return p
}

// PlacesInside returns the places of the objects of one rendering of the release as those of
// one more values set of its chart: a trace leads into the declaration where that gives
// the value.
//
// rendered is the release of which the objects are, where that is another one with the same
// layers; nil where it is this one.
func (r *Release) PlacesInside(rendered *Release) *Places {
	p := r.Places()
	p.inside = true
	if rendered != nil {
		for i, l := range rendered.Layers {
			if i < len(r.Layers) && l.File != nil && r.Layers[i].Written != nil {
				p.files[l.File] = r.Layers[i].Written
			}
		}
	}
	return p
}

// Object copies an object of the chart, with its places seen from the release.
func (p *Places) Object(o *object.Object) *object.Object {
	out := *o
	if !p.inside || len(p.flags)+len(p.files) > 0 {
		out.Tree = p.tree(o.Tree)
	}
	if out.Namespace == "" && !out.ClusterWide() {
		out.Namespace = p.release.Namespace
	}
	return &out
}

func (p *Places) tree(n *object.Node) *object.Node {
	if n == nil {
		return nil
	}
	out := *n
	out.Ref = p.place(n.Ref)
	if n.Entries != nil {
		out.Entries = make([]object.Entry, len(n.Entries))
		for i, e := range n.Entries {
			out.Entries[i] = object.Entry{Key: e.Key, Ref: p.place(e.Ref), Value: p.tree(e.Value)}
		}
	}
	if n.Items != nil {
		out.Items = make([]*object.Node, len(n.Items))
		for i, item := range n.Items {
			out.Items[i] = p.tree(item)
		}
	}
	return &out
}

func (p *Places) place(inner object.Ref) object.Ref {
	if !inner.Known() {
		return inner
	}
	p.inner = append(p.inner, inner)
	return object.Ref{By: p, Token: len(p.inner) - 1}
}

// Written is the scalar as it was spelled.
func (p *Places) Written(token int) string {
	if token < 0 || token >= len(p.inner) {
		return ""
	}
	text, _ := p.inner[token].Written()
	return text
}

// Locate implements object.Locator.
func (p *Places) Locate(token int) source.Origin {
	if token < 0 || token >= len(p.inner) {
		return source.Origin{Reason: "the place was not found in the chart"}
	}
	return p.seen(p.inner[token].Origin())
}

// LocatePart finds the bytes of a text as the places do that lie in the chart.
func (p *Places) LocatePart(token int, text string, start, end int) (source.Origin, bool) {
	if token < 0 || token >= len(p.inner) {
		return source.Origin{}, false
	}
	o, ok := p.inner[token].Part(text, start, end)
	if !ok {
		return source.Origin{}, false
	}
	return p.seen(o), true
}

// LocateEmpty finds what is written for an empty value as the places do that lie in the chart.
func (p *Places) LocateEmpty(token int) (source.Origin, bool) {
	if token < 0 || token >= len(p.inner) {
		return source.Origin{}, false
	}
	o, ok := p.inner[token].Empty()
	if !ok {
		return source.Origin{}, false
	}
	return p.seen(o), true
}

// seen is an origin in the chart, seen from the release.
func (p *Places) seen(o source.Origin) source.Origin {
	o.Trace = slices.Clone(o.Trace)
	at, behind := p.release.Declared.Span, p.release.Declared.Behind
	for i := 0; i < len(o.Trace); i++ {
		by := p.writer(o.Trace[i])
		if by == nil {
			continue
		}
		w := by.Written(o.Trace[i])
		o.Trace[i].Flag, o.Trace[i].Span = "", w.Span
		at, behind = w.At, w.Behind
		putIn := w.PutIn
		if p.inside && w.At == w.Span {
			putIn = slices.Concat(w.PutIn, w.Behind)
		}
		o.Trace = slices.Insert(o.Trace, i+1, putIn...)
		i += len(putIn)
	}
	if p.inside {
		return o
	}
	o.Trace = append(o.Trace, source.Step{Role: source.Argument, Name: p.release.Declared.Name, Span: at})
	o.Trace = append(o.Trace, behind...)
	return o
}

// writer is that of the layer in which a step found its value; nil for other steps.
func (p *Places) writer(s source.Step) Writer {
	if by, ok := p.flags[s.Flag]; ok {
		return by
	}
	return p.files[s.Span.File]
}

// Fault is an error of the chart as one of the release: values that the release gives
// are reported at their place in it.
func (p *Places) Fault(e *source.Error) *source.Error {
	out := *p.Seen(e)
	out.What = p.release.Declared.Name + ": " + e.What
	out.Unread = true // what it makes besides is not known
	if !out.At.Valid() {
		out.At = p.release.Declared.Span
	}
	return &out
}

// Seen is an error of the chart at its place seen from the release: for a value that the
// release gives, where it is written.
func (p *Places) Seen(e *source.Error) *source.Error {
	out := *e
	if by := p.files[e.At.File]; by != nil {
		out.At = by.Written(source.Step{Span: e.At}).Span
	}
	return &out
}
