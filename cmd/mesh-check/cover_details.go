package main

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// mark is what a bar has for such lines.
func (d coverDetail) mark() string {
	if d.explored {
		return "▒"
	}
	return "░"
}

// whereWidth is how wide the column of ranges may be.
const whereWidth = 28

// where are the ranges of a detail.
func (l coverLook) where(d coverDetail) string {
	if ranges := d.ranges; !l.verbose && len(ranges) > maxRanges+1 {
		return strings.Join(ranges[:maxRanges], ", ") + fmt.Sprintf(" and %d more", len(ranges)-maxRanges)
	}
	return strings.Join(d.ranges, ", ")
}

// details are some in lines.
func (l coverLook) details(b *bytes.Buffer, all []coverDetail) {
	width := 0
	for _, d := range all {
		width = max(width, min(whereWidth, len(l.where(d))))
	}
	for _, d := range all {
		lines := ""
		if d.lines > 0 {
			lines = countOf(d.lines, "line") + ": "
		}
		fmt.Fprintf(b, "  %s %-*s  %s%s\n", d.mark(), width, l.where(d), lines, oneLine(d.what))
	}
}

// most are the details of the most lines, in their order, and what the others are of together.
func (l coverLook) most(all []coverDetail) (shown []coverDetail, more coverDetail) {
	if l.verbose || len(all) <= maxDetails+1 {
		return all, more
	}
	largest := slices.Clone(all)
	slices.SortStableFunc(largest, func(a, b coverDetail) int { return cmp.Compare(b.lines, a.lines) })
	least := largest[maxDetails-1].lines
	room := maxDetails
	for _, d := range all {
		if d.lines > least {
			room--
		}
	}
	for _, d := range all {
		if d.lines == least && room > 0 {
			room--
		} else if d.lines <= least {
			more.lines, more.ranges = more.lines+d.lines, append(more.ranges, d.ranges...)
			continue
		}
		shown = append(shown, d)
	}
	return shown, more
}

// wrapped are names in lines, with commas between them.
func wrapped(names []string, width int) (lines []string) {
	line := ""
	for i, name := range names {
		name = oneLine(name)
		if i < len(names)-1 {
			name += ","
		}
		switch {
		case line == "":
			line = name
		case len(line)+1+len(name) > width:
			lines, line = append(lines, line), name
		default:
			line += " " + name
		}
	}
	return append(lines, line)
}

// cutLast is strings.Cut at the last separator.
func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
