package checks

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// ObjectRef names a Kubernetes object by the namespace in which it will lie.
type ObjectRef struct {
	APIVersion, Kind, Namespace, Name string
}

// Reported is one finding with its place, merged over values sets and instances.
type Reported struct {
	Check    *Check
	Severity Severity
	Message  string
	Advice   string
	Input    string
	// ValuesSets are the sets in which the finding occurs, in the order of the run.
	ValuesSets []string
	// Settings are those without which a finding of exploring is not there, as they are typed;
	// it is in no values set. The message ends with them, and the severity is Note, but for a
	// finding that has settings of its own. Empty for what a values set has.
	Settings []string
	or       [][]string // other ones with which it is there as well
	others   [][]string // those of Others, where they need other ones
	said     string     // the message without the settings
	fails    bool       // nothing is rendered with the settings
	level    Severity   // that of the finding
	Object   ObjectRef
	// Others are the further objects that the finding is about: instances of a Terraform
	// block that have names of their own and, in a finding of Grouped, the objects of the
	// findings that it stands for.
	Others []Other
	// Cause is that of Finding.
	Cause string
	// Named is where the object's name is written, if another object has a finding of the
	// same check at the same place.
	Named source.Span
	// Addresses are the Terraform addresses of all instances; empty for charts.
	Addresses []string
	// Change is that of Finding; where instances differ, the first's. Those that a plan
	// leaves as they are have a finding of their own.
	Change object.Change
	// Path is the field's path in the object.
	Path string
	// Rendered is what is there in the manifest, as "runAsUser: 1337"; empty
	// where the place shows it already or where the value is nobody's business.
	Rendered string
	// Private says that no output may repeat the field's value, at whatever place.
	Private bool
	Origin  source.Origin
	// Traces are those of other instances and releases to the same place, where values are
	// written that the first one does not have: releases of one chart give it different ones.
	Traces  [][]source.Step
	stops   map[stop]bool // of all traces; nil until there is another one
	Related []RelatedPlace
	// Suppressed says what suppresses the finding; empty for a finding that counts.
	Suppressed string
	// IgnoredAt is the comment that says so; invalid where none does.
	IgnoredAt source.Span
}

// Unchanged says that a plan leaves all resources of the finding as they are.
func (f *Reported) Unchanged() bool { return f.Change == object.NoOp }

// Other is an object that a finding is about beside its first one.
type Other struct {
	ObjectRef
	// At is a place that tells the object from the others: where the finding is in it or,
	// where that is the place of the first too, where its name is written.
	At source.Span
}

// RelatedPlace is another place of a finding.
type RelatedPlace struct {
	Message string
	Origin  source.Origin
	// Private is that of Reported.
	Private bool
}

func (r *Report) addFinding(input, valuesSet string, settings []string, f *Finding) {
	obj, origin := f.Field.Object(), f.Field.Origin()
	found := &Reported{
		Check: f.Check, Severity: f.Severity, Message: f.Message, Advice: f.Advice,
		Input: input, Object: refOf(obj, f.Namespace), Path: f.Field.Path(),
		Rendered: rendered(f.Field, origin), Private: f.Private || sensitive(f.Field), Origin: origin, Suppressed: f.Suppressed,
		Change: f.Change, Cause: f.Cause,
	}
	if f.Private {
		found.Rendered = ""
	}
	found.explore(f, settings)
	if valuesSet != "" && !found.Explored() {
		found.ValuesSets = []string{valuesSet}
	}
	if obj.Address != "" {
		found.Addresses = []string{obj.Address}
	}
	for _, rel := range f.Related {
		found.Related = append(found.Related, RelatedPlace{rel.Message, rel.Field.Origin(), sensitive(rel.Field)})
	}
	if r.Ignore != nil && found.Suppressed == "" {
		found.Suppressed, found.IgnoredAt = r.Ignore(found)
	}
	key := r.key(found)
	if place := (takenPlace{input, f.Check.ID, key.file, key.start}); r.taken[place] {
		found.Named = obj.NameField().Origin().Span
	} else {
		r.taken[place] = true
	}
	first, seen := r.merged[key]
	if !seen {
		r.merged[key] = found
		r.Findings = append(r.Findings, found)
		return
	}
	if found.Explored() {
		first.also(found)
		return
	}
	first.ValuesSets = appendNew(first.ValuesSets, found.ValuesSets...)
	first.Addresses = appendNew(first.Addresses, found.Addresses...)
	first.addTrace(found)
	for _, o := range found.asOthers(first) {
		if o.ObjectRef != first.Object && !slices.ContainsFunc(first.Others, func(known Other) bool { return known.ObjectRef == o.ObjectRef }) {
			first.Others = append(first.Others, o)
		}
	}
}

// takenPlace is a place at which a check has found something.
type takenPlace struct {
	input, check, file string
	start              int // byte of the file
}

// reportedKey says when two findings are one: the same check says the same thing
// about the same field at the same place.
type reportedKey struct {
	input, check, file string
	start              int // byte of the file
	path, who, message string
	severity           Severity
	suppressed         string
	ignoredAt          source.Span
	unchanged          bool
	explored           bool
}

// key is a finding's key. Terraform instances of one block differ in nothing but
// their address and name.
func (r *Report) key(f *Reported) reportedKey {
	who := f.Object.Kind
	if len(f.Addresses) == 0 {
		who += " " + f.Object.Namespace + "/" + f.Object.Name
	}
	k := reportedKey{
		input: f.Input, check: f.Check.ID, file: r.nameOf(f.Origin.Span.File), start: f.Origin.Span.Start,
		path: f.Path, who: who, message: cmp.Or(f.said, f.Message), severity: cmp.Or(f.level, f.Severity), unchanged: f.Unchanged(),
	}
	if k.explored = f.Explored(); !k.explored {
		k.suppressed, k.ignoredAt = f.Suppressed, f.IgnoredAt
	}
	return k
}

// RefOf names an object of a pass as reports do.
func (p *Pass) RefOf(o *object.Object) ObjectRef { return refOf(o, p.DisplayNamespace(o)) }

func refOf(o *object.Object, namespace string) ObjectRef {
	if o.None() {
		return ObjectRef{}
	}
	return ObjectRef{o.APIVersion, o.Kind, namespace, o.Name}
}

// sensitivePaths are the parts of objects whose values no output may repeat.
var sensitivePaths = []string{"env", "data", "stringData", "binaryData", "annotations", "args", "command"}

// sensitive reports whether a field is in a secretive part of its object.
func sensitive(f object.Field) bool {
	return slices.ContainsFunc(object.SplitPath(f.Path()), func(step string) bool { return slices.Contains(sensitivePaths, step) })
}

// rendered is the field as it is in the manifest, where the place itself does
// not show it: a scalar behind a template action, outside secretive parts.
func rendered(f object.Field, origin source.Origin) string {
	n := f.Node()
	if f.OnKey() || !n.Scalar() || n.Text == "" || len(n.Text) > 100 || origin.Kind == source.Text && origin.Exact || sensitive(f) {
		return ""
	}
	steps := object.SplitPath(f.Path())
	name := steps[len(steps)-1]
	if strings.HasSuffix(f.Path(), "]") && !strings.HasSuffix(f.Path(), `"]`) {
		return "- " + n.Text
	}
	return name + ": " + n.Text
}
