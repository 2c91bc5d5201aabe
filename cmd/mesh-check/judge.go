package main

import (
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform"
	"github.com/mesh-check/mesh-check/render/source"
)

// judge looks at inputs: it holds what is the same for all of them.
type judge struct {
	helm      helm.Options
	terraform terraform.Options
	sources   string // of plans: where their .tf files lie
	mesh      *checks.Mesh
	sel       checks.Selection
	timeout   time.Duration // of one input; 0 is none
	together  bool          // inputs are read here and judged as one set
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

// judge looks at one input. It never panics and ends in time: a bug is told in the
// verdict, and an input that takes too long is an error of that input.
func (j *judge) judge(in input) *verdict {
	done := make(chan *verdict, 1)
	go func() { done <- j.guarded(in) }()
	if j.timeout <= 0 {
		return <-done
	}
	timer := time.NewTimer(j.timeout)
	defer timer.Stop()
	select {
	case v := <-done:
		return v
	case <-timer.C:
		v := newVerdict(in)
		v.fail("", &source.Error{
			What: fmt.Sprintf("not done after %s", j.timeout), Path: in.path,
			Do: "look for endless loops in its templates, or give it longer with --timeout",
		})
		return v
	}
}

// guarded is look, with a panic caught.
func (j *judge) guarded(in input) (v *verdict) {
	defer func() {
		if p := recover(); p != nil {
			v = newVerdict(in)
			v.caught(&bug{input: in.path, panic: p, stack: debug.Stack()})
		}
	}()
	return j.look(in)
}

func newVerdict(in input) *verdict {
	return &verdict{input: checks.Input{Path: in.path, Kind: in.kind, Result: checks.Failed}, notes: in.notes}
}

func (v *verdict) fail(valuesSet string, errs ...*source.Error) {
	for _, err := range errs {
		v.errors = append(v.errors, checks.InputError{Input: v.input.Path, ValuesSet: valuesSet, Err: err})
	}
}

// caught records a bug: the input could not be analysed in full.
func (v *verdict) caught(b *bug) {
	v.bug = b
	v.input.Result = checks.Failed
	v.parts = nil
	v.fail("", &source.Error{What: "a bug in mesh-check stopped the analysis", Path: v.input.Path, Do: "please report it with the input"})
}

func (j *judge) look(in input) *verdict {
	v := newVerdict(in)
	switch {
	case in.err != nil:
		v.fail("", in.err)
	case in.kind == kindManifest:
		j.manifest(v, in)
	case in.kind == kindTerraform, in.kind == kindPlan:
		j.fromTerraform(v, in)
	default:
		j.chart(v, in)
	}
	return v
}

func (j *judge) manifest(v *verdict, in input) {
	read := manifest.Load(source.NewFile("", in.path, in.data))
	v.fail("", read.Errors...)
	v.notes = append(v.notes, read.Notes...)
	if len(read.Objects) > 0 || len(read.Errors) == 0 {
		v.parts = append(v.parts, j.part("", read.Objects))
	}
	v.input.Objects = len(read.Objects)
	v.close()
}

func (j *judge) chart(v *verdict, in input) {
	chart, err := helm.Load(in.path, j.helm)
	if err != nil {
		v.fail("", broken(in.path, err))
		return
	}
	v.fail("", chart.Problems()...)
	v.installed = []string{chart.Name(), j.helm.ReleaseName}
	objects := map[checks.ObjectRef]bool{}
	sets := chart.Sets()
	if j.together && len(sets) > 1 {
		v.notes = append(v.notes, fmt.Sprintf("judged together with the values set %s alone; left out: %s", sets[0], strings.Join(sets[1:], ", ")))
		sets = sets[:1]
	}
	v.input.ValuesSets = sets
	for _, set := range sets {
		rendered, errs := chart.Render(set)
		v.fail(set, errs...)
		if rendered == nil {
			continue
		}
		v.notes = append(v.notes, rendered.Notes...)
		v.parts = append(v.parts, j.part(set, rendered.Objects))
		for _, o := range rendered.Objects {
			objects[checks.ObjectRef{APIVersion: o.APIVersion, Kind: o.Kind, Namespace: o.Namespace, Name: o.Name}] = true
		}
	}
	v.input.Objects = len(objects)
	v.close()
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
	for _, p := range v.parts {
		v.addPart(r, p)
	}
	r.Inputs = append(r.Inputs, v.input)
}

func (v *verdict) addPart(r *checks.Report, p part) {
	defer func() {
		if caught := recover(); caught != nil {
			before := len(v.errors)
			v.caught(&bug{input: v.input.Path, panic: caught, stack: debug.Stack()})
			r.Errors = append(r.Errors, v.errors[before:]...)
		}
	}()
	r.Add(v.input.Path, p.valuesSet, p.outcome)
}
