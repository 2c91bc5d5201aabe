package object

import "github.com/mesh-check/mesh-check/render/source"

// Broken is a branch of a chart's templates that the values sets leave out, and which is not
// valid where it is rendered: no YAML, or an object that Kubernetes refuses.
type Broken struct {
	// Settings are those with which it is rendered, as they are typed.
	Settings []string
	// Error is what is not valid. Its place is in a template.
	Error *source.Error
	// Template is the template that renders it, which may be another file than that of the
	// place.
	Template string
	// Trace are the calls that lead to the place, the innermost first; may be empty.
	Trace []source.Step
	// Fails says that the template fails at the place, so that nothing is rendered.
	Fails bool
}

// Where is a field for the place, of an object that is none: of what is not valid nobody
// knows what object it is.
func (b Broken) Where() Field {
	return (&Object{Tree: &Node{Ref: Ref{By: brokenAt{b.Error.At, b.Trace}}}}).Root()
}

// brokenAt locates one place.
type brokenAt struct {
	at    source.Span
	trace []source.Step
}

func (l brokenAt) Locate(int) source.Origin {
	if !l.at.Valid() {
		return source.Origin{Reason: "it is not known which line renders it"}
	}
	return source.Origin{Span: l.at, Kind: source.Text, Exact: true, Trace: l.trace}
}

// None reports whether the object stands for a place alone; see Broken.
func (o *Object) None() bool { return o.APIVersion == "" && o.Kind == "" && o.Name == "" }

// WithBroken tells a new Set which branches of its chart are broken. The objects of these are
// not in the Set.
func (s *Set) WithBroken(branches []Broken) *Set {
	s.broken = branches
	return s
}

// Broken are the branches that are not valid where they are rendered.
func (s *Set) Broken() []Broken { return s.broken }
