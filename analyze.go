package meshcheck

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/suite"
	"github.com/mesh-check/mesh-check/checks/topology"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/release/search"
	"github.com/mesh-check/mesh-check/frontends/terraform"
	"github.com/mesh-check/mesh-check/ignore"
	"github.com/mesh-check/mesh-check/render/source"
)

// Analyze analyzes the inputs of a request, in their order, and returns all that there is
// to say about them. What is wrong with an input is an error in the report, and costs no
// other input; a panic of this code is a bug in the report. The error is the context's, or
// says what is wrong with the request itself.
//
// Everything is done by the calling goroutine and those that it waits for, in this process,
// without a limit of memory: see the package's documentation. The deadline of ctx is when
// the engines give up by themselves, with the place that they have come to as an error of
// the input. Where ctx is canceled, Analyze returns before the next input or values set.
func Analyze(ctx context.Context, req Request) (*checks.Report, error) {
	if err := req.fault(); err != nil {
		return nil, err
	}
	a := newAnalyzer(ctx, req)
	inputs := req.inputs(a.helm.Tree)
	results := make([]*inputResult, len(inputs))
	for i, in := range inputs {
		a.checkpoint = func(valuesSet, template string) {
			if req.Checkpoint != nil {
				req.Checkpoint(i, valuesSet, template)
			}
		}
		a.checkpoint("", "")
		results[i] = a.analyze(in)
		if a.canceled() {
			return nil, ctx.Err()
		}
	}
	report := &checks.Report{}
	if a.together {
		a.analyzeTogether(results, report)
	}
	for _, v := range results {
		v.addTo(report)
	}
	report.Finish()
	return report, nil
}

// Skipped is the report about inputs that are not analyzed at all, each with its fault or
// with what was skipped of it.
func Skipped(inputs []input.Input, skips []Skip) *checks.Report {
	report := &checks.Report{}
	for _, in := range inputs {
		v := newResult(in)
		if v.input.Kind == input.KindText {
			v.input.Kind = input.KindManifest
		}
		if in.Fault != nil {
			v.fail("", in.Fault.Error())
		}
		for _, s := range skips {
			if s.Input == in.Path {
				v.fail(s.ValuesSet, s.Fault.Error())
			}
		}
		if len(v.errors) == 0 {
			v.fail("", &source.Error{What: "not analyzed: other inputs ended the process that analyzed all of them", Path: in.Path, Do: "exclude these"})
		}
		v.addTo(report)
	}
	report.Finish()
	return report
}

// analyzer analyzes inputs: it holds what is the same for all of them.
type analyzer struct {
	ctx       context.Context //nolint:containedctx // of the one call of Analyze
	helm      helm.Options
	releases  *search.Memo // nil: they do not count
	terraform terraform.Options
	sources   string // of plans: where their .tf files lie
	mesh      *checks.Mesh
	sel       checks.Selection
	graph     bool
	today     string               // by which ignore comments end
	together  bool                 // inputs are read first and analyzed as one set
	explores  *helm.ExploreOptions // nil: nothing is explored
	skips     []Skip               // what is not analyzed again
	deadline  time.Time            // of the context; zero for none
	// checkpoint receives what is analyzed from now on; both may be empty. It is never nil.
	checkpoint func(valuesSet, template string)
	// extend receives the time when what is analyzed now is to give up. It is never nil.
	extend func(time.Time)
}

func newAnalyzer(ctx context.Context, req Request) *analyzer {
	a := &analyzer{
		ctx: ctx, helm: req.Helm, releases: req.Releases, terraform: req.Terraform, sources: req.Sources, mesh: req.Mesh, sel: req.Selection, graph: req.Graph, today: req.Today,
		together: req.Together, explores: req.Explore, skips: req.Skips, checkpoint: func(string, string) {}, extend: func(time.Time) {},
	}
	if a.mesh == nil {
		a.mesh = &checks.Mesh{}
	}
	if req.GivesUp != nil {
		a.extend = req.GivesUp
	}
	a.deadline, _ = ctx.Deadline()
	tree := source.Overlay(source.Or(req.Tree), req.Overlay)
	a.helm.Tree, a.helm.Deadline = tree, a.deadline
	// These callbacks are set anew for each input.
	a.helm.Began = func(template string) { a.checkpoint("", template) }
	a.terraform.Tree, a.terraform.Helm = tree, a.helm
	a.terraform.Helm.ReleaseName, a.terraform.Helm.Layers, a.terraform.Helm.ValuesSets = "", nil, nil
	return a
}

// canceled reports whether nobody waits for the report any more.
func (a *analyzer) canceled() bool { return errors.Is(a.ctx.Err(), context.Canceled) }

// analyze looks at one input. It never panics: a bug is reported in the result.
func (a *analyzer) analyze(in input.Input) *inputResult {
	v := newResult(in)
	v.guard("", func() { a.read(v, in) })
	v.guard("", func() { v.comments = ignore.Read(v.files, a.today) })
	v.close()
	return v
}

