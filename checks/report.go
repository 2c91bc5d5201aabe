package checks

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// Report is everything that one run has to say, with every place looked up. It is
// filled by Add and the Add… methods, and read after Finish.
type Report struct {
	Inputs    []Input
	Findings  []*Reported
	Undecided []*Undecided
	Errors    []InputError
	Notes     []InputNote

	merged map[reportedKey]*Reported
	asked  map[string]*Undecided
	names  map[*source.File]string // of files, which are asked for with each finding
}

// Input is one chart, Terraform root, plan or manifest that was looked at.
type Input struct {
	Path       string
	Kind       string // chart, terraform, plan, manifest
	ValuesSets []string
	Objects    int    // objects of all values sets, each object once
	Result     Result // of the whole input
}

// Result says how far an input could be analysed.
type Result string

// The results of an input.
const (
	OK      Result = "ok"
	Partial Result = "partial"
	Failed  Result = "failed"
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
	Object     ObjectRef
	// Addresses are the Terraform addresses of all instances; empty for charts.
	Addresses []string
	// Change is that of Finding; where instances differ, the first's. Those that a plan
	// leaves as they are have a finding of their own.
	Change object.Change
	// Path is the field's path in the object.
	Path string
	// Rendered is what stands there in the manifest, as "runAsUser: 1337"; empty
	// where the place shows it already or where the value is nobody's business.
	Rendered string
	// Private says that no output may repeat the field's value, at whatever place.
	Private bool
	Origin  source.Origin
	Related []RelatedPlace
	// Suppressed says who asked not to be told; empty for a finding that counts.
	Suppressed string
}

// Unchanged says that a plan leaves all resources of the finding as they are.
func (f *Reported) Unchanged() bool { return f.Change == object.NoOp }

// RelatedPlace is another place of a finding.
type RelatedPlace struct {
	Message string
	Origin  source.Origin
	// Private is that of Reported.
	Private bool
}

// Undecided is one question that stayed open.
type Undecided struct {
	Check  *Check
	Input  string
	Object ObjectRef
	// Addresses are the Terraform addresses of all instances; empty for charts. Object
	// is that of the first.
	Addresses []string
	Path      string
	Reason    string
	Origin    source.Origin
}

// InputError is an error of one input.
type InputError struct {
	Input string
	// ValuesSet is the set in which the error occurs; empty when in all.
	ValuesSet string
	Err       *source.Error
}

// InputNote is something that the user should know about an input.
type InputNote struct {
	Input   string
	Message string
}

// Add takes the outcome of one values set (empty for inputs without) of one input
// into the report, looking up every place.
func (r *Report) Add(input, valuesSet string, out Outcome) {
	if r.merged == nil {
		r.merged, r.asked = map[reportedKey]*Reported{}, map[string]*Undecided{}
	}
	for _, f := range out.Findings {
		r.addFinding(input, valuesSet, f)
	}
	for _, o := range out.Open {
		origin := o.Field.Origin()
		obj := o.Field.Object()
		who := obj.String()
		if obj.Address != "" { // its name may be unknown, or another in each instance
			who = strings.Join([]string{obj.Kind, origin.Span.String(), o.Reason}, "\x00")
		}
		key := strings.Join([]string{input, o.Check.ID, who, o.Field.Path()}, "\x00")
		u := r.asked[key]
		if u == nil {
			u = &Undecided{
				Check: o.Check, Input: input, Object: refOf(obj, o.Namespace),
				Path: o.Field.Path(), Reason: o.Reason, Origin: origin,
			}
			r.asked[key] = u
			r.Undecided = append(r.Undecided, u)
		}
		if obj.Address != "" {
			u.Addresses = appendNew(u.Addresses, obj.Address)
		}
	}
}

func (r *Report) addFinding(input, valuesSet string, f *Finding) {
	obj, origin := f.Field.Object(), f.Field.Origin()
	found := &Reported{
		Check: f.Check, Severity: f.Severity, Message: f.Message, Advice: f.Advice,
		Input: input, Object: refOf(obj, f.Namespace), Path: f.Field.Path(),
		Rendered: rendered(f.Field, origin), Private: private(f.Field), Origin: origin, Suppressed: f.Suppressed,
		Change: f.Change,
	}
	if valuesSet != "" {
		found.ValuesSets = []string{valuesSet}
	}
	if obj.Address != "" {
		found.Addresses = []string{obj.Address}
	}
	for _, rel := range f.Related {
		found.Related = append(found.Related, RelatedPlace{rel.Message, rel.Field.Origin(), private(rel.Field)})
	}
	key := r.key(found)
	first, seen := r.merged[key]
	if !seen {
		r.merged[key] = found
		r.Findings = append(r.Findings, found)
		return
	}
	first.ValuesSets = appendNew(first.ValuesSets, found.ValuesSets...)
	first.Addresses = appendNew(first.Addresses, found.Addresses...)
}

