package checks

import (
	"cmp"
	"slices"

	"github.com/mesh-check/mesh-check/render/source"
)

// Grouper makes one finding of those that have one cause: the same check says something of
// several objects at one place, or for one Finding.Cause. What a person has to change is
// one thing then, however many objects it is rendered into.
type Grouper struct {
	// Place is where a finding is shown and where its value was written, if that is
	// elsewhere: findings of which either differs have causes of their own.
	Place func(*Reported) (shown, value source.Span)
	// Sets are the values sets of an input in the order of the run.
	Sets func(input string) []string

	names  fileNames
	groups map[cause]*group
	times  map[objectOfCause]int
}

// group is a finding that stands for others, and the objects that it is about.
type group struct {
	*Reported
	objects map[ObjectRef]bool
}

// cause is what findings of several objects have in common.
type cause struct {
	input, check    string
	severity        Severity
	suppressed      string
	ignoredAt       source.Span
	unchanged       bool
	told            string
	shown, value    string // files
	shownAt, writer int    // bytes in them
	// rendered is what is there in the object: one line that renders another value
	// into each object makes findings that say other things.
	rendered string
	// nth tells apart what a check has to say of one object at one place.
	nth int
}

// objectOfCause is an object of which a check says something at a place.
type objectOfCause struct {
	cause
	object  ObjectRef
	address string
}

// Take takes a finding and returns the one that stands for it: itself, as a copy, if it is
// the first of its cause, and that one otherwise. Findings come in the order of the report,
// but as OwnFirst has them: where the cause is known without exploring, nothing of that is
// said.
func (g *Grouper) Take(f *Reported) (of *Reported, first bool) {
	if g.groups == nil {
		g.names, g.groups, g.times = fileNames{}, map[cause]*group{}, map[objectOfCause]int{}
	}
	c := g.causeOf(f)
	who := objectOfCause{cause: c, object: f.Object}
	if len(f.Addresses) > 0 {
		who.address = f.Addresses[0]
	}
	g.times[who]++
	c.nth = g.times[who]
	if f.Explored() {
		c.nth = 1
		if of, known := g.groups[c]; known && !of.Explored() {
			return of.Reported, false
		}
	}
	if of, known := g.groups[c]; known {
		for _, o := range f.asOthers(of.Reported) {
			if !of.objects[o.ObjectRef] {
				of.objects[o.ObjectRef] = true
				of.Others = append(of.Others, o)
			}
		}
		of.ValuesSets = g.union(of.Reported, f.ValuesSets)
		of.Addresses = append(of.Addresses, f.Addresses...)
		of.addTraces(f)
		if f.Explored() {
			of.alsoOf(f)
		}
		return of.Reported, false
	}
	own := *f
	own.Traces, own.stops = slices.Clip(f.Traces), nil
	own.Others, own.ValuesSets, own.Addresses = slices.Clone(f.Others), slices.Clone(f.ValuesSets), slices.Clone(f.Addresses)
	g.groups[c] = &group{&own, map[ObjectRef]bool{f.Object: true}}
	for _, o := range f.Others {
		g.groups[c].objects[o.ObjectRef] = true
	}
	return &own, true
}

func (g *Grouper) causeOf(f *Reported) cause {
	c := cause{
		input: f.Input, check: f.Check.ID, severity: cmp.Or(f.level, f.Severity), suppressed: f.Suppressed, ignoredAt: f.IgnoredAt,
		unchanged: f.Unchanged(), told: f.Cause,
	}
	if c.told != "" {
		return c
	}
	shown, value := g.Place(f)
	if !shown.Valid() { // nobody knows whether it is one place
		c.told = f.Object.APIVersion + " " + f.Object.Kind + " " + f.Object.Namespace + "/" + f.Object.Name
		if f.Object == (ObjectRef{}) {
			c.told = f.Message
		}
	}
	c.shown, c.shownAt = g.names.of(shown.File), shown.Start
	c.value, c.writer = g.names.of(value.File), value.Start
	c.rendered = f.Rendered
	return c
}

// union are the values sets of a group and of one more finding, in the order of the run.
func (g *Grouper) union(of *Reported, more []string) []string {
	all := appendNew(of.ValuesSets, more...)
	run := g.Sets(of.Input)
	slices.SortStableFunc(all, func(a, b string) int { return cmp.Compare(slices.Index(run, a), slices.Index(run, b)) })
	return all
}

// asOthers are the objects of a finding as those of another one that stands for it.
func (f *Reported) asOthers(of *Reported) []Other {
	at := f.Named
	if spotOf(f.Origin.Span) != spotOf(of.Origin.Span) {
		at = f.Origin.Span
	}
	return append([]Other{{f.Object, at}}, f.Others...)
}

// Plural is a word, with an s unless there is one of it.
func Plural(n int, word string) string {
	if n == 1 {
		return word
	}
	return word + "s"
}
