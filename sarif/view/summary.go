package view

import (
	"fmt"
	"strings"
	"time"

	"github.com/mesh-check/mesh-check/sarif"
)

// tally are the numbers of a log, with what it counts and does not hold.
type tally struct {
	level                         map[string]int // findings that count, by severity
	suppressed, undecided         int
	ignored                       int    // by configurations and comments, apart from suppressed
	commented                     int    // by comments
	ignoredBy                     string // them, in words
	inputs, failed, part, objects int
	kinds                         map[string]int // inputs by kind
	failures                      int
	templates, empty              int // of charts
	lines, reached                int // of their templates
	explored, dropped             int // the lines that exploring reaches too, and its findings that are left out
	explores                      bool
	stopped                       []string // why exploring ended early, of each chart
}

func count(l *sarif.Log) tally {
	t := tally{level: map[string]int{}, kinds: map[string]int{}}
	for _, r := range l.Results() {
		if r.Suppressed == "" {
			t.level[severity(r.Level)]++
		}
	}
	for _, in := range l.Inputs() {
		t.inputs++
		t.kinds[in.Kind]++
		t.objects += in.Objects
		if in.Templates != nil {
			t.templates, t.empty = t.templates+in.Templates.All, t.empty+in.Templates.Empty
		}
		t.cover(in)
		switch in.Result {
		case "failed":
			t.failed++
		case "partial":
			t.part++
		}
	}
	for _, level := range []string{"error", "warning", "note"} {
		t.level[level] += l.Omitted(level)
	}
	t.ignored, t.ignoredBy = l.Ignored(), ignoredBy(l.Configurations())
	t.commented = ignoredByComments(l.Comments())
	t.suppressed, t.failures = l.Suppressed()-t.ignored, len(l.Failures())
	t.undecided = len(l.Undecided()) + l.Omitted("undecided")
	return t
}

// cover counts the lines of the templates of a chart.
func (t *tally) cover(in sarif.Input) {
	c := in.Coverage
	if c == nil {
		return
	}
	t.lines, t.reached = t.lines+c.Lines, t.reached+c.Reached
	if c.Explored == nil {
		t.explored += c.Reached
		return
	}
	t.explores, t.explored, t.dropped = true, t.explored+*c.Explored, t.dropped+c.Dropped
	if c.Stopped != "" {
		t.stopped = append(t.stopped, c.Stopped)
	}
}

// kindNames are the kinds of inputs in the order of the summary.
var kindNames = []struct{ kind, name string }{
	{"chart", "chart"}, {"terraform", "Terraform root"}, {"plan", "plan"}, {"manifest", "manifest"},
	{"manifests", "directory of manifests"},
}

// unrendered says how much of the charts nothing was rendered of; empty where all was.
func (t tally) unrendered() string {
	reach := ""
	if t.reached < t.lines {
		explored := ""
		if t.explores {
			explored = fmt.Sprintf(", %d %% explored", 100*t.explored/t.lines)
		}
		reach = fmt.Sprintf("reach %d of %d template lines (%d %%%s)", t.reached, t.lines, 100*t.reached/t.lines, explored)
	}
	switch {
	case t.empty > 0 && reach != "":
		return fmt.Sprintf("%d of %s rendered nothing with these values, which %s", t.empty, plural(t.templates, "template"), reach)
	case t.empty > 0:
		return fmt.Sprintf("%d of %s rendered nothing with these values", t.empty, plural(t.templates, "template"))
	case reach != "":
		return "these values " + reach
	}
	return ""
}

// unexplored says what exploring did not come to; empty where there is nothing to say.
func (t tally) unexplored() string {
	var parts []string
	switch t.dropped {
	case 0:
	case 1:
		parts = append(parts, "leaves out 1 finding, for which 4 settings are too few or were not found")
	default:
		parts = append(parts, fmt.Sprintf("leaves out %d findings, for which 4 settings are too few or were not found", t.dropped))
	}
	switch n := len(t.stopped); {
	case n == 1:
		parts = append(parts, "ended early: "+t.stopped[0])
	case n > 1:
		parts = append(parts, fmt.Sprintf("ended early in %d charts, first: %s", n, t.stopped[0]))
	}
	if len(parts) == 0 {
		return ""
	}
	return "exploring " + strings.Join(parts, "; it ")
}

// summary is the last line: what was looked at, and how much was found.
func (t tally) summary(elapsed time.Duration) string {
	var seen []string
	for _, k := range kindNames {
		if n := t.kinds[k.kind]; n > 0 {
			seen = append(seen, plural(n, k.name))
		}
	}
	if len(seen) > 0 || t.objects > 0 {
		seen = append(seen, plural(t.objects, "object"))
	}
	found := []string{
		plural(t.level["error"], "error"), plural(t.level["warning"], "warning"), plural(t.level["note"], "note"),
	}
	for _, extra := range []struct {
		n    int
		what string
	}{
		{t.undecided, "undecided"}, {t.suppressed, "suppressed"}, {t.ignored - t.commented, "ignored by " + t.ignoredBy},
		{t.commented, "ignored by comments"},
		{t.failed, "not analyzed"}, {t.part, "analyzed in part"},
	} {
		if extra.n > 0 {
			found = append(found, fmt.Sprintf("%d %s", extra.n, extra.what))
		}
	}
	line := strings.Join(found, ", ")
	if len(seen) > 0 {
		line = strings.Join(seen, ", ") + ": " + line
	}
	if elapsed > 0 {
		line += fmt.Sprintf(" · %.2f s", elapsed.Seconds())
	}
	return line
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	if rest, is := strings.CutPrefix(word, "directory"); is {
		return fmt.Sprintf("%d directories%s", n, rest)
	}
	return fmt.Sprintf("%d %ss", n, word)
}
