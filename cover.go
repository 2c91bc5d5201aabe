package meshcheck

import (
	"context"
	"fmt"
	"time"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/render/source"
)

// CoverOptions say what is asked of Cover beside what the values sets of a chart reach.
type CoverOptions struct {
	// Explore, where it is set, says how exploring goes on from there.
	Explore *helm.ExploreOptions
	// CIValues asks for the values files that reach what exploring has reached. Those that
	// an earlier run has made do not count as values sets.
	CIValues bool
}

// ChartCover is which lines of its templates the values sets of a chart reach, and exploring.
type ChartCover struct {
	Path string
	// Read says that the chart could be read.
	Read bool
	// ValuesSets are those that were rendered.
	ValuesSets []string
	// Lines are those that count, Given how many of them the values sets reach, and Default
	// how many the default values alone; -1 where these are none of the values sets.
	Lines, Given, Default int
	// DefaultOf is Default by template file.
	DefaultOf map[*source.File]int
	Files     []helm.Covered // by all values sets
	Explored  *helm.Explored // nil where nothing was explored
	Base      string         // the values set that the settings of Explored are added to
	CI        []helm.CIFile
	CILeft    []helm.CILeft // what they do not reach
	Errors    []checks.InputError
	Notes     []string
	Bug       *source.Bug // the first one
}

// Exploring is what a Skip and a Checkpoint call exploring, in the place of a values set: no
// values set can have this name.
const Exploring = "exploring=on"

// Cover says which lines of their templates the values sets of charts reach, as Analyze renders them, and
// what exploring reaches beyond. What of a request is about findings has no effect. Inputs that are
// not charts are errors.
func Cover(ctx context.Context, req Request, o CoverOptions) ([]*ChartCover, error) {
	if err := req.fault(); err != nil {
		return nil, err
	}
	a := newAnalyzer(ctx, req)
	a.helm.NoExplored = o.CIValues
	var all []*ChartCover
	for i, in := range req.inputs(a.helm.Tree) {
		a.checkpoint = func(valuesSet, template string) {
			if req.Checkpoint != nil {
				req.Checkpoint(i, valuesSet, template)
			}
		}
		a.checkpoint("", "")
		all = append(all, a.cover(in, o))
		if a.canceled() {
			return nil, ctx.Err()
		}
	}
	return all, nil
}

// cover renders one chart with all of its values sets, and explores it.
func (a *analyzer) cover(in input.Input, o CoverOptions) *ChartCover {
	v, c := newResult(in), &ChartCover{Path: in.Path, Default: -1}
	v.guard("", func() {
		if in.Fault == nil && in.Kind != input.KindChart {
			in.Fault = &input.Fault{What: "is not a chart", Path: in.Path}
		}
		if a.refused(v, in) {
			return
		}
		run := a.of(in.Own).newRun(v, in)
		if !run.load() {
			return
		}
		c.Read = true
		parts := 0 // behind the values sets
		if o.Explore != nil {
			parts = 1
		}
		run.each(run.sets, parts, func(set string) { run.coverSet(c, set) })
		c.Lines, c.Given = run.chart.Coverage()
		c.Files = run.chart.Covered()
		if o.Explore != nil && c.Lines > 0 && !run.isSkipped(in, Exploring) {
			run.coverExplored(c, o)
		}
		run.tellNothing()
		v.excuseDefault(run.renders)
		v.mergeErrors(run.sets)
	})
	c.Errors, c.Notes, c.Bug = v.errors, v.notes, v.bug
	return c
}

// coverSet renders the chart with one values set.
func (c *chartRun) coverSet(to *ChartCover, set string) {
	if c.rendered(set) == nil {
		if set == helm.DefaultSet {
			to.Default = 0
		}
		return
	}
	to.ValuesSets = append(to.ValuesSets, set)
	if c.deployed.has(set) {
		c.renders++
	}
	if set == helm.DefaultSet { // the first one
		_, to.Default = c.chart.Coverage()
		to.DefaultOf = map[*source.File]int{}
		for _, f := range c.chart.Covered() {
			to.DefaultOf[f.File] = f.Reached
		}
	}
}

// coverExplored goes on from what the values sets have reached. A half of the time that is left is not
// used: it is for a worker that begins anew, without exploring.
func (c *chartRun) coverExplored(to *ChartCover, o CoverOptions) {
	share := c.setDeadline(2)
	c.set = Exploring
	c.extend(share)
	c.checkpoint(Exploring, "")
	c.result.guard("", func() {
		c.chart.Until(before(share, 2))
		how := *o.Explore
		how.Prove = true
		explored, errs := c.chart.Explore(how)
		c.result.fail("", errs...)
		to.Explored, to.Base = explored, c.chart.Base()
		c.chart.Until(before(share, 2))
		explored.FindFiles()
	})
	if !o.CIValues || to.Explored == nil {
		return
	}
	share = c.setDeadline(2)
	c.extend(share)
	c.result.guard("", func() {
		c.chart.Until(before(share, 2))
		to.CI, to.CILeft = c.chart.CIValues(to.Explored)
	})
}

// before is one of n parts of the time up to a deadline: who gives up there, in the middle of something,
// comes to an end before the deadline. Zero is none.
func before(deadline time.Time, n int) time.Time {
	if deadline.IsZero() {
		return deadline
	}
	left := time.Until(deadline)
	return deadline.Add(left/time.Duration(n) - left)
}

// tellNothing notes that the chart renders nothing with some of its values sets.
func (c *chartRun) tellNothing() {
	switch n := len(c.nothing); {
	case n == 1:
		c.result.notes = append(c.result.notes, c.note)
	case n > 1:
		c.result.notes = append(c.result.notes, fmt.Sprintf("the chart renders no objects with %d of its values sets: %s and %d more", n, c.nothing[0], n-1))
	}
}
