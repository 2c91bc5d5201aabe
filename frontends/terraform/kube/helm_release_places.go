package kube

import (
	"slices"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// releasePlaces are the places of a chart's objects, seen from the helm_release: the
// place in the chart's template comes first; where the value was given by the release,
// the trace leads there; and it always has a step for the release itself, of the role
// Argument and with the address as name.
type releasePlaces struct {
	rel   *release
	flags map[string]object.Ref
	inner []object.Ref // by token
}

// tree copies a tree with its places.
func (p *releasePlaces) tree(n *object.Node) *object.Node {
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

func (p *releasePlaces) place(inner object.Ref) object.Ref {
	if !inner.Known() {
		return inner
	}
	p.inner = append(p.inner, inner)
	return object.Ref{By: p, Token: len(p.inner) - 1}
}

// Written is the scalar as it was spelled.
func (p *releasePlaces) Written(token int) string {
	if token < 0 || token >= len(p.inner) {
		return ""
	}
	text, _ := p.inner[token].Written()
	return text
}

// Locate implements object.Locator.
func (p *releasePlaces) Locate(token int) source.Origin {
	if token < 0 || token >= len(p.inner) {
		return source.Origin{Reason: "the place was not found in the chart"}
	}
	o := p.inner[token].Origin()
	o.Trace = slices.Clone(o.Trace)
	at, behind := p.rel.r.Block, p.rel.r.Place.Origin().Trace
	for i := 0; i < len(o.Trace); i++ {
		s := o.Trace[i]
		if given, ok := p.flags[s.Flag]; ok {
			there := given.Origin()
			o.Trace[i].Flag, o.Trace[i].Span = "", there.Span
			at, behind = there.Span, there.Trace
		}
		places := p.rel.files[s.Span.File]
		if places == nil {
			continue
		}
		o.Trace[i].Span = places.Origin(s.Span.Start, s.Span.End).Span
		at, behind = places.User(), places.Behind()
		if encoded := p.rel.encoded[s.Span.File]; encoded != nil {
			o.Trace[i].Span, behind = lastWritten(encoded.Find(object.SplitPath(s.Name))), modulesOf(behind)
			continue
		}
		putIn := places.PutIn(s.Span.Start, s.Span.End)
		o.Trace = slices.Insert(o.Trace, i+1, putIn...)
		i += len(putIn)
	}
	o.Trace = append(o.Trace, source.Step{Role: source.Argument, Name: p.rel.r.Address, Span: at})
	o.Trace = append(o.Trace, behind...)
	return o
}

// lastWritten is the place at the end of a trace, in front of the calls of modules.
func lastWritten(o source.Origin) source.Span {
	at := o.Span
	for _, s := range o.Trace {
		if s.Role != source.Module && s.Role != source.Argument && s.Span.Valid() {
			at = s.Span
		}
	}
	return at
}

// modulesOf are the calls of modules on a trace.
func modulesOf(trace []source.Step) (calls []source.Step) {
	for _, s := range trace {
		if s.Role == source.Module {
			calls = append(calls, s)
		}
	}
	return calls
}

// fault is an error of the chart as one of the release: values that the release gives
// are reported at their place in it.
func (p *releasePlaces) fault(e *source.Error) *source.Error {
	out := *e
	out.What = p.rel.r.Address + ": " + e.What
	out.Unread = true // what it makes besides is not known
	if places := p.rel.files[e.At.File]; places != nil {
		out.At = places.Origin(e.At.Start, e.At.End).Span
	}
	if !out.At.Valid() {
		out.At = p.rel.r.Block
	}
	return &out
}
