package sarif

import (
	"cmp"
	"slices"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/sarif/property"
)

// order is where a finding is in a log. It holds nothing that a result does not
// tell, so that logs of parts are merged into the order of one log of the whole: that
// of checks.Report.Finish, with names relative to the root.
type order struct {
	rank  int      // what is left out last, see priority
	place Location // of the template, without its text
	// object is the object's name as one text.
	id, input, object, path, message string
}

// compare orders findings by place, check, input, object, field and message.
func (o *order) compare(p *order) int {
	return cmp.Or(comparePlaces(o.place, p.place), cmp.Compare(o.id, p.id), cmp.Compare(o.input, p.input),
		cmp.Compare(o.object, p.object), cmp.Compare(o.path, p.path), cmp.Compare(o.message, p.message))
}

func comparePlaces(a, b Location) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
		cmp.Compare(a.EndLine, b.EndLine), cmp.Compare(a.EndColumn, b.EndColumn))
}

// orderOf is where a finding of a report will be.
func (b *builder) orderOf(f *checks.Reported) order {
	return order{
		rank: priority(string(f.Severity), f.Suppressed != ""), place: b.placeOf(f.Origin.Span),
		id: f.Check.ID, input: clean(b.inputName(f.Input)), object: objectText(cleanObject(f.Object)),
		path: clean(f.Path), message: clean(f.Message),
	}
}

// placeOf is the place of a span as the log will tell it, without its text.
func (b *builder) placeOf(s source.Span) Location {
	if !s.Valid() {
		return Location{}
	}
	s = s.OneLine()
	begin, end := s.Begin(), s.File.Position(s.End)
	return Location{File: b.fileName(s.File), Line: begin.Line, Column: begin.Column, EndLine: end.Line, EndColumn: end.Column}
}

// relativeFile is a file's name relative to the root, or absolute outside it.
func (b *builder) relativeFile(f *source.File) string {
	name, ok := b.files[f]
	if !ok {
		name, _ = b.relative(f.Name())
		b.files[f] = name
	}
	return name
}

// fileName is a file's name as the log will tell it.
func (b *builder) fileName(f *source.File) string {
	name, ok := b.names[f]
	if !ok {
		name = fileOf(&sarif.Run{Tool: sarif.NewTool().WithDriver(b.driver)}, b.artifact(f.Name()))
		b.names[f] = name
	}
	return name
}

// orderIn is where a result of one of our own logs is.
func orderIn(run *sarif.Run, r *sarif.Result) order {
	o := order{rank: priority(r.Level, suppressed(r) != ""), id: deref(r.RuleID)}
	p := property.Read(r.Properties, property.Result{})
	o.input, o.path, o.message, o.object = p.Input, p.Path, p.Message, objectText(objectOf(p.Object))
	if p.Kind == nil {
		return o // the frontend knew no place
	}
	at := r.Locations
	if shownAtValue(p) {
		at = r.RelatedLocations // the first is the template's line, see builder.related
	}
	if len(at) > 0 {
		o.place = bare(placeOf(run, at[0]))
	}
	return o
}

// bare is a place without its text.
func bare(p Location) Location {
	p.Text, p.TextColumn, p.Part = "", 0, ""
	return p
}

// shownAtValue says that the place of a result is a step of its trace and not the
// template's line.
func shownAtValue(p *property.Result) bool {
	return slices.ContainsFunc(p.Origins, func(step property.Step) bool { return step.Primary })
}

// objectText is an object's name as one text; the brace ends a name that is the start
// of another as it does in the order of a report.
func objectText(o Object) string {
	return o.APIVersion + " " + o.Kind + " " + o.Namespace + " " + o.Name + "}"
}
