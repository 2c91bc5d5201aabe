package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/sarif/safetext"
	"github.com/mesh-check/mesh-check/sarif/view"
)

// coverDocument is `cover -o json`, schema 1.
type coverDocument struct {
	Schema int    `json:"schema"`
	Chart  string `json:"chart"`
	// ValuesSets are those that were rendered.
	ValuesSets []string `json:"valuesSets"`
	// Lines and Reached are of all files but those of library charts.
	Lines   int         `json:"lines"`
	Reached int         `json:"reached"`
	Files   []coverFile `json:"files"`
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
	Rendered  bool       `json:"rendered"`
	Condition string     `json:"condition,omitempty"`
	Lines     int        `json:"lines"`
	Reached   int        `json:"reached"`
	Unreached []coverGap `json:"unreached"`
}

// coverGap is a part of a file that was not reached.
type coverGap struct {
	Line    int `json:"line"`
	EndLine int `json:"endLine"`
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
	Why     string `json:"why"`
}

func coverFileOf(c helm.Covered) coverFile {
	f := coverFile{
		File: c.File.Path, Chart: c.Chart, Library: c.Library, Rendered: c.Rendered, Condition: c.Condition, Lines: c.Lines, Reached: c.Reached,
		Repeated: c.Repeated, Unreached: []coverGap{},
	}
	if c.Rendered {
		f.Condition = ""
	}
	for _, g := range c.Gaps {
		one := coverGap{Line: g.First, EndLine: g.Last, Lines: g.Lines, Kind: g.Kind.String(), Condition: g.Condition, Define: g.Name, Refusal: g.Refusal, Why: g.Why()}
		if g.Condition != "" {
			one.ConditionLine = g.Line
		}
		f.Unreached = append(f.Unreached, one)
	}
	return f
}

// percent is the share of lines that are reached, rounded down.
func (c *coverDocument) percent() int {
	if c.Lines == 0 {
		return 100
	}
	return 100 * c.Reached / c.Lines
}

func (c *coverDocument) json() ([]byte, error) {
	doc := *c
	doc.Chart, doc.ValuesSets, doc.Files = safetext.CleanText(c.Chart), []string{}, []coverFile{}
	for _, set := range c.ValuesSets {
		doc.ValuesSets = append(doc.ValuesSets, safetext.CleanText(set))
	}
	for _, f := range c.Files {
		doc.Files = append(doc.Files, f.clean())
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(doc)
	return view.NeutralizeCICommands(b.Bytes()), err
}

// clean is the file with texts that are safe to print.
func (f coverFile) clean() coverFile {
	gaps := []coverGap{}
	for _, g := range f.Unreached {
		for _, text := range []*string{&g.Condition, &g.Define, &g.Refusal, &g.Why} {
			*text = safetext.CleanText(*text)
		}
		gaps = append(gaps, g)
	}
	f.File, f.Chart, f.Condition, f.Unreached = safetext.CleanText(f.File), safetext.CleanText(f.Chart), safetext.CleanText(f.Condition), gaps
	return f
}

// barWidth is how many characters a bar has.
const barWidth = 20

// bar is a picture of a share; it is full or empty only where that is true.
func bar(reached, lines int) string {
	full := barWidth
	if lines > 0 {
		full = barWidth * reached / lines
	}
	if full == 0 && reached > 0 {
		full = 1
	}
	return strings.Repeat("█", full) + strings.Repeat("░", barWidth-full)
}

// coverRow is a line of the text: a file, or a sub-chart that is left out.
type coverRow struct {
	name, why      string
	lines, reached int
	gaps           []coverGap
}

// text is a bar for each file, and below it what is not reached. Sub-charts that are left out
// and library charts have one line each.
func (c *coverDocument) text() ([]byte, error) {
	var rows, libraries []*coverRow
	whole := map[string]*coverRow{} // by chart
	for _, f := range c.Files {
		if f.Rendered && !f.Library {
			row := &coverRow{name: f.File, lines: f.Lines, reached: f.Reached, gaps: f.Unreached}
			if f.Repeated {
				row.why = "another chart brings the same file, which is used"
			}
			rows = append(rows, row)
			continue
		}
		row := whole[f.Chart]
		if row == nil {
			row = &coverRow{name: folderOf(f.File)}
			whole[f.Chart] = row
			switch {
			case f.Library:
				row.why = "a library chart, not in the total"
				libraries = append(libraries, row)
			case f.Condition != "":
				row.why = "the sub-chart is not enabled: " + f.Condition
				rows = append(rows, row)
			default:
				row.why = "the sub-chart is not rendered"
				rows = append(rows, row)
			}
		}
		row.lines, row.reached = row.lines+f.Lines, row.reached+f.Reached
	}
	rows = append(rows, libraries...)
	total := &coverRow{name: "total", lines: c.Lines, reached: c.Reached, why: fmt.Sprintf("%d %% of the lines with %s", c.percent(), c.sets())}
	switch {
	case len(c.ValuesSets) == 0:
		total.why = "no values set was rendered"
	case c.Lines == 0:
		total.why = "no template has lines that count"
	}
	rows = append(rows, total)
	width, digits := 0, len(fmt.Sprint(c.Lines))
	for _, r := range rows {
		width, digits = max(width, utf8.RuneCountInString(oneLine(r.name))), max(digits, len(fmt.Sprint(r.lines)))
	}
	var b bytes.Buffer
	for _, r := range rows {
		line := fmt.Sprintf("%-*s  %s  %*d of %*d  %s", width, oneLine(r.name), bar(r.reached, r.lines), digits, r.reached, digits, r.lines, oneLine(r.why))
		fmt.Fprintln(&b, strings.TrimRight(line, " "))
		for _, g := range r.gaps {
			fmt.Fprintln(&b, "    "+g.text())
		}
	}
	return b.Bytes(), nil
}

// text is a gap in one line.
func (g coverGap) text() string {
	where := fmt.Sprint(g.Line)
	if g.EndLine > g.Line {
		where += fmt.Sprintf("-%d", g.EndLine)
	}
	lines := ""
	if g.Lines > 0 {
		lines = countOf(g.Lines, "line") + ": "
	}
	return fmt.Sprintf("%-9s %s%s", where, lines, oneLine(g.Why))
}

func (c *coverDocument) sets() string {
	switch {
	case len(c.ValuesSets) == 1:
		return "the values set " + c.ValuesSets[0]
	case len(c.ValuesSets) > 3:
		return fmt.Sprintf("%d values sets", len(c.ValuesSets))
	}
	return countOf(len(c.ValuesSets), "values set") + ": " + strings.Join(c.ValuesSets, ", ")
}

// folderOf is the folder or archive of the chart that a template file is of.
func folderOf(file string) string {
	if archive, _, is := strings.Cut(file, "!"); is {
		return archive
	}
	for dir := path.Dir(file); dir != "." && dir != "/"; dir = path.Dir(dir) {
		if path.Base(dir) == "templates" {
			return path.Dir(dir)
		}
	}
	return path.Dir(file)
}
