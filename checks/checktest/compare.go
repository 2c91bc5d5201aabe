package checktest

import (
	"fmt"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source"
)

// place is a line of a file.
type place struct {
	file string
	line int
}

func placeOf(span source.Span) place {
	if !span.Valid() {
		return place{}
	}
	return place{span.File.Name(), span.Begin().Line}
}

// compare holds what a check said against wants and returns what is wrong, one line
// each. shift is added to the lines of complaints, for texts that lie inside a file.
func compare(report *checks.Report, wants []*want, shift int) []string {
	var wrong []string
	for _, f := range report.Findings {
		said := string(f.Severity) + ": " + f.Message
		at := placeOf(f.Origin.Span)
		if at == (place{}) {
			wrong = append(wrong, fmt.Sprintf("%s has no place: %s", f.Path, f.Origin.Reason))
		} else if !f.Origin.Exact {
			wrong = append(wrong, fmt.Sprintf("%s:%d: the place is not proven (%s): %s", at.file, at.line+shift, f.Origin.Reason, said))
		}
		if !meet(wants, wantFinding, at, said) {
			wrong = append(wrong, fmt.Sprintf("%s:%d: unexpected finding: %s (%s %s)", at.file, at.line+shift, said, f.Object.Kind, f.Path))
		}
		for _, complaint := range flaws(f) {
			wrong = append(wrong, fmt.Sprintf("%s:%d: %s: %s", at.file, at.line+shift, complaint, said))
		}
		for _, step := range f.Origin.Trace {
			if what := wantOf(step); what != "" && step.Span.Valid() {
				meet(wants, what, placeOf(step.Span), said)
			}
		}
	}
	for _, u := range report.Undecided {
		at := placeOf(u.Origin.Span)
		said := u.Path + ": " + u.Reason
		if at == (place{}) {
			wrong = append(wrong, fmt.Sprintf("%s has no place: %s", u.Path, u.Origin.Reason))
		} else if !u.Origin.Exact {
			wrong = append(wrong, fmt.Sprintf("%s:%d: the place is not proven (%s): %s", at.file, at.line+shift, u.Origin.Reason, said))
		}
		if u.Reason == "" {
			wrong = append(wrong, fmt.Sprintf("%s:%d: %s is undecided without a reason", at.file, at.line+shift, u.Path))
		}
		if !meet(wants, wantUndecided, at, said) {
			wrong = append(wrong, fmt.Sprintf("%s:%d: unexpected undecided: %s (%s)", at.file, at.line+shift, said, u.Object.Kind))
		}
	}
	for _, w := range wants {
		if !w.met {
			shifted := *w
			shifted.line += shift
			wrong = append(wrong, shifted.String()+" is not found")
		}
	}
	return wrong
}

// wantOf is the word for the place of a step of the trace; empty where there is none.
func wantOf(step source.Step) what {
	switch step.Role {
	case source.Value, source.Argument, source.Default, source.Local:
		return wantValue
	case source.Module:
		return wantModule
	}
	return ""
}

// meet marks a want as met. A finding meets one want alone; any number of findings
// may have their value written at one place, and any number of questions be open for
// one reason.
func meet(wants []*want, what what, at place, said string) bool {
	for _, w := range wants {
		if w.what == what && w.file == at.file && w.line == at.line && (what != wantFinding || !w.met) && w.re.MatchString(said) {
			w.met = true
			return true
		}
	}
	return false
}

// flaws says what is wrong with how a finding reads.
func flaws(f *checks.Reported) []string {
	var wrong []string
	switch {
	case strings.ContainsAny(f.Message, "\n\r"):
		wrong = append(wrong, "the message has more than one line")
	case strings.HasSuffix(f.Message, "."):
		wrong = append(wrong, "the message ends in a stop")
	case strings.Contains(f.Message, "%!"):
		wrong = append(wrong, "the message is formatted wrongly")
	}
	if f.Advice == "" || strings.HasSuffix(f.Advice, ".") || strings.Contains(f.Advice, "%!") {
		wrong = append(wrong, fmt.Sprintf("the advice %q is empty, ends in a stop or is formatted wrongly", f.Advice))
	}
	return wrong
}