func (a *analyzer) read(v *inputResult, in input.Input) {
	if in.Kind == input.KindText {
		v.input.Kind = input.KindManifest
		told, err := in.Text(a.helm.Tree)
		if err != nil {
			if told.Kind != input.KindText {
				v.input.Kind = told.Kind
			}
			v.fail("", input.AsError(in.Path, err))
			return
		}
		if in = told; in.Kind == input.KindText {
			in.Kind = input.KindManifest
		}
		v.input.Kind = in.Kind
	}
	if a.refused(v, in) {
		return
	}
	a = a.of(in.Own)
	if a.together {
		defer v.settle(in.Own)
	}
	switch in.Kind {
	case input.KindManifest:
		a.manifest(v, in)
	case input.KindManifests:
		a.manifests(v, in)
	case input.KindTerraform, input.KindPlan:
		a.terraformInput(v, in)
	default:
		a.chart(v, in)
	}
}

// refused reports whether nothing of an input is analyzed; what is not is an error.
func (a *analyzer) refused(v *inputResult, in input.Input) bool {
	if in.Fault != nil {
		v.fail("", in.Fault.Error())
		return true
	}
	for _, l := range a.skips {
		if l.Input == in.Path {
			v.fail(l.ValuesSet, l.Fault.Error())
			if l.ValuesSet == "" {
				return true
			}
		}
	}
	return false
}

func (a *analyzer) manifest(v *inputResult, in input.Input) {
	read := manifest.Load(source.NewFile("", in.Path, in.Data))
	v.files = append(v.files, read.Sources...)
	v.fail("", read.Errors...)
	v.notes = append(v.notes, read.Notes...)
	if len(read.Objects) > 0 || len(read.Errors) == 0 {
		v.parts = append(v.parts, a.outcomeOf(v, setOutcome{objects: read.Objects}))
	}
	v.input.Objects = len(read.Objects)
}

// outcomeOf runs the suite over the objects of one values set, if these are analyzed alone.
func (a *analyzer) outcomeOf(v *inputResult, p setOutcome) setOutcome {
	if !a.together {
		p.outcome = a.check(slices.Concat(p.objects, p.around), p.namespace, v.unread(p.valuesSet))
		p.outcome = without(p.outcome, p.around)
		v.ended(p.outcome)
		for _, b := range p.outcome.Bugs {
			v.fail(p.valuesSet, b.Fault(v.input.Path))
		}
	}
	return p
}

// without is an outcome without what is at some objects.
func without(outcome checks.Outcome, objects []*object.Object) checks.Outcome {
	if len(objects) > 0 {
		outcome.Findings = slices.DeleteFunc(outcome.Findings, func(f *checks.Finding) bool { return slices.Contains(objects, f.Field.Object()) })
		outcome.Questions = slices.DeleteFunc(outcome.Questions, func(q checks.Question) bool { return slices.Contains(objects, q.Field.Object()) })
	}
	return outcome
}

// check runs the suite over the objects of one cluster. namespace is that of objects without
// one; empty is that of the run. unread is why more of it may be there that was not read.
func (a *analyzer) check(objects []*object.Object, namespace string, unread *source.Error) (outcome checks.Outcome) {
	defer func() {
		if p := recover(); p != nil {
			b, _ := source.Caught(p)
			outcome = checks.Outcome{Bugs: []*source.Bug{b}}
		}
	}()
	set := object.NewSet(cmp.Or(namespace, a.helm.Namespace), objects).WithUnread(unread)
	outcome = checks.Run(suite.Checks, set, a.mesh, a.sel)
	if a.graph {
		a.draw(&outcome, set)
	}
	return outcome
}

// draw gives an outcome the picture of its objects. A panic costs no more than that.
func (a *analyzer) draw(outcome *checks.Outcome, set *object.Set) {
	defer func() {
		if p := recover(); p != nil {
			b, _ := source.Caught(p)
			outcome.Bugs = append(outcome.Bugs, b)
		}
	}()
	outcome.Graph = topology.Of(set, a.mesh)
}

// checkBroken runs the checks that are about branches of a chart that are not valid.
func (a *analyzer) checkBroken(broken []checks.Broken) checks.Outcome {
	return checks.Run(suite.Checks, object.NewSet(a.helm.Namespace, nil).WithBroken(broken), a.mesh, a.sel)
}

// of is the analyzer of an input, by what is said about it alone.
func (a *analyzer) of(o input.Own) *analyzer {
	mine := *a
	if o.Namespace != "" {
		mine.helm.Namespace, mine.terraform.Helm.Namespace = o.Namespace, o.Namespace
	}
	if o.ReleaseName != "" {
		mine.helm.ReleaseName = o.ReleaseName
	}
	if o.Workspace != "" {
		mine.terraform.Workspace = o.Workspace
	}
	mine.terraform.VarFiles = slices.Concat(mine.terraform.VarFiles, o.VarFiles)
	given := mine.helm.ValuesSets
	mine.helm.ValuesSets = nil
	for _, s := range o.ValuesSets {
		if !slices.ContainsFunc(given, func(flag helm.ValuesSet) bool { return flag.Name == s.Name }) {
			mine.helm.ValuesSets = append(mine.helm.ValuesSets, s)
		}
	}
	mine.helm.ValuesSets = append(mine.helm.ValuesSets, given...)
	return &mine
}
