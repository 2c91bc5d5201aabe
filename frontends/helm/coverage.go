package helm

import (
	"bytes"
	"iter"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/coverage"
	"github.com/mesh-check/mesh-check/render/source"
)

// Gap is a part of a template that no values set has reached; see coverage.Gap.
type Gap = coverage.Gap

// Covered is a template file of a chart, and what values sets have reached of it.
type Covered struct {
	File *source.File
	// Chart is the path of the chart that it is of, such as web/charts/sub.
	Chart string
	// Library says that the chart is written for others, so that nobody expects all of it
	// to be used.
	Library bool
	// Lines is how many lines count, from First to Last; Reached how many of them were rendered.
	Lines, Reached, First, Last int
	// Gaps are what was not reached; nil where nothing of the chart was rendered.
	Gaps []Gap
	// Repeated says that another chart brings the very same file, which is the one that counts.
	Repeated bool
	// Rendered says that some values set has rendered the chart that it is of; Condition
	// is otherwise what leaves it out, seen from the root's values, where that is declared.
	Rendered  bool
	Condition string
}

// cover notes that a values set was rendered, and adds what that has come to; nil where it is not
// known.
func (c *Chart) cover(set string, reached coverage.Coverage) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.renders[set] = true
	if reached == nil {
		return
	}
	if c.covered == nil {
		c.covered = coverage.Coverage{}
	}
	c.covered.Add(reached)
}

// Coverage is how many lines of the templates count, of the chart and of its dependencies
// but for libraries, and how many of them the values sets have reached that were rendered
// so far; both are 0 where none was.
func (c *Chart) Coverage() (lines, reached int) {
	for _, r := range c.templates(func(t chart.Template) bool { return !t.Library }) {
		lines, reached = lines+r.Template.Lines.Count(), reached+r.Lines().Count()
	}
	return lines, reached
}

// Covered are the template files with lines that count, with all that is to say of them.
func (c *Chart) Covered() []Covered {
	var all []Covered
	rendered := map[string]bool{} // charts
	every := func(chart.Template) bool { return true }
	for t, r := range c.templates(every) {
		rendered[t.Chart] = rendered[t.Chart] || r.Runs != nil
	}
	for t, r := range c.templates(every) {
		one := Covered{
			File: t.File, Chart: t.Chart, Library: t.Library, Lines: r.Template.Lines.Count(), Reached: r.Lines().Count(),
			Rendered: rendered[t.Chart], Condition: t.Condition,
		}
		one.First, one.Last = r.Template.Lines.Ends()
		if r.Runs != nil {
			one.Gaps = r.Gaps()
			c.unnamed(one.Gaps)
		} else {
			one.Repeated = rendered[t.Chart] && !t.Library
		}
		if one.Lines > 0 || len(one.Gaps) > 0 {
			all = append(all, one)
		}
	}
	return all
}

// templates goes through some of the template files with what was reached of them, where any
// set was rendered.
func (c *Chart) templates(wanted func(chart.Template) bool) iter.Seq2[chart.Template, *coverage.Reached] {
	c.mu.Lock()
	defer c.mu.Unlock()
	reached := c.covered
	return func(yield func(chart.Template, *coverage.Reached) bool) {
		if reached == nil {
			return
		}
		for _, t := range c.chart.Templates() {
			if !wanted(t) {
				continue
			}
			r := reached[t.File.Path]
			if r == nil {
				r = coverage.Unrendered(t.File, string(t.Source))
			}
			if !yield(t, r) {
				return
			}
		}
	}
}

// Unreached reports whether a line of a template file is one that no values set has rendered.
func (c *Chart) Unreached(file *source.File, line int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	r := c.covered[file.Path]
	return r != nil && r.Template.Lines.Has(line) && !r.Lines().Has(line)
}

// unnamed marks the definitions that no template includes by their names.
func (c *Chart) unnamed(gaps []Gap) {
	for i, gap := range gaps {
		if gap.Kind == coverage.Define {
			gaps[i].Unnamed = !c.included(gap.Name)
		}
	}
}

// included reports whether a template names a definition elsewhere than where it defines it.
func (c *Chart) included(name string) bool {
	for _, t := range c.chart.Templates() {
		for _, quote := range []string{`"`, "`"} {
			quoted := quote + name + quote
			for rest := t.Source; ; {
				before, after, is := bytes.Cut(rest, []byte(quoted))
				if !is {
					break
				}
				if !bytes.HasSuffix(bytes.TrimRight(before, " \t"), []byte("define")) {
					return true
				}
				rest = after
			}
		}
	}
	return false
}
