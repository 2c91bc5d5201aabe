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
		chart.Explores, chart.Renders, chart.Base, chart.Stopped = true, e.Renders, c.Base, e.Stopped
		for _, f := range e.Files {
			reached[f.File.Path] = f
		}
		for _, set := range e.Sets {
			chart.Sets = append(chart.Sets, coverSet{shortAll(set.Settings), set.Reached, asTyped(set.Settings)})
		}
		for _, r := range e.Refused {
			chart.Refused = append(chart.Refused, outcomeOf(r.Settings, r.Error))
		}
		for _, b := range e.Broken {
			o := outcomeOf(b.Settings, b.Error)
			o.Template, o.Fails = b.Template, b.Fails
			chart.Broken = append(chart.Broken, o)
		}
		for _, r := range e.Failed {
			chart.Failed = append(chart.Failed, outcomeOf(r.Settings, r.Error))
		}
	}
	for _, covered := range c.Files {
		f := coverFileOf(covered, c.Explored)
		if f.Default = unknown; c.Default >= 0 {
			f.Default = known(c.DefaultOf[covered.File])
		}
		if e, is := reached[covered.File.Path]; is {
			f.explored(e, c.Explored)
			if !f.Library {
				chart.Explored += f.Explored - f.Given
			}
		}
		for i := range f.Gaps {
			if f.Gaps[i].Kind == leftOut {
				f.Gaps[i].Why = chart.leftOut(f)
			}
		}
		chart.Files = append(chart.Files, f)
	}
	slices.SortStableFunc(chart.Files, func(a, b coverFile) int {
		return cmp.Or(cmp.Compare(a.Chart, b.Chart), cmp.Compare(a.File, b.File))
	})
	return chart
}

// coverFileOf is a file as values sets have reached it.
func coverFileOf(c helm.Covered, explored *helm.Explored) coverFile {
	f := coverFile{
		File: c.File.Path, Chart: c.Chart, Library: c.Library, Rendered: c.Rendered, Condition: c.Condition,
		Counts: Counts{Lines: c.Lines, Given: c.Reached, Explored: c.Reached}, Repeated: c.Repeated, Gaps: gapsOf(c.File, c.Gaps, explored),
	}
	switch {
	case c.Rendered:
		f.Condition = ""
	case c.Lines > 0:
		f.Gaps = append(f.Gaps, coverGap{Start: c.First, End: c.Last, Lines: c.Lines, Kind: leftOut})
	}
	return f
}

// explored takes in what exploring has reached of the file.
func (f *coverFile) explored(e helm.ExploredFile, by *helm.Explored) {
	f.Explored = max(f.Given, e.Reached)
	f.Gaps = gapsOf(e.File, e.Gaps, by)
	for _, r := range e.Ranges {
		f.Ranges = append(f.Ranges, coverRange{Start: r.First, End: r.Last, Lines: r.Lines, ReachedBy: shortAll(r.Settings), Typed: asTyped(r.Settings)})
	}
}

// leftOut is the kind of a gap that is a file of a sub-chart which is not rendered.
const leftOut = "chart"

// gapsOf are the parts of a file that are not reached, with what exploring has tried there; explored may be nil.
func gapsOf(file *source.File, all []helm.Gap, explored *helm.Explored) (gaps []coverGap) {
	for _, g := range all {
		one := coverGap{Start: g.First, End: g.Last, Lines: g.Lines, Kind: g.Kind.String(), Condition: g.Condition, Define: g.Name, Refusal: g.Refusal}
		if g.Condition != "" {
			one.ConditionLine = g.Line
		}
		if explored != nil {
			g.Otherwise = one.tried(file, g, explored)
		}
		one.Why = g.Why()
		gaps = append(gaps, one)
	}
	return gaps
}

// tried notes what exploring has to say of a part that is not reached, and returns it in words.
func (one *coverGap) tried(file *source.File, g helm.Gap, explored *helm.Explored) string {
	by := explored.Prevents(file, g)
	if by == nil {
		if one.NotTried = explored.NotTried(file, g); one.NotTried != "" {
			return "not tried: " + one.NotTried
		}
		if explored.OnlyFails(file, g) {
			return "every render with the settings tried for it failed"
		}
		return ""
	}
	word := "refused with "
	if one.RefusedWith = shortAll(by.Settings); by.Fails {
		word, one.FailedWith, one.RefusedWith = "a template fails with ", one.RefusedWith, nil
	}
	said := ": " + by.Error.What
	if g.Refusal != "" && strings.Contains(by.Error.What, g.Refusal) {
		said = "" // the part says it
	}
	return word + asTyped(by.Settings) + said
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