// reportedKey says when two findings are one: the same check says the same thing
// about the same field at the same place.
type reportedKey struct {
	input, check, file string
	start              int // byte of the file
	path, who, message string
	severity           Severity
	suppressed         string
	unchanged          bool
}

// key is a finding's key. Terraform instances of one block differ in nothing but
// their address and name.
func (r *Report) key(f *Reported) reportedKey {
	who := f.Object.Kind
	if len(f.Addresses) == 0 {
		who += " " + f.Object.Namespace + "/" + f.Object.Name
	}
	return reportedKey{
		input: f.Input, check: f.Check.ID, file: r.nameOf(f.Origin.Span.File), start: f.Origin.Span.Start,
		path: f.Path, who: who, message: f.Message, severity: f.Severity, suppressed: f.Suppressed, unchanged: f.Unchanged(),
	}
}

func (r *Report) nameOf(f *source.File) string {
	if f == nil {
		return ""
	}
	name, ok := r.names[f]
	if !ok {
		if r.names == nil {
			r.names = map[*source.File]string{}
		}
		name = f.Name()
		r.names[f] = name
	}
	return name
}

// Finish sorts the report: findings by file, line, column, check and object, so
// that equal runs give equal bytes.
func (r *Report) Finish() {
	slices.SortStableFunc(r.Findings, func(a, b *Reported) int {
		if n := cmp.Or(r.compareSpans(a.Origin.Span, b.Origin.Span), cmp.Compare(a.Check.ID, b.Check.ID), cmp.Compare(a.Input, b.Input)); n != 0 {
			return n
		}
		if a.Object != b.Object {
			if n := cmp.Compare(fmt.Sprint(a.Object), fmt.Sprint(b.Object)); n != 0 {
				return n
			}
		}
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Message, b.Message))
	})
	slices.SortStableFunc(r.Undecided, func(a, b *Undecided) int {
		return cmp.Or(r.compareSpans(a.Origin.Span, b.Origin.Span), cmp.Compare(a.Check.ID, b.Check.ID),
			cmp.Compare(a.Input, b.Input), cmp.Compare(a.Path, b.Path))
	})
}

// Count returns the number of findings of a severity that count.
func (r *Report) Count(s Severity) int {
	n := 0
	for _, f := range r.Findings {
		if f.Severity == s && f.Suppressed == "" {
			n++
		}
	}
	return n
}

func (r *Report) compareSpans(a, b source.Span) int {
	if a.File != b.File {
		if n := cmp.Compare(r.nameOf(a.File), r.nameOf(b.File)); n != 0 {
			return n
		}
	}
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
}

func refOf(o *object.Object, namespace string) ObjectRef {
	return ObjectRef{o.APIVersion, o.Kind, namespace, o.Name}
}

// secretive are the parts of objects whose values no output may repeat.
var secretive = []string{"env", "data", "stringData", "binaryData", "annotations", "args", "command"}

// private says whether a field lies in a secretive part of its object.
func private(f object.Field) bool {
	return slices.ContainsFunc(object.SplitPath(f.Path()), func(step string) bool { return slices.Contains(secretive, step) })
}

// rendered is the field as it stands in the manifest, where the place itself does
// not show it: a scalar behind a template action, outside of secretive parts.
func rendered(f object.Field, origin source.Origin) string {
	n := f.Node()
	if f.OnKey() || !n.Scalar() || n.Text == "" || len(n.Text) > 100 || origin.Kind == source.Text && origin.Exact || private(f) {
		return ""
	}
	steps := object.SplitPath(f.Path())
	name := steps[len(steps)-1]
	if strings.HasSuffix(f.Path(), "]") && !strings.HasSuffix(f.Path(), `"]`) {
		return "- " + n.Text
	}
	return name + ": " + n.Text
}

func appendNew(list []string, more ...string) []string {
	for _, m := range more {
		if !slices.Contains(list, m) {
			list = append(list, m)
		}
	}
	return list
}
