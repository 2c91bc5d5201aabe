package main

import (
	"cmp"
	"slices"
	"strconv"
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
	var refused []helm.Refusal
	if e := c.Explored; e != nil {
		refused = e.Refused
		chart.Explores, chart.Renders, chart.Stopped = true, e.Renders, e.Stopped
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
			o.Template = b.Template
			chart.Broken = append(chart.Broken, o)
		}
	}
	for _, covered := range c.Files {
		f := coverFileOf(covered, refused)
		if f.Default = unknown; c.Default >= 0 {
			f.Default = known(c.DefaultOf[covered.File])
		}
		if e, is := reached[covered.File.Path]; is {
			f.explored(e, refused)
			if !f.Library {
				chart.Explored += f.Explored - f.Given
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
func coverFileOf(c helm.Covered, refused []helm.Refusal) coverFile {
	f := coverFile{
		File: c.File.Path, Chart: c.Chart, Library: c.Library, Rendered: c.Rendered, Condition: c.Condition,
		Counts: Counts{Lines: c.Lines, Given: c.Reached, Explored: c.Reached}, Repeated: c.Repeated, Gaps: gapsOf(c.File, c.Gaps, refused),
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
func (f *coverFile) explored(e helm.ExploredFile, refused []helm.Refusal) {
	f.Explored = max(f.Given, e.Reached)
	f.Gaps = gapsOf(e.File, e.Gaps, refused)
	for _, r := range e.Ranges {
		f.Ranges = append(f.Ranges, coverRange{Start: r.First, End: r.Last, Lines: r.Lines, ReachedBy: shortAll(r.Settings), Typed: asTyped(r.Settings)})
	}
}

// leftOut is the kind of a gap that is a file of a sub-chart which is not rendered.
const leftOut = "chart"

// gapsOf are the parts of a file that are not reached, with what exploring has tried there.
func gapsOf(file *source.File, all []helm.Gap, refused []helm.Refusal) (gaps []coverGap) {
	for _, g := range all {
		by, says := refusalIn(file, g, refused)
		g.Tried = by != nil
		one := coverGap{Start: g.First, End: g.Last, Lines: g.Lines, Kind: g.Kind.String(), Condition: g.Condition, Define: g.Name, Refusal: g.Refusal, Why: g.Why()}
		if g.Condition != "" {
			one.ConditionLine = g.Line
		}
		if by != nil {
			one.RefusedWith = shortAll(by.Settings)
			one.Why += "; refused with " + asTyped(by.Settings)
			if !says {
				one.Why += ": " + by.Error.What
			}
		}
		gaps = append(gaps, one)
	}
	return gaps
}

// refusalIn is the refusal of settings that lead to a part of a file which is not reached, because a chart that
// refuses reaches nothing: the part calls fail or required itself, it is the text of a message that another one
// fails with, or a setting that decides its condition is refused elsewhere. It is not dead then. says reports whether the part says the message; nil: there is no refusal.
func refusalIn(file *source.File, g helm.Gap, refused []helm.Refusal) (by *helm.Refusal, says bool) {
	text := literal(file, g)
	for i, r := range refused {
		if r.Error == nil {
			continue
		}
		if at := r.Error.At; at.Valid() && at.File.Path == file.Path {
			if line := at.Begin().Line; g.First <= line && line <= g.Last {
				return &refused[i], g.Refusal != "" && line == g.RefusalLine
			}
		}
		if len(text) >= leastLiteral && strings.Contains(r.Error.What, text) {
			return &refused[i], true
		}
	}
	for i, r := range refused {
		if r.Error != nil && slices.ContainsFunc(r.Settings, func(s helm.Setting) bool { return opens(s, g) }) {
			return &refused[i], false
		}
	}
	return nil, false
}

// opens reports whether a setting alone decides the condition of a part so that it is rendered, as far as that
// can be read from the condition: it is the value itself, or what the value is compared with.
func opens(s helm.Setting, g helm.Gap) bool {
	path, value, is := strings.Cut(s.Text, "=")
	empty := slices.Contains([]string{"false", "null", "0", "", "{}", "[]"}, value)
	condition := strings.ReplaceAll(strings.Trim(g.Condition, "()"), "$.", ".")
	if !is || g.Left {
		return false
	}
	switch kind := g.Kind.String(); kind {
	case "if", "with", "range":
		return condition == ".Values."+path && !empty || condition == "not .Values."+path && empty ||
			condition == "eq .Values."+path+" "+strconv.Quote(value)
	case "else", "with-else", "range-else":
		return condition == ".Values."+path && empty || condition == "not .Values."+path && !empty
	}
	return false
}

// leastLiteral is how long a text is, in bytes, that no other message has by chance.
const leastLiteral = 16

// literal is the longest line of a part of a template that no action changes, with single blanks.
func literal(file *source.File, g helm.Gap) (longest string) {
	lines := strings.Split(string(file.Data), "\n")
	for _, line := range lines[min(max(g.First-1, 0), len(lines)):min(max(g.Last, 0), len(lines))] {
		if line = strings.Join(strings.Fields(line), " "); len(line) > len(longest) && !strings.Contains(line, "{{") && !strings.Contains(line, "}}") {
			longest = line
		}
	}
	return longest
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
