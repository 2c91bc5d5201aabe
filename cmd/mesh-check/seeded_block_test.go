package main

import (
	"fmt"
	"maps"
	"strings"
)

// The columns of the table: a fault as it stands in a template, from a value that the template writes with
// toYaml, and from a template that it includes, for examples of pages and for objects that the chart has;
// then values and helpers that the chart itself has.
const (
	pageTemplate = "page: template"
	pageValues   = "page: values"
	pageHelper   = "page: helper"
	editTemplate = "edit: template"
	editValues   = "edit: values"
	editHelper   = "edit: helper"
	ownValues    = "own values"
	ownHelper    = "own helper"
)

var seedPlaces = []string{pageTemplate, pageValues, pageHelper, editTemplate, editValues, editHelper, ownValues, ownHelper}

// seedHelpers is the file of a chart's helpers.
const seedHelpers = "templates/_helpers.tpl"

// seedMark stands behind the line of a fault, in the tables.
const seedMark = " #!"

// block is lines of a template, without the indentation that they have in common.
type block struct {
	lines []string
	at    []int // the indexes of the lines with the fault
}

// blockOf reads lines with marks.
func blockOf(marked string) (b block) {
	for i, line := range strings.Split(marked, "\n") {
		line, fault := strings.CutSuffix(line, seedMark)
		if fault {
			b.at = append(b.at, i)
		}
		b.lines = append(b.lines, line)
	}
	return b
}

// indented are the lines, farther to the right.
func (b block) indented(by int) []string {
	lines := make([]string, len(b.lines))
	for i, line := range b.lines {
		if line != "" {
			lines[i] = strings.Repeat(" ", by) + line
		}
	}
	return lines
}

// spot is where a block goes: between the lines of a file, so far to the right.
type spot struct {
	file        string
	above, rest []string
	indent      int
}

// plant puts a block into a chart: the texts of the files that differ, and the lines of the faults.
func (s spot) plant(c *seededChart, where string, b block) (files map[string]string, at []place) {
	files = map[string]string{}
	// in adds lines to a file and says where the faults in them are.
	in := func(file string, above []string, by int) []string {
		for _, i := range b.at {
			at = append(at, place{File: file, Line: len(above) + i + 1})
		}
		return append(append([]string{}, above...), b.indented(by)...)
	}
	var lines []string
	switch where {
	case pageTemplate, editTemplate:
		lines = b.indented(s.indent)
		in(s.file, s.above, s.indent)
	case pageValues, editValues:
		lines = []string{fmt.Sprintf("{{- toYaml $.Values.planted | nindent %d }}", s.indent)}
		files["values.yaml"] = strings.Join(in("values.yaml", append(linesOf(c.files["values.yaml"]), "planted:"), 2), "\n") + "\n"
	case pageHelper, editHelper:
		lines = []string{fmt.Sprintf("{{- include \"planted\" $ | nindent %d }}", s.indent)}
		helpers := append(linesOf(c.files[seedHelpers]), `{{- define "planted" -}}`)
		files[seedHelpers] = strings.Join(append(in(seedHelpers, helpers, 0), "{{- end -}}"), "\n") + "\n"
	}
	all := append(append(append([]string{}, s.above...), lines...), s.rest...)
	files[s.file] = strings.Join(all, "\n") + "\n"
	return files, at
}

// linesOf are the lines of a text, without their ends.
func linesOf(text string) []string {
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(text, "\r\n", "\n"), "\n"), "\n")
}

// seed is the fault of a block at a spot of a chart.
func (s spot) seed(c *seededChart, id, where, flags string, b block) *seed {
	files, at := s.plant(c, where, b)
	return &seed{id: id, where: where, flags: flags, chart: c, files: maps.Clone(files), at: at}
}

// indentOf is how far to the right a line starts.
func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }
