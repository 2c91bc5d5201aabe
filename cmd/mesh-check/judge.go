package main

import (
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform"
	"github.com/mesh-check/mesh-check/render/source"
)

// judge looks at inputs, in a worker: it holds what is the same for all of them.
type judge struct {
	helm      helm.Options
	terraform terraform.Options
	sources   string // of plans: where their .tf files lie
	mesh      *checks.Mesh
	sel       checks.Selection
	together  bool      // inputs are read here and judged as one set
	lost      []loss    // what is not looked at again
	deadline  time.Time // see soon; zero for none
	// began is told what is looked at from now on; both may be empty. It is never nil.
	began func(valuesSet, template string)
}

// verdict is what one input gave, ready for the report.
type verdict struct {
	input  checks.Input
	parts  []part
	errors []checks.InputError
	notes  []string
	// installed are the names that come from installing the chart.
	installed []string
	bug       *bug
}

// part is the outcome of one values set; its name is empty for inputs without sets.
type part struct {
	valuesSet string
	objects   []*object.Object
	outcome   checks.Outcome
}

// judge looks at one input. It never panics: a bug is told in the verdict.
func (j *judge) judge(in input) (v *verdict) {
	defer func() {
		if p := recover(); p != nil {
			v = newVerdict(in)
			v.caught(newBug(in.Path, p, debug.Stack()))
		}
	}()
	return j.look(in)
}

func newVerdict(in input) *verdict {
	return &verdict{input: checks.Input{Path: in.Path, Kind: in.Kind, Result: checks.Failed}}
}

func (v *verdict) fail(valuesSet string, errs ...*source.Error) {
	for _, err := range errs {
		v.errors = append(v.errors, checks.InputError{Input: v.input.Path, ValuesSet: valuesSet, Err: err})
	}
}

// caught records a bug: the input could not be analysed in full.
func (v *verdict) caught(b bug) {
	v.bug = &b
	v.input.Result = checks.Failed
	v.parts = nil
	v.fail("", &source.Error{What: "a bug in mesh-check stopped the analysis", Path: v.input.Path, Do: "please report it with the input"})
}

func (j *judge) look(in input) *verdict {
	if in.Kind == kindText {
		told, err := in.text()
		if err != nil {
			in.Kind = kindManifest
			v := newVerdict(in)
			v.fail("", broken(in.Path, err))
			return v
		}
		if in = told; in.Kind == kindText {
			in.Kind = kindManifest
		}
	}
	v := newVerdict(in)
	if in.Fault != nil {
		v.fail("", in.Fault.error())
		return v
	}
	for _, l := range j.lost {
		if l.Input == in.Path {
			v.fail(l.ValuesSet, l.Fault.error())
			if l.ValuesSet == "" {
				return v
			}
		}
	}
	switch in.Kind {
	case kindManifest:
		j.manifest(v, in)
	case kindTerraform, kindPlan:
		j.fromTerraform(v, in)
	default:
		j.chart(v, in)
	}
	return v
}

func (j *judge) manifest(v *verdict, in input) {
	read := manifest.Load(source.NewFile("", in.Path, in.Data))
	v.fail("", read.Errors...)
	v.notes = append(v.notes, read.Notes...)
	if len(read.Objects) > 0 || len(read.Errors) == 0 {
		v.parts = append(v.parts, j.part("", read.Objects))
	}
	v.input.Objects = len(read.Objects)
	v.close()
}

func (j *judge) chart(v *verdict, in input) {
	var set string
	options := j.helm
	options.Began = func(template string) { j.began(set, template) }
	chart, err := helm.Load(in.Path, options)
	if err != nil {
		v.fail("", broken(in.Path, err))
		return
	}
	v.fail("", chart.Problems()...)
	v.installed = []string{chart.Name(), j.helm.ReleaseName}
	objects := map[checks.ObjectRef]bool{}
	outcomes := map[string]checks.Outcome{}
	sets := chart.Sets()
	if j.together && len(sets) > 1 {
		v.notes = append(v.notes, fmt.Sprintf("judged together with the values set %s alone; left out: %s", sets[0], strings.Join(sets[1:], ", ")))
		sets = sets[:1]
	}
	v.input.ValuesSets = sets
	for i := range sets {
		if set = sets[i]; j.isLost(in, set) {
			continue
		}
		chart.Until(j.share(len(sets) - i))
		j.began(set, "")
		rendered, errs := chart.Render(set)
		v.fail(set, errs...)
		if rendered == nil {
			continue
		}
		v.notes = append(v.notes, rendered.Notes...)
		p := part{valuesSet: set, objects: rendered.Objects}
		if judged, is := outcomes[rendered.Same]; is && rendered.Same != "" {
			p.outcome = judged
		} else {
			p = j.part(set, rendered.Objects)
		}
		outcomes[set] = p.outcome
		v.parts = append(v.parts, p)
		for _, o := range rendered.Objects {
			objects[checks.ObjectRef{APIVersion: o.APIVersion, Kind: o.Kind, Namespace: o.Namespace, Name: o.Name}] = true
		}
	}
	v.input.Objects = len(objects)
	v.close()
}

// share is the deadline of the first of n values sets that are left: half of the time,
// so that one that takes too long does not cost the rest, and all of it for the last.
func (j *judge) share(n int) time.Time {
	if j.deadline.IsZero() {
		return j.deadline
	}
	if n > 1 {
		return j.deadline.Add(-time.Until(j.deadline) / 2)
	}
	return j.deadline
}

// isLost says whether a values set has ended a worker before.
func (j *judge) isLost(in input, valuesSet string) bool {
	return slices.ContainsFunc(j.lost, func(l loss) bool { return l.Input == in.Path && l.ValuesSet == valuesSet })
}

// part runs the suite over the objects of one values set, if these are judged alone.
func (j *judge) part(valuesSet string, objects []*object.Object) part {
	p := part{valuesSet: valuesSet, objects: objects}
	if !j.together {
		p.outcome = j.check(objects)
	}
	return p
}

// check runs the suite over the objects of one cluster.
func (j *judge) check(objects []*object.Object) checks.Outcome {
	return checks.Run(object.NewSet(j.helm.Namespace, objects), j.mesh, j.sel)
}

// close says how far the input could be analysed.
func (v *verdict) close() {
	switch {
	case len(v.errors) == 0:
		v.input.Result = checks.OK
	case len(v.parts) > 0:
		v.input.Result = checks.Partial
	}
}

// addTo takes the verdict into the report; places are looked up here, so that a bug
// can show here too.
func (v *verdict) addTo(r *checks.Report) {
	r.Errors = append(r.Errors, v.errors...)
	for _, n := range v.notes {
		r.Notes = append(r.Notes, checks.InputNote{Input: v.input.Path, Message: n})
	}
	parts := v.parts
	v.parts = nil // the report has looked up all places: the trees are needed no more
	for i, p := range parts {
		v.addPart(r, p)
		parts[i] = part{}
	}
	r.Inputs = append(r.Inputs, v.input)
}

func (v *verdict) addPart(r *checks.Report, p part) {
	defer func() {
		if caught := recover(); caught != nil {
			before := len(v.errors)
			v.caught(newBug(v.input.Path, caught, debug.Stack()))
			r.Errors = append(r.Errors, v.errors[before:]...)
		}
	}()
	r.Add(v.input.Path, p.valuesSet, p.outcome)
}
