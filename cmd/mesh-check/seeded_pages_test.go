package main

import (
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/pages"
	"github.com/mesh-check/mesh-check/checks/suite"
)

// notSeeded are the checks whose fault no edit of a chart's text can plant, with the reason.
var notSeeded = map[string]string{
	"MESH970": "it is about branches that are not rendered with default values",
}

// aPod is a pod that policies and Services of the examples select.
const aPod = "---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels: {app: web}\nspec:\n  containers: [{name: web, image: \"example.com/web:1.0\"}]\n"

// besides is what an example needs more, by check, because a chart has other objects: where there are pods, a
// selector that selects none of them is another fault.
var besides = map[string]string{"MESH808": aPod}

// seededWant is a want comment of a page's example.
var seededWant = regexp.MustCompile(` *# want( [+-]\d+)? ".*$`)

// pages plants the first bad example of each check's page, in the page's own YAML, as a template of a chart.
// Charts take turns, so that no check has its own.
func (b *seedbed) pages(t *testing.T) (all []*seed) {
	t.Helper()
	for i, c := range suite.Checks {
		if notSeeded[c.ID] != "" {
			continue
		}
		example, found := seededExample(c)
		if !found {
			t.Errorf("%s: its page has no bad example in YAML: plant the fault otherwise, or say why not", c.ID)
			continue
		}
		lines, faults := withoutWants(t, c.ID, example.Text+besides[c.ID])
		for j, where := range []string{pageTemplate, pageValues, pageHelper} {
			s, planted := cut(lines, faults)
			chart := b.turn(3*i+j, c.ID)
			all = append(all, s.seed(chart, c.ID, where, strings.Join(example.Flags, " "), planted))
		}
	}
	return all
}

// byCause are checks that report all objects with one cause as one finding, at the first: a fault that a chart has
// already gets no finding of its own.
var byCause = []string{"MESH203", "MESH204", "MESH701", "MESH703", "MESH902", "MESH951", "MESH954", "MESH957", "MESH960"}

// haveIt are charts whose own objects make an example right, by check: bookinfo has the pods that MESH721 misses.
var haveIt = map[string]string{"MESH721": "istio-bookinfo"}

// turn is the chart whose turn it is, or the next one in which the fault has a finding of its own.
func (b *seedbed) turn(n int, id string) *seededChart {
	for i := range b.charts {
		c := b.charts[(n+i)%len(b.charts)]
		if (!slices.Contains(byCause, id) || !b.reported[c.dir+" "+id]) && (haveIt[id] == "" || path.Base(c.name) != haveIt[id]) {
			return c
		}
	}
	return b.charts[n%len(b.charts)]
}

func seededExample(c *checks.Check) (pages.Example, bool) {
	for _, e := range pages.Examples(suite.Page(c)) {
		if e.Bad && e.Language == "yaml" {
			return e, true
		}
	}
	return pages.Example{}, false
}

// withoutWants are the lines of an example without its want comments, and the indexes of the lines that these mean.
func withoutWants(t *testing.T, id, text string) (lines []string, faults []int) {
	t.Helper()
	for i, line := range linesOf(text) {
		if m := seededWant.FindStringSubmatchIndex(line); m != nil {
			by := 0
			if m[2] >= 0 {
				by, _ = strconv.Atoi(strings.TrimSpace(line[m[2]:m[3]]))
			}
			faults = append(faults, i+by)
			line = line[:m[0]]
		}
		lines = append(lines, line)
	}
	if len(faults) == 0 {
		t.Fatalf("%s: no line of its bad example is the fault", id)
	}
	return lines, faults
}

// cut takes the block of the first fault out of an example: its line and all that is below it in YAML.
func cut(lines []string, faults []int) (spot, block) {
	first := faults[0]
	indent := indentOf(lines[first])
	end := first + 1
	for end < len(lines) && lines[end] != "" && lines[end] != "---" {
		by := indentOf(lines[end])
		item := by == indent && strings.HasPrefix(lines[end][by:], "- ") && !strings.HasPrefix(lines[first][indent:], "- ")
		if by <= indent && !item {
			break
		}
		end++
	}
	var b block
	for i := first; i < end; i++ {
		b.lines = append(b.lines, lines[i][min(indent, len(lines[i])):])
	}
	for _, f := range faults {
		if f >= first && f < end {
			b.at = append(b.at, f-first)
		}
	}
	return spot{file: "templates/planted.yaml", above: lines[:first], rest: lines[end:], indent: indent}, b
}
