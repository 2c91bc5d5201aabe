package view

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/mattn/go-runewidth"

	"github.com/mesh-check/mesh-check/sarif"
)

const (
	tabWidth     = 4
	defaultWidth = 160 // where there is no terminal
	leastSource  = 40  // columns of source that are shown however narrow the terminal is
	leadIn       = 24  // columns in front of the span that stay when a line is cut
	maxValue     = 80  // code points of a value that are shown
)

// widths are those of a terminal outside East Asia, whatever the environment
// says, so that equal logs give equal bytes.
var widths = &runewidth.Condition{}

// frame writes the places of one finding with a common gutter.
type frame struct {
	b      *bytes.Buffer
	o      Options
	paint  painter
	gutter int // digits of the largest line number
	begun  bool
	shown  map[sarif.Location]bool // places that are there with their line of source
}

func newFrame(b *bytes.Buffer, o Options, paint painter, places []sarif.Location) *frame {
	f := &frame{b: b, o: o, paint: paint, gutter: 1, shown: map[sarif.Location]bool{}}
	for _, p := range places {
		f.gutter = max(f.gutter, len(fmt.Sprint(p.Line)))
	}
	return f
}

// place writes a place with what is there to say about it and its line of source. Of one
// that is there already only what is to be said is written.
func (f *frame) place(p sarif.Location, message string, mark func(string) string, remark string, value bool) {
	spot := sarif.Location{File: p.File, Line: p.Line, Column: p.Column}
	if f.shown[spot] && message != "" {
		f.say("the same place: " + message)
		return
	}
	f.shown[spot] = true
	f.at(f.o.at(p), message)
	f.source(p, mark, remark, value)
}

// at writes the line that names a place, with what is there to say about it.
func (f *frame) at(where, message string) {
	corner := "├─"
	if !f.begun {
		corner = "┌─"
	}
	f.begun = true
	first := fmt.Sprintf("%*s %s %s", f.gutter, "", f.paint.dim(corner), where)
	if message == "" {
		fmt.Fprintln(f.b, first)
		return
	}
	const gap = "   "
	used := f.gutter + len("  ") + 1 + widthOf([]rune(where)) + len(gap)
	for i, line := range wrapped(message, used, f.gutter+len(behind), f.o.Width) {
		if i == 0 {
			fmt.Fprintf(f.b, "%s%s%s\n", first, gap, line)
			continue
		}
		fmt.Fprintf(f.b, "%*s %s   %s\n", f.gutter, "", f.paint.dim("│"), line)
	}
}

// behind is as wide as the gutter's mark and the blanks around it, in front of the
// further lines of prose.
const behind = " │   "

// source writes a place's line with a caret under its span and a remark behind the
// caret. A value is cut behind maxValue characters.
func (f *frame) source(p sarif.Location, mark func(string) string, remark string, value bool) {
	if p.Text == "" && p.TextColumn == 0 {
		return
	}
	text, from, to := excerpt(p, f.width(), value)
	fmt.Fprintf(f.b, "%s %s\n", f.paint.dim(fmt.Sprintf("%*d │", f.gutter, p.Line)), text+f.part(p, widthOf([]rune(text))))
	if to <= from {
		return
	}
	if remark != "" {
		remark = " " + remark
	}
	fmt.Fprintf(f.b, "%*s %s %s%s%s\n", f.gutter, "", f.paint.dim("│"),
		strings.Repeat(" ", from), mark(strings.Repeat("^", to-from)), remark)
}

// part is what is meant of the thing that a place names, behind its name; the end of it
// where there is no room for all.
func (f *frame) part(p sarif.Location, used int) string {
	if p.Part == "" {
		return ""
	}
	const gap = "  "
	text := []rune(p.Part)
	if room := max(leastSource, f.width()-used-len(gap)); widthOf(text) > room {
		for widthOf(text) >= room {
			text = text[1:]
		}
		return gap + "…" + string(text)
	}
	return gap + string(text)
}

// say writes a remark below the places.
func (f *frame) say(s string) {
	for i, line := range wrapped(s, f.gutter+len(" = "), f.gutter+len(" = "), f.o.Width) {
		mark := "="
		if i > 0 {
			mark = " "
		}
		fmt.Fprintf(f.b, "%*s %s %s\n", f.gutter, "", f.paint.dim(mark), line)
	}
}

// width is the number of columns for source.
func (f *frame) width() int {
	if f.o.Width == 0 {
		return defaultWidth
	}
	return max(leastSource, f.o.Width-f.gutter-len(" | "))
}

// excerpt is a place's line as it fits into a width, and the columns of the terminal
// (counted from 0) between which its span is there; none where the log does not
// know the span.
func excerpt(p sarif.Location, width int, value bool) (text string, from, to int) {
	line, start, end := expand(p)
	more := ""
	if value && end-start > maxValue {
		end = start + maxValue
		line, more = line[:end], "…"
	}
	less := ""
	if p.TextColumn > 1 {
		less = "…"
	}
	if widthOf(line)+len([]rune(less+more)) > width {
		line, start, end, less, more = narrow(line, start, end, less, more, width)
	}
	text = less + string(line) + more
	if p.Column == 0 {
		return strings.TrimRight(text, " "), 0, 0
	}
	from = widthOf([]rune(less)) + widthOf(line[:start])
	return strings.TrimRight(text, " "), from, from + max(1, widthOf(line[start:end]))
}

// expand turns tabs into blanks and finds the span in what comes out.
func expand(p sarif.Location) (line []rune, start, end int) {
	first, last := p.Column-p.TextColumn, p.EndColumn-p.TextColumn
	text := []rune(p.Text)
	switch {
	case p.EndLine > p.Line:
		last = len(text)
	case last <= first:
		last = first + 1
	}
	start, end = -1, -1
	for i, r := range text {
		if i == first {
			start = len(line)
		}
		if i == last {
			end = len(line)
		}
		if r != '\t' {
			line = append(line, r)
			continue
		}
		for n := tabWidth - widthOf(line)%tabWidth; n > 0; n-- {
			line = append(line, ' ')
		}
	}
	if start < 0 {
		start = len(line)
		if first < 0 {
			start = 0
		}
	}
	if end < start {
		end = len(line)
	}
	return line, start, end
}

// narrow cuts a line to a width so that the start of its span stays in sight.
func narrow(line []rune, start, end int, less, more string, width int) ([]rune, int, int, string, string) {
	room := width - 2 // for the dots on both sides
	if widthOf(line[:min(end, len(line))]) > room {
		drop := start
		for drop > 0 && widthOf(line[drop-1:start]) <= min(leadIn, room/2) {
			drop--
		}
		if drop > 0 {
			less = "…"
		}
		line, start, end = line[drop:], start-drop, end-drop
	}
	keep := len(line)
	for keep > 0 && widthOf(line[:keep]) > room {
		keep--
	}
	if keep < len(line) {
		line, more = line[:keep], "…"
	}
	return line, min(start, keep), min(end, keep), less, more
}

func widthOf(text []rune) int { return widths.StringWidth(string(text)) }
