package argocd

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// mark is what a template writes at one of its places: text that is copied, a tag or an action.
type mark struct {
	from, to int // its bytes in the template
	literal  bool
	// known says that names are all the parameters that it writes.
	known bool
	names []string // as templating.nameOf has them
	// computed says that it writes something that is made of the parameter and is no copy of it.
	computed bool
}

// segment is a part of a text that was filled in, and what has written it.
type segment struct {
	start, end int
	by         *mark
}

// maxSegments bounds the segments of a text. What is written in more of them has no places but that
// of the whole.
const maxSegments = 10_000

// filling is a text that was filled in. Its segments are all of it, one behind the other; there are
// none where its template has no tags, or too many of them were written.
type filling struct {
	text     string
	segments []segment
}

// add says what has written the text up to an offset.
func (f *filling) add(by *mark, end int) {
	start := 0
	if n := len(f.segments); n > 0 {
		start = f.segments[n-1].end
		if f.segments[n-1].by == by && (by == nil || !by.literal) {
			f.segments[n-1].end = end
			return
		}
	}
	if start < end {
		f.segments = append(f.segments, segment{start, end, by})
	}
}

// part are the segments that the bytes [start, end) of the text lie in.
func (f filling) part(start, end int) []segment {
	if len(f.segments) == 0 || start < 0 || start >= end || end > f.segments[len(f.segments)-1].end {
		return nil
	}
	first := slices.IndexFunc(f.segments, func(s segment) bool { return start < s.end })
	n := slices.IndexFunc(f.segments[first:], func(s segment) bool { return end <= s.end })
	return f.segments[first : first+n+1]
}

// template are the bytes of the template that have written the bytes [start, end) of the text. ok is
// false where they are not in the order of the template, as those around the turn of a loop.
func (f filling) template(start, end int) (from, to int, ok bool) {
	part := f.part(start, end)
	if len(part) == 0 {
		return 0, 0, false
	}
	for i, s := range part {
		if s.by == nil || i > 0 && s.by.from < part[i-1].by.to {
			return 0, 0, false
		}
	}
	first, last := part[0], part[len(part)-1]
	from, to = first.by.from, last.by.to
	if first.by.literal {
		from += start - first.start
	}
	if last.by.literal {
		to = last.by.from + end - last.start
	}
	return from, to, from < to
}

// filled is the Locator of a text that was filled in: the template's place, and behind it
// where the parameters are written that the text was made of.
type filled struct {
	template object.Ref
	written  string // the text of the template
	filling  filling
	p        parameters
	by       templating
}

// Locate implements object.Locator.
func (f filled) Locate(int) source.Origin {
	o := f.template.Origin()
	o.Trace = slices.Concat(o.Trace, f.behind(0, len(f.filling.text)))
	return o
}

// LocatePart returns where the bytes [start, end) of the text were written; ok is false where that
// is not certain.
func (f filled) LocatePart(_ int, text string, start, end int) (o source.Origin, ok bool) {
	from, to, ok := f.filling.template(start, end)
	if !ok || text != f.filling.text {
		return source.Origin{}, false
	}
	if o, ok = f.template.Part(f.written, from, to); ok {
		o.Trace = slices.Concat(o.Trace, f.behind(start, end))
	}
	return o, ok
}

// behind are the steps to the parameters that the bytes [start, end) of the text are made of: none where
// the template says them itself. Where it is not certain which ones these are, the one step leads to all
// that the generator gave.
func (f filled) behind(start, end int) (steps []source.Step) {
	part := f.filling.part(start, end)
	if len(part) == 0 {
		return f.p.from
	}
	var names []string
	computed := len(part) > 1
	for _, s := range part {
		if s.by == nil || !s.by.known {
			return f.p.from
		}
		computed = computed || s.by.computed
		for _, name := range s.by.names {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	for _, name := range names {
		given, ok := f.by.placeOf(f.p.places, name)
		if !ok {
			return f.p.from
		}
		if computed {
			steps = append(steps, given.steps(true)...)
			continue
		}
		s := part[0]
		if f.filling.text[s.start:s.end] == given.text {
			given = given.within(start-s.start, end-s.start)
		}
		steps = append(steps, given.steps(false)...)
	}
	return steps
}

// filledDocument locates the parts of a document that was filled in; what has no place in the
// field that has it is at its key.
type filledDocument struct {
	field object.Field
	filled
}

// Origin implements object.TextLocator.
func (d filledDocument) Origin(start, end int) source.Origin {
	if o, ok := d.LocatePart(0, d.filling.text, start, end); ok {
		return o
	}
	o := d.field.AtKey().Origin()
	o.Trace = slices.Concat(o.Trace, d.p.from)
	return o
}

// inField locates the parts of a document that is the text of a field.
type inField struct {
	ref  object.Ref
	key  interface{ Origin() source.Origin }
	text string
}

// Origin implements object.TextLocator.
func (i inField) Origin(start, end int) source.Origin {
	if o, ok := i.ref.Part(i.text, start, end); ok {
		return o
	}
	return i.key.Origin()
}

// place is where a parameter is written.
type place struct {
	ref, key object.Ref // key is where its key is, or its element of a list
	name     string
	text     string // of a scalar
	from     []source.Step
}

// within is the place of the bytes [start, end) of a text of several lines.
func (p place) within(start, end int) place {
	if !strings.Contains(p.text, "\n") {
		return p
	}
	if o, ok := p.ref.Part(p.text, start, end); ok {
		p.from = append([]source.Step{{Role: source.Value, Name: p.name, Span: o.Span}}, o.Trace...)
	}
	return p
}

// steps is the trace to the parameter.
func (p place) steps(computed bool) []source.Step {
	steps := slices.Clone(p.from)
	if len(steps) == 0 {
		ref := p.ref
		if p.text == "" || strings.Contains(p.text, "\n") {
			ref = p.key
		}
		steps = stepsTo(source.Value, ref, p.name)
	}
	steps[0].Derived = computed
	return steps
}
