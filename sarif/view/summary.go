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
		if in.Coverage != nil {
			t.lines, t.reached = t.lines+in.Coverage.Lines, t.reached+in.Coverage.Reached
		}
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

// kindNames are the kinds of inputs in the order of the summary.
var kindNames = []struct{ kind, name string }{
	{"chart", "chart"}, {"terraform", "Terraform root"}, {"plan", "plan"}, {"manifest", "manifest"},
	{"manifests", "directory of manifests"},
}

// unrendered says how much of the charts nothing was rendered of; empty where all was.
func (t tally) unrendered() string {
	reach := ""
	if t.reached < t.lines {
		reach = fmt.Sprintf("reach %d of %d template lines (%d %%)", t.reached, t.lines, 100*t.reached/t.lines)
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
