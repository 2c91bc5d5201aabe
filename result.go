package meshcheck

import (
	"errors"
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/ignore"
	"github.com/mesh-check/mesh-check/render/source"
)

// inputResult is what one input gave, ready for the report.
type inputResult struct {
	input  checks.Input
	parts  []setOutcome
	added  bool      // the report has some parts already, which are not here any more
	run    *chartRun // of a chart that is analyzed together with other inputs
	chart  *helm.Chart
	errors []checks.InputError
	notes  []string
	// installed are the names that come from installing the chart.
	installed []string
	// files are what was read, as people wrote it, and comments the ignore comments there.
	files    []*source.File
	comments *ignore.Comments
	// idle are the ids of checks that some part did not run.
	idle map[string]bool
	bug  *source.Bug // the first one
}

// setOutcome is the outcome of one values set; its name is empty for inputs without sets.
type setOutcome struct {
	valuesSet string
	// environment is that of the release; empty where the set is of none.
	environment string
	namespace   string // of the release; empty: that of the run
	objects     []*object.Object
	// around are Namespaces that are there too and are analyzed where they are written.
	around  []*object.Object
	outcome checks.Outcome
	// later, where it is set, makes the outcome when it is reported.
	later func() checks.Outcome
}

func newResult(in input.Input) *inputResult {
	v := &inputResult{input: checks.Input{Path: in.Path, Kind: in.Kind, Result: checks.Failed}, idle: map[string]bool{}}
	if in.Note != "" {
		v.notes = append(v.notes, in.Note)
	}
	return v
}

func (v *inputResult) fail(valuesSet string, errs ...*source.Error) {
	for _, err := range errs {
		v.errors = append(v.errors, checks.InputError{Input: v.input.Path, ValuesSet: valuesSet, Err: err})
		if v.bug == nil {
			errors.As(err, &v.bug)
		}
	}
}

// mergeErrors reports an error that each of several values sets has once, for all of them.
func (v *inputResult) mergeErrors(sets []string) {
	if len(sets) < 2 {
		return
	}
	type fault struct{ at, what, do string }
	of := func(e checks.InputError) fault { return fault{e.Err.At.String(), e.Err.What, e.Err.Do} }
	with := map[fault]map[string]bool{}
	for _, e := range v.errors {
		if with[of(e)] == nil {
			with[of(e)] = map[string]bool{}
		}
		with[of(e)][e.ValuesSet] = true
	}
	var kept []checks.InputError
	for _, e := range v.errors {
		own := with[of(e)]
		switch {
		case e.ValuesSet == "" || len(own) < len(sets) || own[""]:
			kept = append(kept, e)
		case e.ValuesSet == sets[0]:
			e.ValuesSet = ""
			kept = append(kept, e)
		}
	}
	v.errors = kept
}

// guard does a part of the work, for a values set where there is one. A panic in it is
// a bug: the part is lost, and what was analyzed before and comes behind it is reported.
func (v *inputResult) guard(valuesSet string, do func()) {
	defer func() {
		if p := recover(); p != nil {
			b, _ := source.Caught(p)
			v.fail(valuesSet, b.Fault(v.input.Path))
		}
	}()
	do()
}

// countTemplates counts the templates of a chart and those that rendered nothing.
func (v *inputResult) countTemplates(rendering map[string]bool) {
	v.input.Templates = len(rendering)
	for _, renders := range rendering {
		if !renders {
			v.input.EmptyTemplates++
		}
	}
}

// close says how far the input could be analyzed.
func (v *inputResult) close() {
	switch {
	case len(v.errors) == 0:
		v.input.Result = checks.OK
	case len(v.parts) > 0 || v.added:
		v.input.Result = checks.Partial
	}
}

// addTo takes the verdict into the report; places are looked up here, so that a bug
// can show here too.
func (v *inputResult) addTo(r *checks.Report) {
	r.Errors = append(r.Errors, v.errors...)
	for _, n := range v.notes {
		r.Notes = append(r.Notes, checks.InputNote{Input: v.input.Path, Message: n})
	}
	v.addParts(r)
	v.files = nil
	r.Inputs = append(r.Inputs, v.input)
	if len(v.installed) > 0 {
		if r.Installed == nil {
			r.Installed = map[string][]string{}
		}
		r.Installed[v.input.Path] = v.installed
	}
	r.Comments = append(r.Comments, v.commented()...)
	if v.bug != nil {
		r.Bugs = append(r.Bugs, checks.InputBug{Input: v.input.Path, Bug: v.bug})
	}
}

// addParts takes the parts into the report, which looks up all places: the trees are needed no
// more.
func (v *inputResult) addParts(r *checks.Report) {
	r.Ignore = v.ignored
	for i, p := range v.parts {
		v.addPart(r, p)
		v.parts[i] = setOutcome{}
	}
	r.Ignore = nil
}

// addEnvironment takes the parts of an environment into the report, and forgets them.
func (v *inputResult) addEnvironment(r *checks.Report, environment string) {
	rest := slices.DeleteFunc(slices.Clone(v.parts), func(p setOutcome) bool { return p.environment == environment })
	if v.parts = slices.DeleteFunc(v.parts, func(p setOutcome) bool { return p.environment != environment }); len(v.parts) > 0 {
		v.added = true
	}
	v.addParts(r)
	v.parts = rest
}

// addPart takes one part into the report, finding by finding, so that a place with a bug
// costs no more than its own; one such error is enough.
func (v *inputResult) addPart(r *checks.Report, p setOutcome) {
	before := len(v.errors)
	if p.later != nil {
		v.guard(p.valuesSet, func() { p.outcome = p.later() })
	}
	add := func(one checks.Outcome) {
		v.guard(p.valuesSet, func() { r.Add(v.input.Path, p.valuesSet, one) })
		v.errors = v.errors[:min(len(v.errors), before+1)]
	}
	for i := range p.outcome.Findings {
		add(checks.Outcome{Findings: p.outcome.Findings[i : i+1], Settings: p.outcome.Settings})
	}
	for i := range p.outcome.Questions {
		add(checks.Outcome{Questions: p.outcome.Questions[i : i+1], Settings: p.outcome.Settings})
	}
	r.Graphs.Add(v.input.Path, p.valuesSet, p.environment, p.outcome.Graph)
	if len(v.errors) > before {
		r.Errors = append(r.Errors, v.errors[before:]...)
		v.close()
	}
}
