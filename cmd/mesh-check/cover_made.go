package main

import (
	"cmp"
	"slices"
	"strings"

	meshcheck "github.com/mesh-check/mesh-check"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/render/source"
)

// coverChartOf is what the report says of a chart.
func coverChartOf(c *meshcheck.ChartCover) *coverChart {
	chart := &coverChart{
		Chart: c.Path, Counts: Counts{Lines: c.Lines, Default: known(c.Default), Given: c.Given, Explored: c.Given},
		ValuesSets: c.ValuesSets,
	}
	reached := map[string]helm.ExploredFile{}
	if e := c.Explored; e != nil {
		chart.Explores, chart.Renders, chart.Stopped = true, e.Renders, e.Stopped
		for _, f := range e.Files {
			reached[f.File.Path] = f
		}
		for _, set := range e.Sets {
			chart.Sets = append(chart.Sets, coverSet{shortAll(set.Settings), set.Reached})
		}
		for _, r := range e.Refused {
			chart.Refused = append(chart.Refused, outcomeOf(r.Settings, r.Error))
		}
		for _, b := range e.Broken {
			o := outcomeOf(b.Settings, b.Error)
			o.Template = b.Template
			chart.Broken = append(chart.Broken, o)
		}
	}
	for _, covered := range c.Files {
		f := coverFileOf(covered)
		if f.Default = unknown; c.Default >= 0 {
			f.Default = known(c.DefaultOf[covered.File])
		}
		if e, is := reached[covered.File.Path]; is {
			f.explored(e)
			if !f.Library {
				chart.Explored += f.Explored - f.Given
			}
		}
		f.meet(c.Explored)
		chart.Files = append(chart.Files, f)
	}
	slices.SortStableFunc(chart.Files, func(a, b coverFile) int {
		return cmp.Or(cmp.Compare(a.Chart, b.Chart), cmp.Compare(a.File, b.File))
	})
	return chart
}

// coverFileOf is a file as values sets have reached it.
func coverFileOf(c helm.Covered) coverFile {
	f := coverFile{
		File: c.File.Path, Chart: c.Chart, Library: c.Library, Rendered: c.Rendered, Condition: c.Condition,
		Counts: Counts{Lines: c.Lines, Given: c.Reached, Explored: c.Reached}, Repeated: c.Repeated, Gaps: gapsOf(c.Gaps),
	}
	switch {
	case c.Rendered:
		f.Condition = ""
	case c.Lines > 0:
		f.Gaps = append(f.Gaps, coverGap{Start: c.First, End: c.Last, Lines: c.Lines, Kind: leftOut, Why: f.leftOut()})
	}
	return f
}

// explored takes in what exploring has reached of the file.
func (f *coverFile) explored(e helm.ExploredFile) {
	f.Explored = max(f.Given, e.Reached)
	f.Gaps = gapsOf(e.Gaps)
	for _, r := range e.Ranges {
		f.Ranges = append(f.Ranges, coverRange{Start: r.First, End: r.Last, Lines: r.Lines, ReachedBy: shortAll(r.Settings), Typed: asTyped(r.Settings)})
	}
}

// meet says of what is not reached with which settings exploring has tried that, where the chart refuses
// them: it is not dead.
func (f *coverFile) meet(e *helm.Explored) {
	if e == nil {
		return
	}
	for i, g := range f.Gaps {
		for _, r := range e.Refused {
			err := r.Error
			if err == nil || !err.At.Valid() || err.At.File.Path != f.File {
				continue
			}
			if line := err.At.Begin().Line; g.Start <= line && line <= g.End {
				f.Gaps[i].Why += "; refused with " + asTyped(r.Settings)
				if g.Refusal == "" || !strings.Contains(err.What, g.Refusal) { // which Why has already
					f.Gaps[i].Why += ": " + err.What
				}
				break
			}
		}
	}
}

// leftOut is the kind of a gap that is a file of a sub-chart which is not rendered.
const leftOut = "chart"

func gapsOf(all []helm.Gap) (gaps []coverGap) {
	for _, g := range all {
		one := coverGap{Start: g.First, End: g.Last, Lines: g.Lines, Kind: g.Kind.String(), Condition: g.Condition, Define: g.Name, Refusal: g.Refusal, Why: g.Why()}
		if g.Condition != "" {
			one.ConditionLine = g.Line
		}
		gaps = append(gaps, one)
	}
	return gaps
}

func outcomeOf(settings []helm.Setting, err *source.Error) coverOutcome {
	o := coverOutcome{Settings: shortAll(settings), Typed: asTyped(settings)}
	if err == nil {
		return o
	}
	if o.Message = err.What; err.At.Valid() {
		at := err.At.Begin()
		o.Location = &coverLocation{File: err.At.File.Name(), Line: at.Line, Column: at.Column}
	}
	return o
}

// shortAll are settings as JSON has them.
func shortAll(settings []helm.Setting) []string {
	all := make([]string, len(settings))
	for i, s := range settings {
		all[i] = s.Argument()
	}
	return all
}

// asTyped are settings as flags of helm template are typed.
func asTyped(settings []helm.Setting) string {
	all := make([]string, len(settings))
	for i, s := range settings {
		all[i] = s.String()
	}
	return strings.Join(all, " ")
}
