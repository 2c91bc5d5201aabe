package main

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
)

// coverRow is a line of the text, with lines below it: a file, files of which the same is to be said, or a
// sub-chart that is left out.
type coverRow struct {
	names    []string // of the files, with their lines where they are several
	why      string
	counts   Counts
	details  []coverDetail
	combines bool // with other files of which the same is to be said
}

// coverDetail is what is to be said about some lines of a file.
type coverDetail struct {
	explored bool // exploring reaches them; else nothing does
	what     string
	ranges   []string // such as 12-34
	first    int
	lines    int // how many of them count
}

// rows are those of a chart: in the order of its files, those of libraries last. whole counts the
// files that values sets reach in full, which have no row unless verbose.
func (c *coverChart) rows(verbose bool) (rows []*coverRow, whole int) {
	var libraries []*coverRow
	folders := map[string]*coverRow{} // by chart
	same := map[string]*coverRow{}
	explored := map[string]bool{} // charts
	for _, f := range c.Files {
		explored[f.Chart] = explored[f.Chart] || len(f.Ranges) > 0
	}
	for _, f := range c.Files {
		if f.Library || !f.Rendered && !explored[f.Chart] {
			row := folders[f.Chart]
			if row == nil {
				row = &coverRow{names: []string{folderOf(f.File)}, why: c.leftOut(f)}
				folders[f.Chart] = row
				if f.Library {
					libraries = append(libraries, row)
				} else {
					rows = append(rows, row)
				}
			}
			row.counts.plus(f.Counts)
			continue
		}
		if f.Given == f.Lines && len(f.Gaps) == 0 && !verbose {
			whole++
			continue
		}
		row := f.row()
		if first := same[row.key()]; row.combines && !verbose && first != nil {
			first.names = append(first.names, row.names...)
			first.counts.plus(row.counts)
			continue
		}
		same[row.key()] = row
		rows = append(rows, row)
	}
	return append(rows, libraries...), whole
}

// row is the row of one file.
func (f *coverFile) row() *coverRow {
	row := &coverRow{names: []string{f.File}, counts: f.Counts, details: f.details()}
	if f.Repeated {
		row.why = "another chart brings the same file, which is used"
	}
	if len(row.details) == 1 {
		row.combines = true
		row.names[0] += ":" + strings.Join(row.details[0].ranges, ",")
	}
	return row
}

// key is the same for rows that are combined.
func (r *coverRow) key() string {
	if !r.combines {
		return ""
	}
	return fmt.Sprint(r.details[0].explored, r.details[0].what)
}

// details are what is to be said about the lines of a file: one for all lines with the same
// settings or the same reason, in the order of the file.
func (f *coverFile) details() (all []coverDetail) {
	take := func(explored bool, what string, start, end, lines int) {
		i := slices.IndexFunc(all, func(d coverDetail) bool { return d.explored == explored && d.what == what })
		if i < 0 {
			i, all = len(all), append(all, coverDetail{explored: explored, what: what, first: start})
		}
		text := fmt.Sprint(start)
		if end > start {
			text += fmt.Sprintf("-%d", end)
		}
		all[i].ranges, all[i].lines = append(all[i].ranges, text), all[i].lines+lines
	}
	for _, r := range f.Ranges {
		what := r.Typed
		if what == "" {
			what = "with a values set that --verbose lists; which few settings are enough was not found"
		}
		take(true, what, r.Start, r.End, r.Lines)
	}
	for _, g := range f.Gaps {
		take(false, g.Why, g.Start, g.End, g.Lines)
	}
	slices.SortStableFunc(all, func(a, b coverDetail) int { return cmp.Compare(a.first, b.first) })
	return all
}

// leftOut says why a file of another chart has no row of its own. Exploring may have enabled that chart and yet have
// reached none of its lines.
func (c *coverChart) leftOut(f coverFile) string {
	switch {
	case f.Library:
		return "a library chart, not in the total"
	case f.Condition == "":
		return "the sub-chart is not rendered"
	}
	for condition := range strings.SplitSeq(f.Condition, ",") {
		on := strings.TrimSpace(condition) + "=true"
		if slices.ContainsFunc(c.Sets, func(s coverSet) bool { return slices.Contains(s.Settings, on) }) {
			return "the values sets do not enable the sub-chart, and with --set " + on + " exploring reaches none of its lines"
		}
	}
	return "the sub-chart is not enabled: " + f.Condition
}

func (n *Counts) plus(more Counts) {
	n.Lines, n.Given, n.Explored = n.Lines+more.Lines, n.Given+more.Given, n.Explored+more.Explored
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
