package view

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/sarif"
	"github.com/mesh-check/mesh-check/sarif/view/page"
)

// writeHTML writes one page of all that the log has.
func writeHTML(b *bytes.Buffer, l *sarif.Log, o Options) error {
	t := count(l)
	name, version := l.Tool()
	p := page.Page{Headline: t.headline(), Summary: t.summary(0), Tool: strings.TrimSpace(name + " " + version)}
	h := &htmlWriter{o: o, sets: setsOf(l), environments: map[string]map[string]string{}, page: &p}
	for _, in := range l.Inputs() {
		h.environments[in.Path] = in.Environments
		p.Inputs = append(p.Inputs, o.path(in.Path))
		h.cover(in)
	}
	h.troubles(l)
	checks, levels, environments := map[string]bool{}, map[string]int{}, map[string]bool{}
	for i, r := range l.Results() {
		if r.Suppressed != "" {
			continue
		}
		f := h.finding(i+1, r)
		checks[f.Check] = true
		levels[f.Level]++
		for _, e := range f.Environments {
			environments[e] = true
		}
		p.Findings = append(p.Findings, f)
	}
	slices.SortStableFunc(p.Findings, func(a, b page.Finding) int { return weights[b.Level] - weights[a.Level] })
	p.Checks, p.Environments = slices.Sorted(maps.Keys(checks)), slices.Sorted(maps.Keys(environments))
	for _, level := range []string{"error", "warning", "note"} {
		p.Levels = append(p.Levels, page.Count{Word: level, N: levels[level]})
	}
	h.pictures(l)
	if len(p.Pictures) == 0 {
		p.NoGraph = noGraph(l)
	}
	return page.Write(b, p)
}

// htmlWriter is one run of the html view.
type htmlWriter struct {
	o            Options
	sets         map[string]inputSets
	environments map[string]map[string]string // of the values sets of inputs
	page         *page.Page
}

func (h *htmlWriter) cover(in sarif.Input) {
	c := in.Coverage
	if c == nil {
		return
	}
	one := page.Coverage{Input: h.o.path(in.Path), Reached: 100 * c.Reached / c.Lines, Text: fmt.Sprintf("%d of %d lines", c.Reached, c.Lines)}
	if c.Explored != nil {
		one.Explored = 100 * *c.Explored / c.Lines
		one.Text += fmt.Sprintf(", %d explored", *c.Explored)
	}
	h.page.Coverage = append(h.page.Coverage, one)
}

// troubles are what could not be analyzed, what is not known and what is remarked.
func (h *htmlWriter) troubles(l *sarif.Log) {
	for _, f := range sameFailures(l.Failures()) {
		h.page.Troubles = append(h.page.Troubles, page.Trouble{Kind: "error", Place: h.o.failureAt(f.Failure), Text: f.line()})
	}
	for _, u := range l.Undecided() {
		h.page.Troubles = append(h.page.Troubles, page.Trouble{Kind: undecidedKind, Place: h.o.undecidedAt(u), Text: undecidedLine(u)})
	}
	for _, n := range l.Notices() {
		h.page.Troubles = append(h.page.Troubles, page.Trouble{Kind: "remark", Place: h.o.noticeAt(n), Text: n.Message})
	}
}

func (h *htmlWriter) finding(id int, r sarif.Result) page.Finding {
	f := page.Finding{
		ID: id, Level: severity(r.Level), Check: r.ID, Name: r.Name, Message: findingMessage(r), Advice: r.Advice,
		Object: r.Object.String(), Path: r.Path, Place: h.o.at(r.Place), Input: h.o.path(r.Input),
	}
	if len(r.ValuesSets) > 0 {
		f.Sets = setsLine(r, h.sets[r.Input], plainly)
	}
	if !r.Exact {
		f.Reason = strings.TrimSuffix("the place is likely but not proven: "+r.Reason, ": ")
	}
	known := map[string]bool{}
	for _, set := range r.ValuesSets {
		if e := h.environments[r.Input][set]; e != "" && !known[e] {
			known[e] = true
			f.Environments = append(f.Environments, e)
		}
	}
	own := "here"
	if len(r.Origins) > 0 {
		own = "template"
	}
	f.Frames = append(f.Frames, h.frame(own, r.Place))
	if r.Rendered != "" {
		f.Frames = append(f.Frames, page.Frame{Title: "rendered", Before: r.Rendered})
	}
	origins, _ := shownOrigins(r)
	for _, s := range origins {
		if !s.Primary && s.Place.File != "" {
			f.Frames = append(f.Frames, h.frame(s.Message, s.Place))
		}
	}
	for _, rel := range r.Related[:min(len(r.Related), maxSets)] {
		f.Frames = append(f.Frames, h.frame(rel.Message, rel.Place))
	}
	return f
}

// frame is a line of source with its mark; without a text, its place alone.
func (h *htmlWriter) frame(title string, p sarif.Location) page.Frame {
	f := page.Frame{Title: title, Place: h.o.at(p)}
	if p.Text == "" {
		return f
	}
	line, start, end := expand(p)
	f.Line = p.Line
	if p.Column == 0 || start < 0 || end < start || end > len(line) {
		f.Before = string(line)
		return f
	}
	f.Before, f.Marked, f.After = string(line[:start]), string(line[start:end]), string(line[end:])
	return f
}
