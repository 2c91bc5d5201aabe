package kube

import (
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
	"github.com/mesh-check/mesh-check/frontends/terraform/texts"
	"github.com/mesh-check/mesh-check/render/source"
)

// valuesText is a text of values that an expression gives: its lines are looked for in
// the sources. An object that yamlencode() has made a text of has no lines there: each of
// its values is followed by its path.
type valuesText struct {
	places  *texts.Places
	encoded *eval.Encoded // nil where the text was not encoded
}

// Written implements release.Writer.
func (t valuesText) Written(value source.Step) release.Written {
	w := release.Written{At: t.places.User(), Behind: t.places.Behind()}
	if t.encoded != nil && value.Name != "" {
		w.Span, w.Behind = lastWritten(t.encoded.Find(object.SplitPath(value.Name))), modulesOf(w.Behind)
		return w
	}
	w.Span = t.places.Origin(value.Span.Start, value.Span.End).Span
	w.PutIn = t.places.PutIn(value.Span.Start, value.Span.End)
	return w
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
