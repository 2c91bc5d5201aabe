package main

import (
	"bytes"
	"encoding/json"
	"strconv"

	"github.com/mesh-check/mesh-check/sarif/safetext"
	"github.com/mesh-check/mesh-check/sarif/view"
)

// coverDocument is `cover -o json`, schema 1.
type coverDocument struct {
	Schema int           `json:"schema"`
	Charts []*coverChart `json:"charts"`
	Total  Counts        `json:"total"`
}

// Counts are how many template lines count, and how many of them are reached: by the default values
// alone, by all values sets, and with exploring too. Its name is exported for what sends it.
type Counts struct {
	Lines    int   `json:"lines"`
	Default  known `json:"default"`
	Given    int   `json:"given"`
	Explored int   `json:"explored"`
}

// known is a number that may not be known, such as what default values reach where no values
// set is that of them; it is null then.
type known int

const unknown known = -1

// MarshalJSON implements json.Marshaler.
func (n known) MarshalJSON() ([]byte, error) { //nolint:unparam // as the interface has it
	if n == unknown {
		return []byte("null"), nil
	}
	return strconv.AppendInt(nil, int64(n), 10), nil
}

// coverChart is one chart; its counts are of all files but those of library charts.
type coverChart struct {
	Chart string `json:"chart"`
	Counts

	// ValuesSets are those that were rendered.
	ValuesSets []string `json:"valuesSets"`
	// Explores reports whether the chart was explored at all.
	Explores bool `json:"-"`
	// Renders is how often it was rendered for that; Stopped why exploring ended early.
	Renders int `json:"renders"`
	// Base is the values set that all settings are added to: the first one that renders.
	Base    string         `json:"base,omitempty"`
	Stopped string         `json:"stopped,omitempty"`
	Files   []coverFile    `json:"files"`
	Sets    []coverSet     `json:"sets"`
	Refused []coverOutcome `json:"refused"`
	Broken  []coverOutcome `json:"broken"`
	// Failed are switches with which a template fails, and which may need other values.
	Failed []coverOutcome `json:"failed"`
}

// coverFile is one template file.
type coverFile struct {
	File    string `json:"file"`  // relative to the chart
	Chart   string `json:"chart"` // that it is of, such as web/charts/sub
	Library bool   `json:"library,omitempty"`
	// Repeated is true where another chart brings the same file, which is used.
	Repeated bool `json:"repeated,omitempty"`
	// Rendered is false for files of a sub-chart that all values sets leave out;
	// Condition is then what does.
	Rendered  bool   `json:"rendered"`
	Condition string `json:"condition,omitempty"`
	Counts

	// Ranges are what exploring reaches beyond the values sets.
	Ranges []coverRange `json:"ranges"`
	// Unreached are the first and last lines of what is not reached by anything, and Gaps the
	// same with the reasons.
	Unreached [][2]int   `json:"unreached"`
	Gaps      []coverGap `json:"gaps"`
}

// coverRange is some lines that exploring reaches. ReachedBy are the smallest settings found
// that reach them; empty where that was not worked out.
type coverRange struct {
	Start     int      `json:"start"`
	End       int      `json:"end"`
	Lines     int      `json:"lines"` // how many between them count, and were not reached before
	ReachedBy []string `json:"reachedBy"`

	Typed string `json:"-"` // ReachedBy, as flags are typed
}

// coverGap is a part of a file that is not reached.
type coverGap struct {
	Start int `json:"start"`
	End   int `json:"end"`
	// Lines is how many of them count; 0 for a branch that does nothing but refuse.
	Lines int    `json:"lines"`
	Kind  string `json:"kind"`
	// Condition is that of a branch, as it is written in the line ConditionLine.
	Condition     string `json:"condition,omitempty"`
	ConditionLine int    `json:"conditionLine,omitempty"`
	// Define is the name of a definition.
	Define string `json:"define,omitempty"`
	// Refusal is the message of fail, where that is called.
	Refusal string `json:"refusal,omitempty"`
	// RefusedWith are settings that lead to it, which the chart refuses: not reached is what does not render.
	RefusedWith []string `json:"refusedWith,omitempty"`
	// FailedWith are settings that lead to it, with which a template fails.
	FailedWith []string `json:"failedWith,omitempty"`
	// NotTried is why exploring has tried nothing that leads to it.
	NotTried string `json:"notTried,omitempty"`
	Why      string `json:"why"`
}

