package meshcheck

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/input"
)

// chart looks at a chart, once for each of its values sets. Analyzed together with other inputs,
// those of environments wait until these are.
func (a *analyzer) chart(v *inputResult, in input.Input) {
	run := a.newRun(v, in)
	if !run.load() {
		return
	}
	if a.together {
		v.run = run
		run.render(run.setsOf(""))
		return
	}
	run.render(run.sets)
	run.explore()
	run.finish()
}

// chartRun is the analysis of one chart.
type chartRun struct {
	*analyzer

	result   *inputResult
	input    input.Input
	chart    *helm.Chart
	deployed *deployment
	sets     []string // that are analyzed
	set      string   // that is rendered now

	objects   map[checks.ObjectRef]bool
	outcomes  map[string]checks.Outcome // by values set
	rendering map[string]bool           // templates, and whether they render anything with any set
	nothing   []string                  // values sets with which it renders no objects
	note      string                    // that says so of the last of them
	renders   int                       // of the sets that say how the repository deploys the chart
}

// newRun is the analysis of a chart, before it begins.
func (a *analyzer) newRun(v *inputResult, in input.Input) *chartRun {
	return &chartRun{
		analyzer: a, result: v, input: in, deployed: a.deploymentOf(v, in),
		objects: map[checks.ObjectRef]bool{}, outcomes: map[string]checks.Outcome{}, rendering: map[string]bool{},
	}
}

// load reads the chart and says which values sets are analyzed; false where it cannot be read.
func (c *chartRun) load() bool {
	options, v := c.helm, c.result
	if c.deployed != nil {
		options.ValuesSets = slices.Concat(options.ValuesSets, c.deployed.sets)
	}
	options.Began = func(template string) { c.checkpoint(c.set, template) }
	var err error
	if c.chart, err = helm.Load(c.input.Path, options); err != nil {
		v.fail("", input.AsError(c.input.Path, err))
		return false
	}
	v.chart = c.chart
	v.fail("", c.chart.Problems()...)
	v.installed = append([]string{c.chart.Name(), c.helm.ReleaseName}, c.deployed.names()...)
	v.tellUnused(c.chart.Unused())
	c.sets = c.chart.Sets()
	if c.together {
		kept := c.deployed.clustered(c.sets)
		v.tellLeftOut(c.sets, kept)
		c.sets = kept
	}
	v.input.ValuesSets, v.input.Environments = c.sets, c.deployed.environmentsOf(c.sets)
	for _, set := range c.sets {
		if !c.isSkipped(c.input, set) {
			v.files = append(v.files, c.deployed.read(set, c.chart.Files(set))...)
		}
	}
	return true
}

// setsOf are the values sets of an environment, or those of none.
func (c *chartRun) setsOf(environment string) (sets []string) {
	for _, set := range c.sets {
		if c.result.input.Environments[set] == environment {
			sets = append(sets, set)
		}
	}
	return sets
}

// render analyzes the chart with some of its values sets.
func (c *chartRun) render(sets []string) { c.each(sets, 0, c.renderSet) }

// each does something with each of some values sets, within its share of the time; so many
// parts of the work come behind all of them, and want a share too.
func (c *chartRun) each(sets []string, behind int, do func(set string)) {
	for i, set := range sets {
		if c.set = set; c.isSkipped(c.input, set) || c.canceled() {
			continue
		}
		left := behind
		for _, other := range sets[i:] {
			if !c.isSkipped(c.input, other) {
				left++
			}
		}
		share := c.setDeadline(left)
		c.chart.Until(share)
		c.extend(share)
		c.checkpoint(set, "")
		c.result.guard(set, func() { do(set) })
	}
}

// rendered is the chart with one values set, of which everything is noted but what it renders; nil
// where it does not render.
func (c *chartRun) rendered(set string) *helm.Rendered {
	v := c.result
	rendered, errs := c.chart.Render(set)
	v.fail(set, c.deployed.seen(set, errs)...)
	if rendered == nil {
		return nil
	}
	for _, note := range rendered.Notes {
		if note == rendered.Nothing {
			c.nothing = append(c.nothing, set)
			c.note = note
			continue
		}
		v.notes = append(v.notes, note)
	}
	return rendered
}

// renderSet analyzes the chart with one values set.
func (c *chartRun) renderSet(set string) {
	v, rendered := c.result, c.rendered(set)
	if rendered == nil {
		return
	}
	for name, renders := range rendered.Templates {
		c.rendering[name] = c.rendering[name] || renders
	}
	p := c.deployed.part(set, rendered)
	if judged, is := c.outcomes[rendered.Same]; is && rendered.Same != "" && c.deployed.same(set, rendered.Same) {
		p.outcome = judged
	} else {
		p = c.outcomeOf(v, p)
	}
	c.outcomes[set] = p.outcome
	v.parts = append(v.parts, p)
	if c.deployed.has(set) {
		c.renders++
	}
	for _, o := range p.objects {
		c.objects[checks.ObjectRef{APIVersion: o.APIVersion, Kind: o.Kind, Namespace: o.Namespace, Name: o.Name}] = true
	}
}

// forget gives back what was rendered.
func (c *chartRun) forget() {
	c.chart.Forget()
	clear(c.outcomes)
}

// finish says what is to be said once all values sets are analyzed.
func (c *chartRun) finish() {
	v := c.result
	c.tellNothing()
	v.countTemplates(c.rendering)
	v.input.Lines, v.input.ReachedLines = c.chart.Coverage()
	v.excuseDefault(c.renders)
	v.mergeErrors(c.sets)
	v.input.Objects = len(c.objects)
}

// tellLeftOut notes the values sets of a chart that are not analyzed together with other inputs.
func (v *inputResult) tellLeftOut(sets, kept []string) {
	left := slices.DeleteFunc(slices.Clone(sets), func(set string) bool { return slices.Contains(kept, set) })
	if len(left) == 0 {
		return
	}
	what := "with only the values set " + kept[0]
	if len(kept) > 1 {
		what = fmt.Sprintf("with the %d values sets that the repository deploys", len(kept))
	}
	v.notes = append(v.notes, fmt.Sprintf("analyzed together %s; left out: %s", what, strings.Join(left, ", ")))
}

// setDeadline is the deadline of the first of n values sets that are left: half of the time,
// so that one that takes too long does not cost the rest, and all of it for the last.
func (a *analyzer) setDeadline(n int) time.Time {
	if a.deadline.IsZero() {
		return a.deadline
	}
	if n > 1 {
		return a.deadline.Add(-time.Until(a.deadline) / 2)
	}
	return a.deadline
}

// isSkipped reports whether a values set is not analyzed.
func (a *analyzer) isSkipped(in input.Input, valuesSet string) bool {
	return slices.ContainsFunc(a.skips, func(l Skip) bool { return l.Input == in.Path && l.ValuesSet == valuesSet })
}
