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

// compare holds findings against wants and returns what is wrong, one line each.
// shift is added to the lines of complaints, for texts that lie inside a file.
func compare(findings []*checks.Reported, wants []*want, shift int) []string {
	var wrong []string
	for _, f := range findings {
		said := string(f.Severity) + ": " + f.Message
		at := placeOf(f.Origin.Span)
		if at == (place{}) {
			wrong = append(wrong, fmt.Sprintf("%s has no place: %s", f.Path, f.Origin.Reason))
		}
		if !meet(wants, at, said, false) {
			wrong = append(wrong, fmt.Sprintf("%s:%d: nobody wants: %s (%s %s)", at.file, at.line+shift, said, f.Object.Kind, f.Path))
		}
		for _, complaint := range flaws(f) {
			wrong = append(wrong, fmt.Sprintf("%s:%d: %s: %s", at.file, at.line+shift, complaint, said))
		}
		for _, step := range f.Origin.Road {
			if step.Role == source.Value && step.Span.Valid() {
				meet(wants, placeOf(step.Span), said, true)
			}
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

// meet marks a want as met. A value's want is met by any number of findings, since
// one value may be rendered in many places; any other want by one.
func meet(wants []*want, at place, said string, value bool) bool {
	for _, w := range wants {
		if w.value == value && w.file == at.file && w.line == at.line && (value || !w.met) && w.re.MatchString(said) {
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
