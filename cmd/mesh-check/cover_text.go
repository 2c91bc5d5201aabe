package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mesh-check/mesh-check/frontends/helm"
)

// coverLook is how the text looks.
type coverLook struct{ verbose, color bool }

const (
	// barWidth is how many characters a bar has.
	barWidth = 20
	// listWidth is how wide lists of files are.
	listWidth = 110
	// nameWidth is how wide the column of names may be: a longer one moves the rest of its line.
	nameWidth = 60
	// maxDetails is how many lines are below a file, maxRanges how many ranges one of them names, and
	// maxRefused how many refusals are listed, unless all are wanted.
	maxDetails, maxRanges, maxRefused = 4, 5, 12
)

// bar is a picture of what values sets reach, and of what exploring reaches beyond; a part of it is
// missing, or all of it is full, only where that is true.
func (l coverLook) bar(n Counts) string {
	given, explored := 0, 0
	if n.Lines > 0 {
		given, explored = part(n.Given, n.Lines), part(n.Explored, n.Lines)
	}
	if n.Explored > n.Given && explored == given {
		if given--; given == 0 && n.Given > 0 {
			given, explored = 1, 2
		}
	}
	return l.paint("32", strings.Repeat("█", given)) + l.paint("33", strings.Repeat("▒", explored-given)) + l.paint("2", strings.Repeat("░", barWidth-explored))
}

// part is how many characters of a bar are a share.
func part(reached, lines int) int {
	if n := barWidth * reached / lines; n > 0 || reached == 0 {
		return n
	}
	return 1
}

// paint is a text in a color of the terminal.
func (l coverLook) paint(color, text string) string {
	if !l.color || text == "" {
		return text
	}
	return "\x1b[" + color + "m" + text + "\x1b[0m"
}

// text is a bar for each file, and below it which settings reach more and what is not reached by
// anything; then what the chart refuses and what is broken.
func (d *coverDocument) text(look coverLook) []byte {
	var b bytes.Buffer
	for i, c := range d.Charts {
		if len(d.Charts) > 1 {
			if i > 0 {
				fmt.Fprintln(&b)
			}
			fmt.Fprintln(&b, look.paint("1", oneLine(c.Chart)))
		}
		c.text(&b, look)
	}
	if len(d.Charts) > 1 {
		fmt.Fprintln(&b)
		explores := slices.ContainsFunc(d.Charts, func(c *coverChart) bool { return c.Explores })
		total := &coverRow{names: []string{fmt.Sprintf("total of %d charts", len(d.Charts))}, counts: d.Total, why: shares(d.Total, "the values sets", explores)}
		coverTable{look: look, rows: []*coverRow{total}, explores: explores}.print(&b)
	}
	return b.Bytes()
}

// text is that of one chart.
func (c *coverChart) text(b *bytes.Buffer, look coverLook) {
	rows, whole := c.rows(look.verbose)
	if whole > 0 {
		counts, name := Counts{}, "other file"
		if len(rows) == 0 {
			name = "file"
		}
		for _, f := range c.Files {
			if f.Rendered && !f.Library && f.Given == f.Lines && len(f.Gaps) == 0 {
				counts.plus(f.Counts)
			}
		}
		rows = append(rows, &coverRow{names: []string{countOf(whole, name)}, counts: counts, why: "reached in full"})
	}
	total := &coverRow{names: []string{"total"}, counts: c.Counts, why: shares(c.Counts, c.sets(), c.Explores)}
	switch {
	case len(c.ValuesSets) == 0:
		total.why = "no values set was rendered"
	case c.Lines == 0:
		total.why = "no template has lines that count"
	}
	coverTable{look: look, rows: append(rows, total), explores: c.Explores}.print(b)
	if !c.Explores {
		return
	}
	c.tellSets(b, look)
	tell := func(title string, all []coverOutcome, most int) {
		if len(all) > 0 {
			fmt.Fprintln(b, title)
		}
		for i, o := range all {
			if i == most && !look.verbose {
				fmt.Fprintf(b, "    and %d more, which --verbose shows\n", len(all)-most)
				break
			}
			fmt.Fprintln(b, "    "+oneLine(o.text()))
		}
	}
	tell("refused by the chart:", eachMessage(c.Refused), maxRefused)
	var invalid, fails []coverOutcome
	for _, o := range c.Broken {
		if o.Fails {
			fails = append(fails, o)
		} else {
			invalid = append(invalid, o)
		}
	}
	tell("these settings render invalid manifests:", invalid, len(invalid))
	tell("with each of these settings a template fails:", fails, len(fails))
	tell("with each of these settings alone a template fails, maybe because it needs other values:", eachMessage(c.Failed), maxRefused)
}

