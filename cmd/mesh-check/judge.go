package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform"
	"github.com/mesh-check/mesh-check/ignore"
	"github.com/mesh-check/mesh-check/render/source"
)

// judge looks at inputs, in a worker: it holds what is the same for all of them.
type judge struct {
	helm      helm.Options
	terraform terraform.Options
	sources   string // of plans: where their .tf files lie
	mesh      *checks.Mesh
	sel       checks.Selection
	today     string    // by which ignore comments end
	together  bool      // inputs are read here and judged as one set
	lost      []loss    // what is not looked at again
	deadline  time.Time // see soon; zero for none
	// began is told what is looked at from now on; both may be empty. It is never nil.
	began func(valuesSet, template string)
	// until ends the process at a time, sooner than at the deadline of the whole job.
	// It is never nil.
	until func(time.Time)
}

// judge looks at one input. It never panics: a bug is told in the verdict.
func (j *judge) judge(in input) *verdict {
	v := newVerdict(in)
	v.guard("", func() { j.look(v, in) })
	v.guard("", func() { v.comments = ignore.Read(v.files, j.today) })
	v.close()
	return v
}

func (j *judge) look(v *verdict, in input) {
	if in.Kind == kindText {
		v.input.Kind = kindManifest
		told, err := in.text(j.helm.Tree)
		if err != nil {
			v.fail("", broken(in.Path, err))
			return
		}
		if in = told; in.Kind == kindText {
			in.Kind = kindManifest
		}
		v.input.Kind = in.Kind
	}
	if in.Fault != nil {
		v.fail("", in.Fault.error())
		return
	}
	for _, l := range j.lost {
		if l.Input == in.Path {
			v.fail(l.ValuesSet, l.Fault.error())
			if l.ValuesSet == "" {
				return
			}
		}
	}
	j = j.of(in.Own)
	if j.together {
		defer v.settle(in.Own)
	}
	switch in.Kind {
	case kindManifest:
		j.manifest(v, in)
	case kindManifests:
		j.manifests(v, in)
	case kindTerraform, kindPlan:
		j.fromTerraform(v, in)
	default:
		j.chart(v, in)
	}
}

func (j *judge) manifest(v *verdict, in input) {
	read := manifest.Load(source.NewFile("", in.Path, in.Data))
	v.files = append(v.files, read.Sources...)
	v.fail("", read.Errors...)
	v.notes = append(v.notes, read.Notes...)
	if len(read.Objects) > 0 || len(read.Errors) == 0 {
		v.parts = append(v.parts, j.part(v, "", read.Objects))
	}
	v.input.Objects = len(read.Objects)
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
	v.tellUnused(chart.Unused())
	objects := map[checks.ObjectRef]bool{}
	outcomes := map[string]checks.Outcome{}
	rendering := map[string]bool{} // templates, and whether they render anything with any set
	defer func() { v.countTemplates(rendering) }()
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
		left := 0
		for _, other := range sets[i:] {
			if !j.isLost(in, other) {
				left++
			}
		}
		share := j.share(left)
		chart.Until(share)
		j.until(hard(share))
		j.began(set, "")
		v.guard(set, func() {
			v.files = append(v.files, chart.Files(set)...)
			rendered, errs := chart.Render(set)
			v.fail(set, errs...)
			if rendered == nil {
				return
			}
			v.notes = append(v.notes, rendered.Notes...)
			for name, renders := range rendered.Templates {
				rendering[name] = rendering[name] || renders
			}
			p := part{valuesSet: set, objects: rendered.Objects}
			if judged, is := outcomes[rendered.Same]; is && rendered.Same != "" {
				p.outcome = judged
			} else {
				p = j.part(v, set, rendered.Objects)
			}
			outcomes[set] = p.outcome
			v.parts = append(v.parts, p)
			for _, o := range rendered.Objects {
				objects[checks.ObjectRef{APIVersion: o.APIVersion, Kind: o.Kind, Namespace: o.Namespace, Name: o.Name}] = true
			}
		})
	}
	v.input.Objects = len(objects)
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
func (j *judge) part(v *verdict, valuesSet string, objects []*object.Object) part {
	p := part{valuesSet: valuesSet, objects: objects}
	if !j.together {
		p.outcome = j.check(objects, v.unread(valuesSet))
		v.skipped(p.outcome)
		for _, b := range p.outcome.Bugs {
			v.fail(valuesSet, b.Fault(v.input.Path))
		}
	}
	return p
}

// check runs the suite over the objects of one cluster; unread is why more of it may be
// there that was not read.
func (j *judge) check(objects []*object.Object, unread *source.Error) (outcome checks.Outcome) {
	defer func() {
		if p := recover(); p != nil {
			b, _ := source.Caught(p)
			outcome = checks.Outcome{Bugs: []*source.Bug{b}}
		}
	}()
	return checks.Run(checks.Suite, object.NewSet(j.helm.Namespace, objects).WithUnread(unread), j.mesh, j.sel)
}