// coverSet is an explored values set, with how many lines it reaches that those before it do not.
type coverSet struct {
	Settings []string `json:"settings"`
	Lines    int      `json:"lines"`

	Typed string `json:"-"` // Settings, as flags are typed
}

// coverOutcome is what some settings lead to: the chart refuses them, it renders what is not valid, or a template fails.
type coverOutcome struct {
	Settings []string       `json:"settings"`
	Message  string         `json:"message"`
	Template string         `json:"template,omitempty"`
	Location *coverLocation `json:"location"`
	// Fails is true for broken where a template fails.
	Fails bool `json:"fails,omitempty"`

	Typed string `json:"-"` // Settings, as flags are typed
}

// coverLocation is a place, of a file relative to the working directory.
type coverLocation struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// percent is the share of lines that are reached, rounded down: 100 is all of them.
func percent(reached, lines int) int {
	if lines == 0 {
		return 100
	}
	return 100 * reached / lines
}

// add takes in a chart, and its lines into the total.
func (d *coverDocument) add(c *coverChart) {
	d.Charts = append(d.Charts, c)
	d.Total.Lines, d.Total.Given, d.Total.Explored = d.Total.Lines+c.Lines, d.Total.Given+c.Given, d.Total.Explored+c.Explored
	if d.Total.Default == unknown || c.Default == unknown {
		d.Total.Default = unknown // a sum of some of them would look like one of all
		return
	}
	d.Total.Default += c.Default
}

func (d *coverDocument) json() ([]byte, error) {
	doc := coverDocument{Schema: d.Schema, Charts: []*coverChart{}, Total: d.Total}
	for _, c := range d.Charts {
		doc.Charts = append(doc.Charts, c.clean())
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(doc)
	return view.NeutralizeCICommands(b.Bytes()), err
}

// clean is the chart with texts that are safe to print, and lists that are there.
func (c *coverChart) clean() *coverChart {
	one := *c
	cleaned(&one.Chart, &one.Stopped)
	one.ValuesSets = cleanedAll(c.ValuesSets)
	one.Files, one.Sets = make([]coverFile, len(c.Files)), make([]coverSet, len(c.Sets))
	for i, f := range c.Files {
		one.Files[i] = f.clean()
	}
	for i, set := range c.Sets {
		one.Sets[i] = coverSet{Settings: cleanedAll(set.Settings), Lines: set.Lines}
	}
	one.Refused, one.Broken, one.Failed = cleanedOutcomes(c.Refused), cleanedOutcomes(c.Broken), cleanedOutcomes(c.Failed)
	return &one
}

func (f coverFile) clean() coverFile {
	cleaned(&f.File, &f.Chart, &f.Condition)
	gaps, ranges := make([]coverGap, len(f.Gaps)), make([]coverRange, len(f.Ranges))
	f.Unreached = make([][2]int, len(f.Gaps))
	for i, g := range f.Gaps {
		cleaned(&g.Condition, &g.Define, &g.Refusal, &g.NotTried, &g.Why)
		g.RefusedWith, g.FailedWith = cleanedAll(g.RefusedWith), cleanedAll(g.FailedWith)
		gaps[i], f.Unreached[i] = g, [2]int{g.Start, g.End}
	}
	for i, r := range f.Ranges {
		r.ReachedBy = cleanedAll(r.ReachedBy)
		ranges[i] = r
	}
	f.Gaps, f.Ranges = gaps, ranges
	return f
}

func cleanedOutcomes(all []coverOutcome) []coverOutcome {
	clean := make([]coverOutcome, len(all))
	for i, o := range all {
		o.Settings = cleanedAll(o.Settings)
		cleaned(&o.Message, &o.Template)
		if o.Location != nil {
			at := *o.Location
			cleaned(&at.File)
			o.Location = &at
		}
		clean[i] = o
	}
	return clean
}

func cleaned(texts ...*string) {
	for _, text := range texts {
		*text = safetext.CleanText(*text)
	}
}

func cleanedAll(texts []string) []string {
	clean := make([]string, len(texts))
	for i, text := range texts {
		clean[i] = safetext.CleanText(text)
	}
	return clean
}