// tellSets says what exploring took, and lists its values sets where everything is wanted.
func (c *coverChart) tellSets(b *bytes.Buffer, look coverLook) {
	found := "nothing more"
	if len(c.Sets) > 0 {
		found = countOf(len(c.Sets), "values set") + " that " + reach(len(c.Sets)) + " more; --write-ci DIR writes the fewest that are needed as files"
	}
	stopped := ""
	if c.Stopped != "" {
		stopped = " (ended early: " + oneLine(c.Stopped) + ")"
	}
	from := ""
	switch c.Base {
	case helm.DefaultSet:
	case helm.CustomSet:
		from = ", all of them with the values that you gave"
	default: // with its own values the chart does not render, or nobody deploys it so
		from = ", all of them with the values set " + oneLine(c.Base)
	}
	fmt.Fprintf(b, "explored in %s%s%s: %s\n", countOf(c.Renders, "render"), from, stopped, found)
	if !look.verbose {
		return
	}
	for _, set := range c.Sets {
		fmt.Fprintln(b, "    "+countOf(set.Lines, "line")+": "+oneLine(set.Typed))
	}
}

func reach(n int) string {
	if n == 1 {
		return "reaches"
	}
	return "reach"
}

// text is an outcome in one line.
func (o coverOutcome) text() string {
	at := ""
	switch {
	case o.Location != nil:
		at = fmt.Sprintf("%s:%d: ", o.Location.File, o.Location.Line)
	case o.Template != "":
		at = o.Template + ": "
	}
	return o.Typed + ": " + at + o.Message
}

// eachMessage are outcomes, each message once: with the fewest settings.
func eachMessage(all []coverOutcome) (once []coverOutcome) {
	for _, o := range all {
		i := slices.IndexFunc(once, func(other coverOutcome) bool { return other.Message == o.Message })
		switch {
		case i < 0:
			once = append(once, o)
		case len(o.Settings) < len(once[i].Settings):
			once[i] = o
		}
	}
	return once
}

// shares are the shares of lines in words.
func shares(n Counts, sets string, explores bool) string {
	text := fmt.Sprintf("%d %% of the lines with %s", percent(n.Given, n.Lines), sets)
	if explores {
		text += fmt.Sprintf(", %d %% with exploring", percent(n.Explored, n.Lines))
	}
	return text
}

func (c *coverChart) sets() string {
	switch {
	case len(c.ValuesSets) == 1:
		return "the values set " + c.ValuesSets[0]
	case len(c.ValuesSets) > 3:
		return fmt.Sprintf("%d values sets", len(c.ValuesSets))
	}
	return countOf(len(c.ValuesSets), "values set") + " (" + strings.Join(c.ValuesSets, ", ") + ")"
}

// coverTable is rows whose columns are as wide as the widest of them.
type coverTable struct {
	look     coverLook
	rows     []*coverRow
	explores bool
}

func (t coverTable) print(b *bytes.Buffer) {
	width, digits := 0, 1
	for _, r := range t.rows {
		width, digits = max(width, min(nameWidth, utf8.RuneCountInString(r.name()))), max(digits, len(fmt.Sprint(r.counts.Lines)))
	}
	for _, r := range t.rows {
		n, more := r.counts, ""
		if t.explores {
			more = strings.Repeat(" ", digits+3)
			if n.Explored > n.Given {
				more = fmt.Sprintf(" + %*d", digits, n.Explored-n.Given)
			}
		}
		line := fmt.Sprintf("%-*s  %s  %*d%s of %*d  %s", width, r.name(), t.look.bar(n), digits, n.Given, more, digits, n.Lines, oneLine(r.why))
		fmt.Fprintln(b, strings.TrimRight(line, " "))
		t.look.below(b, r)
	}
}

// name is what a row begins with.
func (r *coverRow) name() string {
	if len(r.names) > 1 {
		return countOf(len(r.names), "file")
	}
	if r.combines {
		name, _, _ := cutLast(r.names[0], ":") // the line below has the lines
		return oneLine(name)
	}
	return oneLine(r.names[0])
}

// below are the lines below a row.
func (l coverLook) below(b *bytes.Buffer, r *coverRow) {
	if len(r.names) > 1 {
		fmt.Fprintf(b, "  %s %s\n", r.details[0].mark(), oneLine(r.details[0].what))
		for _, line := range wrapped(r.names, listWidth) {
			fmt.Fprintln(b, "      "+line)
		}
		return
	}
	shown, more := l.most(r.details)
	l.details(b, shown)
	if more.lines > 0 || len(more.ranges) > 0 {
		fmt.Fprintf(b, "    and %s in %s, which --verbose shows\n", countOf(more.lines, "line"), countOf(len(more.ranges), "range"))
	}
}
