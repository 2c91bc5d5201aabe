package checks

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks/meshgraph"
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
	// Bugs are the panics of this program that cost an input something, each once.
	Bugs []InputBug
	// Comments are the files with ignore comments, of each input that read them.
	Comments []CommentedFile
	// Graphs are pictures of what inputs make of the mesh, in their order; of inputs for which none was asked there is none.
	Graphs meshgraph.Inputs
	// Installed are the names that come from installing an input, a chart, and not from its
	// text, by its path: those of the chart and of the release,
	// and then those of the releases that are values sets of the chart.
	Installed map[string][]string

	// Ignore, where it is set, is asked about each finding that counts before it is
	// merged: why it is ignored, and where that is written; no reason, it counts. One
	// values set may have a finding ignored that counts in another.
	Ignore func(*Reported) (reason string, at source.Span)

	merged map[reportedKey]*Reported
	asked  map[string]*Undecided
	taken  map[takenPlace]bool
	names  fileNames
}

// Input is one chart, Terraform root, plan or manifest that was analyzed.
type Input struct {
	Path       string
	Kind       string // chart, terraform, plan, manifest, manifests
	ValuesSets []string
	// Environments are those that values sets of the input are deployed to, by the set: the
	// root set of a release, such as idfprod. Sets that belong to none are not in it.
	Environments map[string]string
	Objects      int    // objects of all values sets, each object once
	Result       Result // of the whole input
	// Templates is how many templates of a chart could render objects, EmptyTemplates how
	// many of them rendered nothing with any of the values sets.
	Templates, EmptyTemplates int
	// Lines is how many lines of the templates write something, without those of library
	// charts, and ReachedLines how many of them were rendered with any of the values sets.
	// Both are 0 where the chart was not rendered.
	Lines, ReachedLines int
	// Explored is what exploring the chart's branches came to; nil where that was not done.
	Explored *Explored
}

// Explored is what exploring a chart came to: rendering it with settings besides those of
// its values sets.
type Explored struct {
	// Lines is how many of Input.Lines were rendered with any values set or, as far as the tracing
	// engine knows, while exploring.
	Lines int
	// Renders is how many renders exploring took.
	Renders int
	// Dropped is how many findings are not reported because they need too many settings, or
	// were not found again with these alone.
	Dropped int
	// Stopped is why exploring ended early; empty where it did not.
	Stopped string
}

// Result says how far an input could be analyzed.
type Result string

// The results of an input.
const (
	OK      Result = "ok"
	Partial Result = "partial"
	Failed  Result = "failed"
)

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
	// Repository says that it is about the repository of several inputs, which Input names.
	Repository bool
}

// InputBug is a bug that was met while an input was analyzed.
type InputBug struct {
	Input string
	Bug   *source.Bug
}

// CommentedFile is a file with ignore comments that an input read.
type CommentedFile struct {
	// File is as the names of the report are spelled.
	File string
	// Faults are the comments that do not hold, or not in full, with why. Idle are those
	// that hold and ignore nothing, of an input of which all was analyzed.
	Faults, Idle []CommentFault
}

// CommentFault is a comment with what is wrong with it, in one line; Line and Column are
// 1-based.
type CommentFault struct {
	Line, Column int
	What         string
}

// Add takes the outcome of one values set (empty for inputs without) of one input
// into the report, looking up every place. Of an outcome with Settings it takes what no
// values set has, and no questions.
func (r *Report) Add(input, valuesSet string, out Outcome) {
	if r.merged == nil {
		r.merged, r.asked, r.taken = map[reportedKey]*Reported{}, map[string]*Undecided{}, map[takenPlace]bool{}
	}
	for _, f := range out.Findings {
		r.addFinding(input, valuesSet, out.Settings, f)
	}
	if len(out.Settings) > 0 {
		return
	}
	for _, o := range out.Questions {
		r.addOpen(input, o)
	}
}

func (r *Report) addOpen(input string, o Question) {
	origin := o.Field.Origin()
	if o.At.Valid() {
		origin = source.Origin{Kind: source.Text, Span: o.At, Exact: true}
	}
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

func (r *Report) nameOf(f *source.File) string {
	if r.names == nil {
		r.names = fileNames{}
	}
	return r.names.of(f)
}

// fileNames are the names of files, which are asked for with each finding.
type fileNames map[*source.File]string

func (n fileNames) of(f *source.File) string {
	if f == nil {
		return ""
	}
	name, ok := n[f]
	if !ok {
		name = f.Name()
		n[f] = name
	}
	return name
}

// Finish leaves out what exploring found and a values set has too, and sorts the report: findings by file, line, column, check and object, so
// that equal runs give equal bytes.
func (r *Report) Finish() {
	r.Findings = r.withoutReached()
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

func (r *Report) compareSpans(a, b source.Span) int {
	if a.File != b.File {
		if n := cmp.Compare(r.nameOf(a.File), r.nameOf(b.File)); n != 0 {
			return n
		}
	}
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
}

func appendNew(list []string, more ...string) []string {
	for _, m := range more {
		if !slices.Contains(list, m) {
			list = append(list, m)
		}
	}
	return list
}
