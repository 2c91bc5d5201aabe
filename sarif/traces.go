package sarif

import (
	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/sarif/property"
	"github.com/mesh-check/mesh-check/sarif/snippet"
)

// How many steps of other instances and releases a result has, and how many of these have
// their line of source and a code flow: a chart may have hundreds of releases, whose values
// sets are all named.
const (
	maxOtherSteps = 10
	maxOtherLines = 2
)

// otherSteps adds the places of what other instances and releases have besides the trace of
// the finding.
func (b *builder) otherSteps(r *sarif.Result, f *checks.Reported, others []source.Step, links *[]string) []property.Step {
	var steps []property.Step
	for i, s := range others[:min(len(others), maxOtherSteps)] {
		step := propertyStep(s)
		step.Other = true
		if s.Span.Valid() {
			message, show := stepMessage(s), snippet.ShowNothing
			if i < maxOtherLines {
				show = stepShows(s, f.Private)
			}
			if len(f.Addresses) == 0 && !s.Call() {
				message += " for other values sets"
			}
			l := b.place(s.Span, message, show).WithID(len(r.RelatedLocations) + 1)
			r.AddRelatedLocation(l)
			step.Location = l.ID
			*links = append(*links, link(message, l.ID))
		}
		steps = append(steps, step)
	}
	return steps
}

func propertyStep(s source.Step) property.Step {
	return property.Step{Role: string(s.Role), Name: s.Name, Flag: s.Setter(), Derived: s.Derived}
}

// trace adds the places of the trace behind the finding and lists the whole trace, the
// steps without a file and the one that is the finding's own place too.
func (b *builder) trace(r *sarif.Result, f *checks.Reported, primaryStep int, links *[]string) []property.Step {
	var origins []property.Step
	for i, s := range f.Origin.Trace {
		step := propertyStep(s)
		switch {
		case i == primaryStep:
			step.Primary = true
		case s.Span.Valid():
			message := stepMessage(s)
			l := b.place(s.Span, message, stepShows(s, f.Private)).WithID(len(r.RelatedLocations) + 1)
			r.AddRelatedLocation(l)
			step.Location = l.ID
			*links = append(*links, link(message, l.ID))
		}
		origins = append(origins, step)
	}
	return origins
}

// written says where the value of a step comes from, for the roles that have a
// file.
var written = map[source.Role]string{
	source.Value:       "the value is written here",
	source.ChartMeta:   "it is set in Chart.yaml here",
	source.ChartFile:   "this file of the chart is copied",
	source.LiteralStep: "the literal is written here",
	source.Module:      "the module is called here",
	source.Argument:    "the argument is written here",
	source.Default:     "the variable's default is written here",
	source.Local:       "the local value is written here",
}

// stepMessage says what one step of the trace is.
func stepMessage(s source.Step) string {
	switch {
	case s.Role == source.Tpl:
		return "tpl is called here"
	case s.Role == source.Copy:
		return "the file " + s.Name + " is copied here"
	case s.Role == source.Module:
		return s.Name + " is called here"
	case s.Call():
		return string(s.Role) + ` "` + s.Name + `" is called here`
	case s.Derived:
		return "the value is computed from this one"
	case written[s.Role] != "":
		return written[s.Role]
	}
	return "the value comes from here"
}

// flow is the way of the value through the files: where it was written, the calls
// from the outermost to the innermost, and where it is rendered. There is none where
// all of that is one place.
func (b *builder) flow(o source.Origin, trace []source.Step) *sarif.CodeFlow {
	if !o.Span.Valid() {
		return nil
	}
	thread := sarif.NewThreadFlow()
	add := func(s source.Span, message string) {
		thread.AddLocation(sarif.NewThreadFlowLocation().WithLocation(b.location(s, message, false)))
	}
	for _, calls := range []bool{false, true} {
		for i := len(trace) - 1; i >= 0; i-- {
			if s := trace[i]; s.Call() == calls && s.Span.Valid() {
				add(s.Span, stepMessage(s))
			}
		}
	}
	if len(thread.Locations) == 0 {
		return nil
	}
	add(o.Span, "it is rendered here")
	return sarif.NewCodeFlow().AddThreadFlow(thread)
}
